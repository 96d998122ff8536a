"""The fund’s heaviest pages: what its lead lists, and what a panel decides from."""

import csv
import io
from typing import Any

from tests.bench.harness import Cost, Measured, cpu, paired, row

APPLICATIONS = 10_000
A_TENTH_OF_HYPHA = 0.0592  # seconds of the processor that its list of as many takes
MOST_SECONDS = 1.0  # of the processor, which a panel may wait for the order and the ways to spend
JUDGED = 200
LIST = "/fund/applications"
ASKED = {
    "first page": "",
    "filter": "?stage=report_due",
    "search": "?q=Vacuum",
    "sort": "?sort=applicant",
    "late page": "?page=300&sort=-asked",
}
EXPORTED = """SELECT a.reference, a.title, p.name, u.name, r.name, a.stage,
        a.asked_pence / 100.0, a.awarded_pence / 100.0, f.id, w.answered_at
    FROM fund_application a JOIN person p ON p.id = a.applicant_id LEFT JOIN unit u ON u.id = p.unit_id
    JOIN fund_round r ON r.id = a.round_id LEFT JOIN fund_report f ON f.application_id = a.id
    LEFT JOIN fund_follow_up w ON w.application_id = a.id
    WHERE a.institution_id = ? AND a.sent_at IS NOT NULL ORDER BY a.id DESC"""
DECIDED_FROM = (
    "SELECT a.*, p.name FROM fund_application a JOIN person p ON p.id = a.applicant_id WHERE a.round_id = ?",
    "SELECT s.* FROM fund_score s JOIN fund_application a ON a.id = s.application_id WHERE a.round_id = ?",
    "SELECT d.* FROM fund_decision d JOIN fund_application a ON a.id = d.application_id WHERE a.round_id = ?",
)


@row("fund-list", target=1)
def fund_list() -> Measured:
    """Ten thousand applications as their lead sees them: the dearest of what is asked of the list."""
    from tests.bench.fund_rows import fund_of  # noqa: PLC0415 -- the application is imported only where a row needs it
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    hub = fund_of(APPLICATIONS)
    costs = {name: _mean(cpu(reader(hub.app, LIST + query, hub.token), 5)) for name, query in ASKED.items()}
    return Measured(max(costs.values()), A_TENTH_OF_HYPHA, costs)


def _mean(cost: Cost) -> float:
    cost()  # which nobody counts
    return sum(cost() for _ in range(3)) / 3


@row("fund-export", target=6)
def fund_export() -> Measured:
    """All of them in a file, with what came of each, against sqlite3 and csv alone."""
    from tests.bench.fund_rows import fund_of  # noqa: PLC0415 -- as above
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    hub = fund_of(APPLICATIONS)
    connection = hub.bare()

    def bare() -> str:
        out = io.StringIO()
        csv.writer(out).writerows(connection.execute(EXPORTED, (hub.institution_id,)))
        return out.getvalue()

    ours, limit = paired(cpu(reader(hub.app, f"{LIST}?export=csv", hub.token)), cpu(bare), rounds=3)
    return Measured(ours, limit, {"rows": APPLICATIONS})


@row("fund-panel", target=1)
def fund_panel() -> Measured:
    """Two hundred applications in the panel’s order, and the ways to spend what is left."""
    hub, token, fund_round, _ = _judged()
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    read = reader(hub.app, f"/fund/rounds/{fund_round}/panel", token)
    if b"Most points" not in read():
        raise RuntimeError("there is nothing to choose between")
    return Measured(_mean(cpu(read)), MOST_SECONDS)


@row("fund-decide", target=12)
def fund_decide() -> Measured:
    """One of two hundred with its case, its scores and its place among all, against the rows that it needs."""
    from tests.bench.reading import bare_page, reader  # noqa: PLC0415 -- as above

    hub, token, fund_round, application = _judged()
    read = reader(hub.app, f"/fund/applications/{application}/score", token)
    page = read()
    decide = _mean(cpu(reader(hub.app, f"/fund/applications/{application}/decide", token)))
    ours, limit = paired(cpu(read, 3), cpu(bare_page(hub.bare(), DECIDED_FROM, (fund_round,), page), 3), rounds=5)
    return Measured(max(ours, decide), limit, {"bytes": len(page), "score": ours, "decide": decide})


def _judged() -> Any:
    from tests.bench.fund_rows import round_of  # noqa: PLC0415 -- as above

    return round_of(JUDGED)
