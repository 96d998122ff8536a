"""The plan as a Word file, to be edited on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hub.core import word
from hub.core.words import ranges

if TYPE_CHECKING:
    from docx.document import Document


def as_docx(content: dict[str, Any]) -> bytes:
    """The same content as the PDF, with real headings and repeated table heads."""
    about = (
        content["institution"],
        f"{content['period']}. Printed on {content['printed']}.",
        f"Named contact: {content['contact']}.",
    )
    document = word.begin(content["title"], content["institution"], content["plan"], about)
    document.add_heading("Actions", level=1)
    for theme in content["themes"]:
        document.add_heading(theme["name"], level=2)
        heads = ("Ref", "Action", "How impact is evidenced", "Who and when")
        word.table(document, heads, map(_promise, theme["actions"]))
    _statuses(document, content, "Appendix A: red, amber and green")
    if content["evidence"]:
        document.add_heading("Appendix B: evidence", level=1)
        rows = ((str(e["n"]), e["ref"], e["title"], e["unit"], e["on"]) for e in content["evidence"])
        word.table(document, ("No.", "Action", "What happened", "Unit", "Date"), rows)
    return word.written(document)


def appendix_as_docx(content: dict[str, Any]) -> bytes:
    """The appendix of statuses by itself."""
    about = (content["institution"], f"{content['plan']}, {content['period']}. As it stood on {content['printed']}.")
    document = word.begin(content["title"], content["institution"], "How far the plan is", about)
    _statuses(document, content, "Red, amber and green")
    return word.written(document)


def _statuses(document: "Document", content: dict[str, Any], name: str) -> None:
    document.add_heading(name, level=1)
    for theme in content["themes"]:
        document.add_heading(f"{theme['name']}: how far it is", level=2)
        heads = ("Ref", "Action", "Status", "Explanation and progress", "Evidence")
        word.table(document, heads, map(_status, theme["actions"]))


def _promise(action: dict[str, Any]) -> Sequence[str]:
    said = [action["objective"], action["details"]]
    proof = [action["impact"], *action["measured"], *action["milestones"]]
    who = [action["owner"], f"Due {action['due']}" if action["due"] else "", action["resource"]]
    return (action["ref"], *("\n".join(filter(None, part)) for part in (said, proof, who)))


def _status(action: dict[str, Any]) -> Sequence[str]:
    letter = action["rag"][0].upper()
    why = " ".join(filter(None, (action["explanation"], action["progress"])))
    proof = f"Nos {ranges(action['evidence'])}" if action["evidence"] else str(action["pieces"] or "none")
    return (action["ref"], action["objective"], f"{letter} {action['rag_words']}", why, proof)
