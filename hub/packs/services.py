"""Freezing a pack, putting a new one in its place, retiring it, and stopping what may be sent no longer."""

from itertools import groupby

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db, lock
from hub.core.errors import Refusal
from hub.evidence.models import Entry
from hub.packs import choosing, notifications, queries
from hub.packs.choosing import Choice, Offer
from hub.packs.models import Pack, PackPiece, Stage
from hub.packs.saying import seal
from hub.packs.workflow import PACK
from hub.plan.models import Plan


class NothingGoesIn(Refusal):
    """A pack has at least one piece."""


class OtherThanShown(Refusal):
    """What goes in has changed since somebody looked at it."""


def freeze(plan: Plan, choice: Choice, *, name: str, actor: Person, seen: str | None = None) -> Pack:
    """Freeze what *choice* finds on *plan*; *seen*: the mark of what *actor* was shown.

    :raises NothingGoesIn: if nothing of it may be shown to its audience
    :raises OtherThanShown: if *seen* is not what would be frozen
    """
    offer = choosing.offer(plan, choice)
    if seen is not None and seen != offer.mark:
        raise OtherThanShown("What goes in has changed since this page was shown. Look at it again, then freeze it.")
    return _frozen(plan, choice, offer, name, actor)


def renew(pack: Pack, *, name: str, actor: Person, seen: str | None = None) -> Pack:
    """Freeze the same choice as it is today, and put that in the place of *pack*."""
    lock(pack)
    made = freeze(pack.plan, Choice.kept(pack.choice), name=name, actor=actor, seen=seen)
    PACK.make(pack, "supersede", actor=actor)
    made.predecessor_id = pack.id
    db.session.flush()
    return made


def retire(pack: Pack, *, actor: Person) -> None:
    """It is taken away by nobody from now on; what it was stays to be read."""
    PACK.make(pack, "retire", actor=actor)
    db.session.flush()


def _frozen(plan: Plan, choice: Choice, offer: Offer, name: str, actor: Person) -> Pack:
    goes_in = offer.goes_in
    if not goes_in:
        raise NothingGoesIn("Nothing of this may be shown to that audience, so there is nothing to freeze.")
    numbers = {candidate.entry.id: n for n, candidate in enumerate(goes_in, start=1)}
    pack = Pack(
        institution_id=plan.institution_id,
        plan_id=plan.id,
        name=name,
        audience=choice.audience,
        stage=Stage.IN_USE,
        choice=choice.query,
        sections=[
            {"over": s.over, "heading": s.heading, "numbers": [numbers[c.entry.id] for c in s.candidates]}
            for s in offer.sections
        ],
        made_by_id=actor.id,
    )
    pack.pieces = [
        PackPiece(
            n=numbers[c.entry.id],
            entry_id=c.entry.id,
            version_id=c.item.latest.id if c.item else None,
            sha256=c.sha256,
            **c.says.columns,
        )
        for c in goes_in
    ]
    pack.sha256 = seal(pack, [piece.sha256 for piece in pack.pieces])
    db.session.add(pack)
    db.session.flush()
    return pack


def let_go(entry: Entry) -> None:
    """Words of frozen pieces go with those of their entry; the numbers stay, and the mark of what was frozen."""
    for piece in queries.pieces_saying(entry.id):
        piece.title, piece.words, piece.source, piece.proof = entry.title, "", "", ""
        piece.anonymised_on = entry.anonymised_on
    db.session.flush()


def look_again(kind: str, source_id: int) -> None:
    """Something about a fact has changed: stop its pieces that may be sent no longer, for good, and say so once."""
    gone = queries.gone_of(kind, source_id)
    stopped = [piece for piece in queries.still_sent(kind, source_id) if piece.id in gone]
    for piece in stopped:
        piece.stopped_at, piece.why = now(), gone[piece.id].why
    db.session.flush()
    for pack, pieces in groupby(stopped, key=lambda piece: piece.pack):
        if pack.stage == Stage.IN_USE:
            notifications.no_longer_sent(pack, list(pieces))
