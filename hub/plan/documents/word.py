"""The plan as a Word file, to be edited on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hub.core import word
from hub.core.words import ranges

if TYPE_CHECKING:
    from docx.document import Document

PROMISES = (
    "Ref",
    "Action",
    "Themes",
    "How it will be done",
    "How impact is evidenced",
    "Milestones",
    "Targets",
    "Whose task",
    "Due",
)
PROMISED = (1.2, 4, 2.2, 5, 5, 4.5, 4, 2.6, 2)
MEANS = {
    "starts": "Starts",
    "delivery": "What will be there",
    "group": "Which working group",
    "resource": "With what resources",
}


def as_docx(content: dict[str, Any]) -> bytes:
    """The same content as the PDF, with a column for each thing said, so that the hub can read it again."""
    about = (
        content["institution"],
        f"{content['period']}. Printed on {content['printed']}.",
        f"Named contact: {content['contact']}.",
    )
    document = word.begin(content["title"], content["institution"], content["plan"], about, across=True)
    document.add_heading("Actions", level=1)
    for theme in content["themes"]:
        document.add_heading(theme["name"], level=2)
        word.table(document, PROMISES, map(_promise, theme["actions"]), PROMISED)
    means = [action for theme in content["themes"] for action in theme["actions"] if any(map(action.get, MEANS))]
    if means:
        document.add_heading("What the actions need, and what they leave", level=1)
        rows = ((action["ref"], action["objective"], *map(action.get, MEANS)) for action in means)
        word.table(document, ("Ref", "Action", *MEANS.values()), rows, (1, 4, 2, 4, 3, 4))
    _statuses(document, content, "Appendix A: red, amber and green")
    if content["evidence"]:
        document.add_heading("Appendix B: evidence", level=1)
        rows = ((str(e["n"]), e["ref"], e["title"], e["unit"], e["on"]) for e in content["evidence"])
        word.table(document, ("No.", "Action", "What happened", "Unit", "Date"), rows, (1, 1, 8, 4, 3))
    return word.written(document)


def appendix_as_docx(content: dict[str, Any]) -> bytes:
    """The appendix of statuses by itself."""
    about = (content["institution"], f"{content['plan']}, {content['period']}. As it stood on {content['printed']}.")
    document = word.begin(content["title"], content["institution"], "How far the plan is", about, across=True)
    _statuses(document, content, "Red, amber and green", alone=True)
    return word.written(document)


def _statuses(document: "Document", content: dict[str, Any], name: str, *, alone: bool = False) -> None:
    """*alone*: nothing before it says which themes an action serves, and when it is due."""
    heads = ("Ref", "Action", "Status", "Explanation", "Progress", "So far", "Evidence")
    widths = (1, 4, 2, 4, 4, 4, 2)
    document.add_heading(name, level=1)
    for theme in content["themes"]:
        document.add_heading(f"{theme['name']}: how far it is", level=2)
        rows = map(_status, theme["actions"])
        if alone:
            themed = ((*row, a["themes"], a["due"] or "–") for row, a in zip(rows, theme["actions"], strict=True))
            word.table(document, (*heads, "Themes", "Due"), themed, (*widths, 3, 2))
        else:
            word.table(document, heads, rows, widths)


def _promise(action: dict[str, Any]) -> Sequence[str]:
    """An action without its day says so, as an empty cell could be a day that its milestones give."""
    said = (action["ref"], action["objective"], action["themes"], action["details"], action["impact"])
    dated = ("\n".join(action["milestones"]), "\n".join(action["targets"]))
    return (*said, *dated, action["owner"], action["due"] or "–")


def _status(action: dict[str, Any]) -> Sequence[str]:
    letter = action["rag"][0].upper()
    proof = f"Nos {ranges(action['evidence'])}" if action["evidence"] else str(action["pieces"] or "none")
    why = (action["explanation"], action["progress"], "\n".join(action["measured"]))
    return (action["ref"], action["objective"], f"{letter} {action['rag_words']}", *why, proof)
