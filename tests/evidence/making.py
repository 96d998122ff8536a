"""Evidence for the tests: facts of no feature, items brought by hand, what was agreed about them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub.core.clock import today
from hub.core.themes import Theme
from hub.evidence import queries, services
from hub.evidence.models import Scope, Sort


@dataclass
class Fact:
    """What a feature's row tells of itself."""

    id: int
    institution_id: int
    evidence_people: list[int] = field(default_factory=list)
    evidence_quantity: int = 1
    evidence_title: str = "Somebody taught something"
    evidence_on: date = date(2026, 3, 5)
    evidence_unit_id: int | None = None


def item(actor, **more: Any):
    told = {"title": "Three schools share a laser cutter", "theme": Theme.SUSTAINABILITY, "text": "They say so."}
    made = services.add_item(actor=actor, **told | {"happened_on": today()} | more)
    return queries.item(made.id)


def testimonial(actor, **more: Any):
    """Words of somebody who has not agreed to anything yet."""
    words = {"title": "She saved my doctorate", "text": "She saved my doctorate.", "sort": Sort.TESTIMONIAL}
    return item(actor, **words | {"source": "Bo Reed", "about_somebody": True} | more)


def agree(about, actor, **more: Any):
    given = {"given_by": "Bo Reed", "wording": "She saved my doctorate.", "scope": Scope.PUBLIC, "given_on": today()}
    return services.record_consent(about, services.Permission(**given | more), actor=actor)


def in_every_stage(lead, *, author, giver) -> None:
    """Items that wait for a permission, have one, whose permission was withdrawn, out of use; a correction."""
    testimonial(author, title="Waits for a word")
    agreed = testimonial(author, title="Agreed to")
    agree(agreed, lead, person=giver)
    services.add_version(item(author, title="Said twice"), text="And again.", link=None, file=None, actor=author)
    withdrawn = testimonial(author, title="Taken back")
    agree(withdrawn, lead, person=giver)
    services.take_out(withdrawn, actor=giver)
    services.take_out(item(author, title="Out of use"), actor=author)
    wrong = queries.entry_of(item(author, title="Wrongly dated", sort=Sort.FIGURE, figure=7, figure_unit="schools"))
    services.correct(wrong, reason="It was a day later", actor=lead, happened_on=date(2026, 9, 2))
