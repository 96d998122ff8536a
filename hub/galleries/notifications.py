"""Who is told what about the galleries."""

from collections.abc import Sequence

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.core.clock import london
from hub.core.links import path_to
from hub.core.words import counted, day, joined
from hub.galleries.models import Portrait, PrintedCard, Printing
from hub.galleries.policy import EDITORS
from hub.notifications.kinds import register
from hub.notifications.services import tell

GROUP = "Galleries"

register("galleries.asked", GROUP, "Somebody would like to show you in a gallery")
register("galleries.words", GROUP, "Somebody wrote about you in a gallery")
register("galleries.stepped_out", GROUP, "Somebody steps out of a gallery that you look after", urgent=False)
register("galleries.take_down", GROUP, "A printed card must come down")


def asked(portrait: Portrait, actor: Person) -> None:
    tell(
        portrait.person,
        "galleries.asked",
        title=f"May we show you in the gallery “{portrait.gallery.title}”?",
        body=f"{actor.name} would like you to be in it. Say yes or no: either is fine, and nobody asks why.",
        path=_of(portrait),
    )


def placed(portrait: Portrait, actor: Person) -> None:
    tell(
        portrait.person,
        "galleries.asked",
        title=f"You are in the gallery “{portrait.gallery.title}”",
        body=f"{actor.name} chose you: your page is public already. Add a line of your own, or step out.",
        path=_of(portrait),
    )


def written(portrait: Portrait, actor: Person) -> None:
    tell(
        portrait.person,
        "galleries.words",
        title=f"{actor.name} wrote about you in the gallery “{portrait.gallery.title}”",
        body="Nobody sees it before you have read it and agreed.",
        path=_of(portrait),
    )


def stepped_out(portrait: Portrait) -> None:
    """Without a reason: none is asked for."""
    for editor in accounts.holders(portrait.institution_id, *EDITORS):
        if editor.id != portrait.person_id:
            tell(
                editor,
                "galleries.stepped_out",
                title=f"One person fewer in the gallery “{portrait.gallery.title}”",
                body="They chose not to be shown any more. The hub no longer shows them anywhere in it.",
                path=path_to("galleries.gallery", gallery_id=portrait.gallery_id),
            )


def take_down(printing: Printing, cards: Sequence[PrintedCard]) -> None:
    """Whose card hangs where, who printed it when, and by when it must be down."""
    names = joined([card.person.name for card in cards])
    due = cards[0].down_by
    on = day(london(printing.printed_at).date())
    printed = f"{printing.printed_by.name} printed the {printing.paper.label} on {on}."
    for editor in accounts.holders(printing.institution_id, *EDITORS):
        tell(
            editor,
            "galleries.take_down",
            title=f"Take {counted(len(cards), 'printed card')} down: {printing.gallery.title}",
            body=f"{names}. {printed}",
            path=path_to("galleries.take_down", printing_id=printing.id),
            due_at=due,
        )


def _of(portrait: Portrait) -> str:
    return path_to("galleries.portrait", portrait_id=portrait.id)
