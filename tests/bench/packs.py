"""A pack of evidence of any size, frozen and drawn."""

import time
from datetime import date

from sqlalchemy import delete, func, select, update

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.core.db import db, writing
from hub.core.themes import Theme
from hub.evidence import queries as evidence
from hub.evidence import services as items
from hub.evidence.models import Entry
from hub.packs import documents, queries, services
from hub.packs.choosing import Choice
from hub.plan import queries as plans
from hub.plan import services as planning
from hub.plan.models import Placement
from tests.bench.population import ENTRIES_EACH, institution_of


def printed(pieces: int) -> tuple[float, float, int, int]:
    """Seconds that freezing takes, seconds that its PDF takes, bytes of that, and how many pieces it has."""
    hub = institution_of(9 * pieces // 10 // ENTRIES_EACH)
    with hub.app.app_context(), writing():
        lead = accounts.person(accounts.holders(hub.institution_id, "lead")[0].id)
        _bring(lead, hub.plan_id, pieces)
        db.session.commit()
        start = time.process_time()
        pack = services.freeze(plans.plan(hub.plan_id), Choice(), name="All of it", actor=lead)
        frozen = time.process_time()
        db.session.commit()
        again = time.process_time()
        pdf, found = _drawn(pack.id)
        return frozen - start, time.process_time() - again, len(pdf), found


def _bring(lead: Person, plan_id: int, pieces: int) -> None:
    """So much by hand that there are *pieces*, in the place of entries that stand for it and have nothing behind."""
    db.session.execute(delete(Placement).where(Placement.entry_id.in_(select(Entry.id).where(evidence.by_hand()))))
    db.session.execute(update(Entry).where(evidence.by_hand()).values(source_id=Entry.source_id + 1_000_000))
    actions = plans.actions(plan_id)
    for n in range(pieces - (db.session.scalar(select(func.count()).select_from(Placement)) or 0)):
        made = items.add_item(
            actor=lead,
            title=f"Something worth telling, number {n}",
            theme=Theme.RECOGNITION,
            happened_on=date(2026, 3, 1),
            text="Three schools share one laser cutter, and none of them bought a second one.",
            link=f"https://news.example/{n}",
        )
        of_item = select(Placement).join(Placement.entry).where(evidence.by_hand(), Entry.words == made.title).limit(1)
        planning.accept_on(db.session.scalars(of_item).one(), [actions[n % len(actions)]], actor=lead)


def _drawn(pack_id: int) -> tuple[bytes, int]:
    pack, pieces = queries.pack(pack_id), queries.pieces(pack_id)
    content = documents.content(pack, accounts.institution(pack.institution_id), pieces, queries.gone(pack_id))
    return documents.as_pdf(content), len(pieces)
