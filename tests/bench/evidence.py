"""What the ledger adds up to, against the same sums asked of the bare database."""

import json
import zlib
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from sqlite3 import Connection

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


TECHNICIANS = 1_000
ENTRIES = (1_000_000, 10_000)


@row("dashboard-growth", target=2)
def dashboard_growth() -> Measured:
    """The lead's first page over a ledger a hundred times as large, in an institution of the same size."""
    large, small = paired(*(_dashboard_of(entries) for entries in ENTRIES))
    return Measured(large, small, {"entries": ENTRIES[0], "against": ENTRIES[1]})


def _dashboard_of(entries: int) -> Callable[[], float]:
    from tests.bench.population import institution_of  # noqa: PLC0415 -- the application is imported only where needed
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    hub = institution_of(TECHNICIANS, entries=entries)
    return cpu(reader(hub.app, "/impact", hub.token), times=10)


INDICATORS = 100
ON = date(2026, 6, 30)
BEHIND = """SELECT id, quantity FROM evidence_entry WHERE institution_id = 1 AND withdrawn_at IS NULL AND kind = ?
    AND happened_on BETWEEN ? AND ?"""
KEPT = (
    """INSERT INTO plan_reading (indicator_id, "on", value, source, counted_at, entries) VALUES (?, ?, ?, '', ?, ?)"""
)


@row("indicators-growth", target=2)
def indicators_growth() -> Measured:
    """A hundred indicators counted for one dashboard, in an institution ten times as large."""
    large, small = paired(_values_of(100_000), _values_of(10_000))
    return Measured(large, small, {"people": 100_000, "against": 10_000, "indicators": INDICATORS})


def _values_of(people: int) -> Callable[[], float]:
    from tests.bench.population import measured_by_many  # noqa: PLC0415 -- imported only where a row needs it

    hub, read = measured_by_many(people, INDICATORS)

    def values() -> None:
        with hub.app.app_context():
            read(ON)

    return cpu(values, times=3)


@row("freeze-indicators", target=3, sizes=(1_000, 10_000, 100_000))
def freeze_indicators(people: int) -> Measured:
    """A hundred values frozen with the ids behind them, against the same reads and writes of the bare database."""
    from hub.core.db import db, writing  # noqa: PLC0415 -- the application is imported only where a row needs it
    from hub.plan import services  # noqa: PLC0415 -- as above
    from tests.bench.population import measured_by_many  # noqa: PLC0415 -- as above

    hub, _ = measured_by_many(people, INDICATORS)

    def frozen() -> None:
        with hub.app.app_context(), writing():
            assert services.freeze_readings(ON) >= INDICATORS
            db.session.rollback()

    ours, limit = paired(cpu(frozen), cpu(lambda: _frozen_bare(hub.bare())), rounds=3)
    return Measured(ours, limit, {"indicators": INDICATORS})


def _frozen_bare(bare: Connection) -> None:
    on = ON.isoformat()
    asked = bare.execute("SELECT id, kinds FROM plan_indicator WHERE counting = 'entries' AND text = 'Many'").fetchall()
    for indicator_id, kinds in asked:
        found = bare.execute(BEHIND, (json.loads(kinds)[0], "2024-01-01", on)).fetchall()
        steps = [b - a for a, b in pairwise([0, *sorted(entry_id for entry_id, _ in found)])]
        bare.execute(KEPT, (indicator_id, on, len(found), on, zlib.compress(json.dumps(steps).encode())))
    bare.rollback()
    bare.close()
