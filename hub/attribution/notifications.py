"""Who is told what about documents."""

from hub.accounts.models import Person
from hub.attribution.models import DocumentEdition
from hub.core.links import path_to
from hub.core.words import day
from hub.notifications.kinds import register
from hub.notifications.services import tell

GROUP = "Guidance and expectations"

register("attribution.read", GROUP, "A document waits for you to confirm that you have read it", urgent=False)


def please_read(edition: DocumentEdition, person: Person, *, again: bool, dedupe: str) -> None:
    tell(
        person,
        "attribution.read",
        title=f"{'Still to read' if again else 'Please read'}: {edition.title}",
        body=f"It applies from {day(edition.effective_on)}. {edition.what_changed}".strip(),
        path=path_to("attribution.document", document_id=edition.document_id),
        dedupe=dedupe,
    )
