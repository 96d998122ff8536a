"""Tagged PDFs: the plan of sixty actions with its appendices, two hundred gallery cards, a pack of 500 pieces."""

from functools import cache

from tests.bench.harness import Measured, child, row

TECHNICIANS = 100
COLD_SECONDS = 1.0
WARM_SECONDS = 0.2
CARDS = 200
CARDS_SECONDS = 5.0
PIECES = 500
PIECES_SECONDS = 2.0
MADE = """
import time
from hub import create_app
from hub.accounts import queries as accounts
from hub.plan import documents, queries

with create_app("config.Config").app_context():
    for _ in range(6):
        start = time.process_time()
        plan = queries.plan({plan_id})
        content = documents.content(plan, accounts.institution({institution_id}), documents.Audience.INTERNAL)
        pdf = documents.as_pdf(content)
        print(time.process_time() - start, len(pdf), len(content["evidence"]))
"""


@row("plan-pdf-cold", target=1)
def plan_pdf_cold() -> Measured:
    """The first document that a process makes, against a second of the processor."""
    (seconds, size, pieces), *_ = _made()
    return Measured(seconds, COLD_SECONDS, {"unit": "s", "bytes": size, "pieces of evidence": pieces})


@row("plan-pdf-warm", target=1)
def plan_pdf_warm() -> Measured:
    """The dearest of those after it, against a fifth of a second."""
    _, *others = _made()
    return Measured(max(seconds for seconds, *_ in others), WARM_SECONDS, {"unit": "s"})


@cache
def _made() -> list[tuple[float, int, int]]:
    """Seconds, bytes and pieces of evidence of one document after another, in a process of their own."""
    from tests.bench.population import institution_of  # noqa: PLC0415 -- the application is imported only where needed

    hub = institution_of(TECHNICIANS)
    code = MADE.format(plan_id=hub.plan_id, institution_id=hub.institution_id)
    ended = child(code, DATABASE_URL=f"sqlite:///{hub.address}", HUB_VAR=str(hub.app.config["VAR"]))
    lines = (line.split() for line in ended.lines[:6])
    return [(float(seconds), int(size), int(pieces)) for seconds, size, pieces in lines]


@row("gallery-cards", target=1)
def gallery_cards() -> Measured:
    """Two hundred cards, each with a photograph and a code, against five seconds of the processor."""
    from tests.bench.gallery import printed  # noqa: PLC0415 -- the application is imported only where needed

    seconds, size = printed(CARDS)
    return Measured(seconds, CARDS_SECONDS, {"unit": "s", "bytes": size})


@row("pack-500", target=1)
def pack_500() -> Measured:
    """Five hundred pieces of evidence chosen, frozen and drawn, against two seconds of the processor."""
    from tests.bench.packs import printed  # noqa: PLC0415 -- the application is imported only where needed

    freezing, drawing, size, pieces = printed(PIECES)
    parts = {"unit": "s", "freezing": freezing, "drawing": drawing, "bytes": size, "pieces of evidence": pieces}
    return Measured(freezing + drawing, PIECES_SECONDS, parts)
