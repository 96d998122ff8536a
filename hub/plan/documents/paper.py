"""The plan as PDF/UA-1."""

from pathlib import Path
from typing import Any

from hub.core.pdf import compile_pdf
from hub.core.words import ranges

PLAN, APPENDIX = (Path(__file__).with_name(name) for name in ("plan.typ", "appendix.typ"))


def as_pdf(content: dict[str, Any]) -> bytes:
    """The document that *content* describes: tagged, with bookmarks, in British English."""
    return compile_pdf(PLAN, _in_ranges(content))


def appendix_as_pdf(content: dict[str, Any]) -> bytes:
    """The appendix of statuses by itself."""
    return compile_pdf(APPENDIX, _in_ranges(content))


def _in_ranges(content: dict[str, Any]) -> dict[str, Any]:
    return content | {
        "themes": [
            theme | {"actions": [a | {"evidence": ranges(a["evidence"])} for a in theme["actions"]]}
            for theme in content["themes"]
        ]
    }
