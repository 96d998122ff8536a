"""Tagged PDF from a Typst template and plain data: PDF/UA-1, without network or files of its own."""

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).parents[1]  # templates of one feature may import what another one shares
_KEPT_BLOCKS = ((0x20, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF))
_KEPT_SIGNS = set("←↑→↓✓✗■●◆№™©®°±×÷½¼¾²³µ\n")
_TURNED = {"\uf0b7": "•", "\u2010": "-", "\u2011": "-", "\t": " "}


def compile_pdf(template: Path, content: dict[str, Any]) -> bytes:
    """*template* filled with *content* as PDF/UA-1; it reads it by ``json(bytes(sys.inputs.content))``.

    Characters for which the built-in fonts have no glyph are replaced first, as the standard forbids missing ones.
    """
    readable = json.dumps(_printable(content), ensure_ascii=False, default=str)
    return _compiled(template, readable)


@lru_cache(maxsize=8)
def _compiled(template: Path, readable: str) -> bytes:
    """The same content is the same document: whoever asks for it again and again costs nothing."""
    return _compile(template, readable, ROOT)


def compile_illustrated(template: Path, content: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """As ``compile_pdf``, with *pictures* by the names that *content* has for them; nothing of it is kept."""
    readable = json.dumps(_printable(content), ensure_ascii=False, default=str)
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in pictures.items():
            (Path(folder) / name).write_bytes(picture)
        return _compile(Path(shutil.copy(template, folder)), readable, Path(folder))


def _compile(template: Path, readable: str, root: Path) -> bytes:
    compiled: bytes = typst.compile(
        str(template),
        root=str(root),
        sys_inputs={"content": readable},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return compiled


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {k: _printable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(v) for v in value]
    return value


def printable(text: str) -> str:
    """*text* with what the fonts cannot draw turned into its nearest plain form, or a question mark in a box."""
    return "".join(_drawn(c) for c in unicodedata.normalize("NFC", text))


def _drawn(character: str) -> str:
    if character in _TURNED:
        return _TURNED[character]
    point = ord(character)
    if character in _KEPT_SIGNS or any(low <= point <= high for low, high in _KEPT_BLOCKS):
        return character
    if unicodedata.category(character) in {"Mn", "Cf", "Cc", "Cs"}:
        return ""
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or "\u25a0"
