"""Who is told that a pack may no longer be sent as it is. Never in the words of the evidence."""

from collections.abc import Sequence

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core.links import path_to
from hub.core.words import counted
from hub.evidence.notifications import GROUP
from hub.notifications.kinds import register
from hub.notifications.services import tell
from hub.packs.models import Pack, PackPiece

register("packs.no_longer_sent", GROUP, "A pack of evidence may no longer be sent as it is")


def no_longer_sent(pack: Pack, pieces: Sequence[PackPiece]) -> None:
    numbers = ", ".join(str(piece.n) for piece in pieces)
    for reader in _readers(pack):
        tell(
            reader,
            "packs.no_longer_sent",
            title=f"“{pack.name}” may no longer be sent as it is",
            body=f"{counted(len(pieces), 'piece')} of it may not be used any more: no. {numbers}. New downloads leave "
            "that out. Ask those who have an older copy to delete it, or make the pack again.",
            path=path_to("packs.pack", pack_id=pack.id),
        )


def _readers(pack: Pack) -> Sequence[Person]:
    """Whoever made it; all leads, if that person leads no more."""
    leads = accounts.holders(pack.institution_id, Role.LEAD, Role.DEPUTY_LEAD)
    return [lead for lead in leads if lead.id == pack.made_by_id] or leads
