"""What a panel of the development fund waits for."""

from random import Random
from types import SimpleNamespace

from tests.bench.harness import Measured, cpu, row

APPLICATIONS = 200
MOST_SECONDS = 1.0


@row("fund-combinations", target=1, sizes=(15_000, 100_000))
def combinations(pounds: int) -> Measured:
    """The other ways to spend a budget on two hundred applications, in seconds of the processor."""
    from hub.fund.ranking import most_people, most_points, ranked  # noqa: PLC0415 -- the application is imported only where needed

    rng, budget = Random("panel"), pounds * 100
    rows = [
        (SimpleNamespace(id=n), (rng.randint(100, 500) / 100, 0.0), rng.randint(10_000, 150_000))
        for n in range(APPLICATIONS)
    ]
    order = ranked(rows, budget)
    return Measured(cpu(lambda: (most_points(order, budget), most_people(order, budget)))(), MOST_SECONDS)
