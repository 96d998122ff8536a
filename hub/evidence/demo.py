"""What the demo institution's lead brings by hand, what people agreed to, and one entry that had to be corrected."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.themes import Theme
from hub.evidence import queries, services
from hub.evidence.models import Entry, Item, Scope, Sort

QUOTE = "The printer that they built for me does what two companies had called impossible."
WAITS = "I learned more in her workshop than in a year of lectures."
ENDS = "Our spin-out would still be a drawing without the glass workshop."
GONE = "They found the fault in my set-up in ten minutes."


def bring(lead: Person, technicians: Sequence[Person]) -> None:
    """Months after it happened, so that the lead has placed it all: words, figures and prizes from outside."""
    giver = next(person for person in technicians if person.is_active)
    _agree(_quote(lead, QUOTE, "Prof. Idris Vale", 110), lead, Scope.PUBLIC)
    _agree(_quote(lead, ENDS, "Runa Quill, founder", 100), lead, Scope.SUBMISSION, days=24)
    _quote(lead, WAITS, "A doctoral student", 95)
    gone = _quote(lead, GONE, giver.name, 90)
    _agree(gone, lead, Scope.STEERING_GROUP, person=giver)
    services.take_out(gone, actor=giver)
    _add(lead, "Schools that share equipment through the technicians’ list", 80, Sort.FIGURE, Theme.SUSTAINABILITY, 34)
    _add(lead, "A national prize for sustainable laboratories", 70, Sort.AWARD, Theme.RECOGNITION)
    report = _add(lead, "The city’s newspaper on the people behind the telescope", 60, Sort.ARTICLE, Theme.VISIBILITY)
    services.add_version(
        report,
        text="Two pages, with the names of all who ground the mirror. The second edition puts one of them right.",
        link="https://news.example/telescope",
        file=None,
        actor=lead,
    )
    _correct_a_session(lead)


def _quote(lead: Person, words: str, by: str, days: int) -> Item:
    return _add(lead, words, days, Sort.TESTIMONIAL, Theme.EVALUATING_IMPACT, source=by, about_somebody=True)


def _add(lead: Person, title: str, days: int, sort: Sort, theme: Theme, figure: int | None = None, **more: Any) -> Item:
    made = services.add_item(
        actor=lead,
        title=title,
        theme=theme,
        happened_on=today() - timedelta(days=days),
        sort=sort,
        text=title,
        figure=figure,
        figure_unit="schools" if figure else "",
        **more,
    )
    return queries.item(made.id)


def _agree(item: Item, lead: Person, scope: Scope, *, days: int = 400, person: Person | None = None) -> None:
    given = services.Permission(
        given_by=item.source,
        wording=item.latest.text,
        scope=scope,
        given_on=item.happened_on,
        use_until=today() + timedelta(days=days),
        person=person,
    )
    services.record_consent(item, given, actor=lead)


def _correct_a_session(lead: Person) -> None:
    """The oldest one that counts: its sheet was copied a line short."""
    oldest = db.session.scalars(
        select(Entry)
        .where(
            Entry.kind == "skills.session", Entry.institution_id == lead.institution_id, Entry.withdrawn_at.is_(None)
        )
        .order_by(Entry.happened_on, Entry.id)
        .limit(1)
    ).one_or_none()
    if oldest is not None and oldest.recorded_at < now():
        reason = "The attendance sheet had one more name on its back"
        services.correct(oldest, reason=reason, actor=lead, quantity=oldest.quantity + 1)
