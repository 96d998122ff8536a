"""What the ledger adds up to, against the same sums asked of the bare database."""

from collections.abc import Callable

from tests.bench.harness import Measured, cpu, paired, row

SIZES = (1_000, 10_000, 100_000)
SUMS = (
    "SELECT kind, theme, sum(n), sum(quantity) FROM evidence_total WHERE institution_id = 1 GROUP BY 1, 2 ORDER BY 1, 2"
)
PEOPLE = "SELECT kind, people FROM evidence_reach WHERE institution_id = 1"
GROUPED = "SELECT kind, theme, count(*), sum(quantity) FROM evidence_entry WHERE institution_id = 1 GROUP BY 1, 2"


@row("evidence-totals", target=3, sizes=SIZES)
def evidence_totals(people: int) -> Measured:
    """The totals of every kind; the parts show what adding the whole ledger up would cost."""
    from hub.evidence import queries  # noqa: PLC0415 -- the application is imported only where a row needs it
    from tests.bench.population import institution_of  # noqa: PLC0415 -- as above

    hub = institution_of(people)
    bare = hub.bare()
    with hub.app.app_context():
        ours, limit = paired(
            cpu(lambda: queries.totals(1), times=20),
            cpu(lambda: [bare.execute(statement).fetchall() for statement in (SUMS, PEOPLE)], times=20),
        )
        added_up = cpu(lambda: bare.execute(GROUPED).fetchall())()
        equal = sum(t.n for t in queries.totals(1)) == sum(n for *_, n, _quantity in bare.execute(GROUPED))
    bare.close()
    return Measured(ours, limit, {"adding up the ledger": added_up, "equals the ledger": equal})


@row("evidence-growth", target=2)
def evidence_growth() -> Measured:
    """The same totals in an institution ten times as large."""
    large, small = paired(_totals_of(100_000), _totals_of(10_000))
    return Measured(large, small, {"people": 100_000, "against": 10_000})


def _totals_of(people: int) -> Callable[[], float]:
    from hub.evidence import queries  # noqa: PLC0415 -- the application is imported only where a row needs it
    from tests.bench.population import institution_of  # noqa: PLC0415 -- as above

    hub = institution_of(people)

    def totals() -> None:
        with hub.app.app_context():
            queries.totals(1)

    return cpu(totals, times=10)
