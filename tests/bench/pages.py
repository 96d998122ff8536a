"""Whole pages, signed in, against a bare Flask page of the same length that writes out the same rows."""

from tests.bench.harness import Measured, cpu, paired, row

SIZES = (1_000, 10_000, 100_000)
ACTIONS = """SELECT ref, objective, owner_role, due_on, rag, (SELECT count(*) FROM plan_placement p
    WHERE p.action_id = a.id AND p.state = 'accepted') FROM plan_action a WHERE plan_id = ? ORDER BY position"""

FOUND = """SELECT p.name, p.job_title, u.name, p.slug FROM directory_posting t JOIN directory_listed l USING (person_id)
    JOIN person p ON p.id = l.person_id JOIN unit u ON u.id = p.unit_id
    WHERE t.institution_id = ? AND t.term = 'workshop' ORDER BY l.sort_name LIMIT 20"""


@row("directory-page", target=3, sizes=SIZES)
def directory_page(people: int) -> Measured:
    """One word looked for: twenty cards, why each was found, and facets with their counts."""
    return _page(people, "/people/?q=workshop", FOUND, "institution_id")


@row("tracker-page", target=12, sizes=SIZES)
def tracker_page(people: int) -> Measured:
    """A plan of sixty actions as a table with its evidence: columns read, a whole template drawn."""
    return _page(people, "/plans/{hub.plan_id}", ACTIONS, "plan_id")


def _page(people: int, path: str, statement: str, *values: str) -> Measured:
    from tests.bench.population import institution_of  # noqa: PLC0415 -- the application is imported only where needed
    from tests.bench.reading import bare_page, reader  # noqa: PLC0415 -- as above

    hub = institution_of(people)
    read = reader(hub.app, path.format(hub=hub), hub.token)
    page = read()
    bare = hub.bare()
    ours, limit = paired(cpu(read, 10), cpu(bare_page(bare, statement, [getattr(hub, v) for v in values], page), 10))
    bare.close()
    return Measured(ours, limit, {"bytes": len(page)})
