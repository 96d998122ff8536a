"""Calendar entries and address cards: lines of a name and a value. Sources: RFC 5545 §3.1 and RFC 2426 §2."""

from collections.abc import Iterable

LONGEST_LINE = 75  # octets


def document(lines: Iterable[str]) -> str:
    """The lines, folded, as one text."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def escaped(value: str) -> str:
    """*value* as it may stand after a colon."""
    marked = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n")


def _folded(line: str) -> str:
    """*line* broken so that no piece is longer than 75 octets; no character is split."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LONGEST_LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
