"""Whole pages, signed in, against what the same page costs when it is written by hand in Flask and sqlite3."""

from collections.abc import Callable

from tests.bench.harness import Measured, cpu, paired, row

SIZES = (1_000, 10_000, 100_000)
OF_PLAN = "JOIN plan_action a ON a.id = t.action_id WHERE a.plan_id = ?"
OF_INDICATOR = "JOIN plan_indicator i ON i.id = t.indicator_id JOIN plan_action a ON a.id = i.action_id"
TRACKED = (
    "SELECT * FROM plan_action WHERE plan_id = ? ORDER BY position",
    f"SELECT t.* FROM plan_action_theme t {OF_PLAN}",
    f"SELECT t.* FROM plan_milestone t {OF_PLAN}",
    f"SELECT t.* FROM plan_indicator t {OF_PLAN}",
    f"SELECT t.* FROM plan_target t {OF_INDICATOR} WHERE a.plan_id = ?",
    f"SELECT t.* FROM plan_reading t {OF_INDICATOR} WHERE a.plan_id = ?",
    f"SELECT t.action_id, count(*) FROM plan_progress_note t {OF_PLAN} GROUP BY 1",
    f"SELECT t.action_id, t.outlook FROM plan_progress_note t {OF_PLAN} AND t.outlook <> '' ORDER BY t.written_at",
)

FOUND = """SELECT p.name, p.job_title, u.name, p.slug, s.name
    FROM directory_posting t JOIN person p ON p.id = t.person_id JOIN unit u ON u.id = p.unit_id
    LEFT JOIN skill s ON s.id = t.skill_id WHERE t.institution_id = ? AND t.term = ? LIMIT 20"""
COUNTED = """SELECT u.name, count(*) FROM directory_posting t
    JOIN directory_listed l ON l.person_id = t.person_id JOIN unit u ON u.id = l.department_id
    WHERE t.institution_id = ? AND t.term = ? GROUP BY u.name"""


@row("directory-page", target=3, sizes=SIZES)
def directory_page(people: int) -> Measured:
    """One word looked for: twenty cards, why each was found, and facets with their counts."""
    from tests.bench.reading import bare_search  # noqa: PLC0415 -- the application is imported only where needed

    def limit(hub, page):
        return bare_search(hub.bare(), (FOUND, COUNTED), "workshop", page, hub.token)

    return _page(people, "/people/?q=workshop", limit)


@row("directory-postgresql", target=1.5, sizes=SIZES)
def directory_on_postgresql(people: int) -> Measured:
    """The same page with PostgreSQL behind it, in the web process, against SQLite."""
    from tests.bench.population import institution_of  # noqa: PLC0415 -- the application is imported only where needed
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    hubs = (institution_of(people, kind="postgresql"), institution_of(people))
    ours, limit = paired(*(cpu(reader(hub.app, "/people/?q=workshop", hub.token), 10) for hub in hubs))
    return Measured(ours, limit)


@row("tracker-page", target=12, sizes=SIZES)
def tracker_page(people: int) -> Measured:
    """A plan of sixty actions as a table with its evidence: columns read, a whole template drawn."""
    return _page(people, "/plans/{hub.plan_id}", _bare_tracker)


@row("tracker-200", target=12)
def tracker_of_200() -> Measured:
    """The same with two hundred actions."""
    return _page(1_000, "/plans/{hub.plan_id}", _bare_tracker, actions=200)


def _bare_tracker(hub, page: bytes) -> Callable[[], bytes]:
    from tests.bench.reading import bare_page  # noqa: PLC0415 -- the application is imported only where needed

    return bare_page(hub.bare(), TRACKED, (hub.plan_id,), page)


def _page(people: int, path: str, bare: Callable[..., Callable[[], bytes]], **given: int) -> Measured:
    from tests.bench.population import institution_of  # noqa: PLC0415 -- the application is imported only where needed
    from tests.bench.reading import reader  # noqa: PLC0415 -- as above

    hub = institution_of(people, **given)
    read = reader(hub.app, path.format(hub=hub), hub.token)
    page = read()
    ours, limit = paired(cpu(read, 10), cpu(bare(hub, page), 10))
    return Measured(ours, limit, {"bytes": len(page)})
