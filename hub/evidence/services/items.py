"""Evidence brought by hand: what it says by version, what the people in it agreed to, and taking it out of use."""

import hashlib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.errors import MoveRefused, Refusal
from hub.core.storage import StoredFile
from hub.core.themes import Theme
from hub.evidence import notifications, queries, signals
from hub.evidence.models import Entry, Item, ItemConsent, ItemVersion, Scope, Sort
from hub.evidence.services import ledger

KIND = "evidence.item"
NEVER = date(1970, 1, 1)  # the last day of what is shown on no day, wherever the clock stands
WARNED = timedelta(days=30)  # before the last day on which an item may be used


class NoLongerUsed(Refusal):
    """What was taken out of use is not changed."""


@dataclass(frozen=True, slots=True)
class About:
    """What an item is, apart from its words."""

    title: str
    theme: Theme
    happened_on: date
    sort: Sort = Sort.DOCUMENT
    source: str = ""
    unit_id: int | None = None
    people: int = 0
    figure: int | None = None
    figure_unit: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """What somebody agreed to: *wording*, as far as *scope*, to the end of *use_until* if there is an end."""

    given_by: str
    wording: str
    scope: Scope
    given_on: date
    use_until: date | None = None
    person: Person | None = None


def add_item(
    *,
    actor: Person,
    title: str,
    theme: Theme,
    happened_on: date,
    sort: Sort = Sort.DOCUMENT,
    text: str = "",
    source: str = "",
    link: str | None = None,
    file: StoredFile | None = None,
    unit_id: int | None = None,
    people: int = 0,
    figure: int | None = None,
    figure_unit: str = "",
    scope: Scope = Scope.STEERING_GROUP,
    use_until: date | None = None,
    about_somebody: bool = False,
) -> Item:
    """Bring evidence by hand; it enters the ledger like any other fact.

    What is about somebody stays inside the hub until they agree to more.
    """
    item = Item(
        institution_id=actor.institution_id,
        added_by=actor,
        added_by_id=actor.id,
        title=title,
        theme=theme,
        happened_on=happened_on,
        sort=sort,
        source=source,
        unit_id=unit_id,
        people=people,
        figure=figure,
        figure_unit=figure_unit,
        about_somebody=about_somebody,
        scope=Scope.HUB if about_somebody else scope,
        use_until=use_until,
        consents=[],
    )
    item.versions = [_version(1, text, link, file, actor)]
    db.session.add(item)
    db.session.flush()
    ledger.record(KIND, item)
    return item


def _version(number: int, text: str, link: str | None, file: StoredFile | None, actor: Person) -> ItemVersion:
    return ItemVersion(
        number=number,
        text=text,
        link=link,
        file=file,
        sha256=fingerprint(text, link, file.sha256 if file else None),
        made_by=actor,
        made_by_id=actor.id,
    )


def fingerprint(text: str, link: str | None, file: str | None) -> str:
    """The SHA-256 of what a version says: its text, its link and the SHA-256 of its file, a line each."""
    return hashlib.sha256("\n".join((text, link or "", file or "")).encode()).hexdigest()


def edit_item(item: Item, about: About, *, actor: Person) -> None:
    """Change what it is; the ledger follows with a second entry, if what it says there is otherwise now.

    :raises NoLongerUsed: if it was taken out of use
    """
    _refuse_unused(item)
    for one in fields(about):
        setattr(item, one.name, getattr(about, one.name))
    db.session.flush()
    entry = ledger.last_of(KIND, item.id)
    said: dict[str, Any] = {"words": item.title} | {
        name: getattr(item, name) for name in ("theme", "happened_on", "unit_id", "people")
    }
    if entry is not None and any(getattr(entry, name) != value for name, value in said.items()):
        ledger.correct(entry, reason="Changed by who looks after it", actor=actor, **said)


def set_reach(item: Item, *, scope: Scope, use_until: date | None) -> None:
    """Say how far, and until when, what is about nobody may travel."""
    _refuse_unused(item)
    item.scope, item.use_until = scope, use_until
    db.session.flush()
    _show_until(item, use_until)
    signals.item_bounded.send(item)


def add_version(item: Item, *, text: str, link: str | None, file: StoredFile | None, actor: Person) -> bool:
    """Say something else from now on; whoever it is about has to agree again. False if nothing is otherwise.

    :raises NoLongerUsed: if it was taken out of use
    """
    _refuse_unused(item)
    if fingerprint(text, link, file.sha256 if file else None) == item.latest.sha256:
        return False
    item.versions.append(_version(item.latest.number + 1, text, link, file, actor))
    if item.about_somebody:
        item.scope = Scope.HUB
    db.session.flush()
    signals.item_bounded.send(item)
    return True


def _refuse_unused(item: Item) -> None:
    if not item.is_usable:
        raise NoLongerUsed("This is no longer used. Record a new permission, or put it back into use first.")


# -- what people agreed to ---------------------------------------------------------------------------------------------


def record_consent(item: Item, permission: Permission, *, actor: Person) -> ItemConsent:
    """Write down what somebody agreed to; from now on the item travels so far, and so long."""
    consent = ItemConsent(
        number=item.latest.number,
        given_by=permission.given_by,
        person_id=permission.person.id if permission.person else None,
        wording=permission.wording,
        scope=permission.scope,
        given_on=permission.given_on,
        use_until=permission.use_until,
        recorded_by=actor,
        recorded_by_id=actor.id,
    )
    item.consents.append(consent)
    item.about_somebody, item.scope, item.use_until = True, permission.scope, permission.use_until
    _use_again(item)
    signals.item_bounded.send(item)
    if permission.person is not None and permission.person.id != actor.id:
        notifications.consent_recorded(consent, permission.person, actor)
    return consent


def take_out(item: Item, *, actor: Person) -> None:
    """Serve it to nobody from now on: a consent in force is withdrawn, the ledger takes it back, and so do its uses."""
    if item.withdrawn_at is not None:
        raise MoveRefused("This is out of use already.")
    for consent in item.consents:
        if consent.withdrawn_at is None:
            consent.withdrawn_at, consent.withdrawn_by_id = now(), actor.id
    _end(item)


def put_back(item: Item, *, actor: Person) -> None:
    """Use it again, if it is about nobody whom one would have to ask."""
    del actor
    if item.withdrawn_at is None or item.about_somebody:
        raise MoveRefused("Only what is out of use and about nobody can be put back.")
    item.use_until = None
    _use_again(item)


def _use_again(item: Item) -> None:
    was_out = item.withdrawn_at is not None
    item.withdrawn_at = None
    db.session.flush()
    _show_until(item, item.use_until)
    if was_out:
        ledger.record(KIND, item)


def _end(item: Item) -> None:
    item.withdrawn_at = now()
    db.session.flush()
    _show_until(item, NEVER)
    ledger.withdraw(KIND, item)


def _show_until(item: Item, on: date | None) -> None:
    """What the ledger says of it, first entry and corrections, is shown up to that day."""
    for entry in db.session.scalars(select(Entry).where(Entry.kind == KIND, Entry.source_id == item.id)):
        entry.shown_until = on
    db.session.flush()


# -- in time -----------------------------------------------------------------------------------------------------------


def end_expired() -> int:
    """Take out of use what may be used no longer. How many items."""
    expired = queries.expired_items()
    for item in expired:
        _end(item)
    return len(expired)


def warn_of_expiry() -> int:
    """Tell the leads, once, of each item that may be used for thirty more days. How many items."""
    ending = queries.items_ending(today() + WARNED)
    for item in ending:
        notifications.consent_ends(item)
    return len(ending)
