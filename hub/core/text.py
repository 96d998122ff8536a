"""What people type, made safe to keep: one clean form on every database, nothing visible lost."""

import re
import unicodedata

_UNSEEN = {
    *range(0x20),
    *range(0x7F, 0xA0),
    0xAD,  # soft hyphen
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),  # bidi embeddings and overrides
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xD800, 0xE000),  # lone surrogates
    *range(0xFFF9, 0xFFFC),
} - {0x0A, 0x09}
_REMOVE = dict.fromkeys(_UNSEEN)


def clean(text: str) -> str:
    """*text* in NFC without control, bidi and zero-width characters, lines ended by ``\\n``, edges trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_REMOVE)
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def lines(text: str) -> list[str]:
    """What was written one a line, without empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_visible(text: str) -> bool:
    """Whether a reader would see anything of *text*."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in text)


def word_count(text: str) -> int:
    """Words as the page's own counter counts them: what stands between white space."""
    return len(text.split())


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; “person” if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:60] or "person"
