"""A pack as PDF/UA-1."""

from pathlib import Path
from typing import Any

from hub.core.pdf import compile_pdf

TEMPLATE = Path(__file__).with_name("pack.typ")


def as_pdf(content: dict[str, Any]) -> bytes:
    """The pack that *content* describes: tagged, with bookmarks, in British English."""
    return compile_pdf(TEMPLATE, content)
