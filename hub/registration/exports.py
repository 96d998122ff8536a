"""A technician's drafts to take along: as a Word file, and as plain text to paste into the body's own form."""

import io

from hub.registration import guidance, registers
from hub.registration.models import Journey

NOTE = "Written in the hub to be pasted into the professional body’s own form. The body decides."


def _parts(journey: Journey) -> list[tuple[str, str, str]]:
    """Each area as (heading, count, text)."""
    texts = {one.area: one.text for one in journey.statements}
    return [
        (
            f"{stand.area.code}  {stand.area.title}",
            f"{stand.words} of {stand.area.words} words",
            texts.get(stand.area.code, ""),
        )
        for stand in guidance.areas(journey)
    ]


def _opening(journey: Journey) -> tuple[str, str]:
    body = registers.bodies().get(journey.body or "", "")
    return f"{journey.person.name}: competence report for {journey.register_name}", body


def as_text(journey: Journey) -> str:
    title, body = _opening(journey)
    lines = [title, *([body] if body else []), NOTE]
    for heading, count, text in _parts(journey):
        lines += ["", f"{heading} ({count})", "", text or "(nothing written yet)"]
    return "\n".join(lines) + "\n"


def as_docx(journey: Journey) -> bytes:
    from docx import Document  # noqa: PLC0415 -- slow import

    title, body = _opening(journey)
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = journey.person.name
    document.core_properties.language = "en-GB"
    document.add_heading(title, level=0)
    if body:
        document.add_paragraph(body)
    document.add_paragraph(NOTE)
    for heading, count, text in _parts(journey):
        document.add_heading(heading, level=1)
        document.add_paragraph(count)
        for block in (text or "(nothing written yet)").split("\n\n"):
            document.add_paragraph(block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
