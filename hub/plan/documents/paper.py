"""The plan as PDF/UA-1."""

from pathlib import Path
from typing import Any

from hub.core.pdf import compile_pdf
from hub.plan.documents.content import ranges

TEMPLATE = Path(__file__).with_name("plan.typ")


def as_pdf(content: dict[str, Any]) -> bytes:
    """The document that *content* describes: tagged, with bookmarks, in British English."""
    shown = content | {
        "themes": [
            theme | {"actions": [a | {"evidence": ranges(a["evidence"])} for a in theme["actions"]]}
            for theme in content["themes"]
        ]
    }
    return compile_pdf(TEMPLATE, shown)
