"""A pack as a Word file."""

from collections.abc import Mapping
from typing import Any

from hub.core import word


def as_docx(content: dict[str, Any]) -> bytes:
    """The same content as the PDF."""
    gone = f"No longer used since it was frozen: {content['gone']}. A line stands in the place of each."
    corrected = f"Corrected since it was frozen: {content['corrected']}. Each says below what it is today."
    about = (
        content["institution"],
        f"{content['plan']}. For: {content['audience']}. Frozen on {content['frozen']} with {content['count']}.",
        *([gone] if content["gone"] else []),
        *([corrected] if content["corrected"] else []),
    )
    document = word.begin(content["name"], content["institution"], content["name"], about)
    for part in content["parts"]:
        if part["over"]:
            document.add_heading(part["over"], level=1)
        document.add_heading(part["heading"], level=2)
        if part["pieces"]:
            word.table(document, ("No.", "What it shows", "When, where, who", "Proof"), map(_row, part["pieces"]))
        if part["again"]:
            document.add_paragraph(f"See also {part['again']}, above.")
    document.add_heading("What proves this pack", level=1)
    document.add_paragraph(f"SHA-256 of the whole pack as it was frozen: {content['sha256']}")
    if content["files"]:
        document.add_heading("Attached files", level=2)
        files = ((str(p["n"]), p["file"], p["file_sha256"]) for p in content["files"])
        word.table(document, ("No.", "File", "SHA-256"), files)
    return word.written(document)


def _row(piece: Mapping[str, Any]) -> tuple[str, ...]:
    if piece["gone"]:
        return (str(piece["n"]), piece["gone"], "", "")
    quoted = f"“{piece['words']}”" if piece["words"] else ""
    source = f"In the words of {piece['source']}" if piece["source"] else ""
    said = "\n".join(filter(None, (piece["title"], piece["claim"], quoted, source, piece["corrected"])))
    return (str(piece["n"]), said, piece["about"], "\n".join(filter(None, (piece["file"], piece["proof"]))))
