"""Text as people meant it: composed, without control characters, soft hyphens or Word's private bullets."""

import re
import unicodedata

PLAINER = str.maketrans(
    {
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓", "\uf050": "✓",
        "\u2010": "-", "\u2011": "-",
        "\uf0fb": "✗", "\uf04f": "✗", "\uf0fe": "☑", "\uf052": "☑", "\uf0a8": "☐", "\uf06c": "●", "\uf06e": "■",
    }
)  # fmt: skip
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
AROUND_LINE_END = re.compile(r" ?\n[ \n]*")
DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn"}
KEPT = {"\n", "\t", "\u200d"}  # the joiner holds emoji together
BULLETS = "•▪◦‣·●■➢➤→*–—-o"
BULLET = re.compile(rf"^(?:[{re.escape(BULLETS)}](?=\s)|[•▪◦‣●■➢➤])\s*")


def clean(text: str) -> str:
    """NFC, one space between words, one line end between paragraphs."""
    text = LINE_ENDS.sub("\n", text.translate(PLAINER))
    text = unicodedata.normalize("NFC", text)
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c in KEPT or unicodedata.category(c) not in DROPPED)
    return AROUND_LINE_END.sub("\n", SPACES.sub(" ", text)).strip()


def without_bullet(line: str) -> str:
    return BULLET.sub("", line)


def shortened(text: str, longest: int = 60) -> str:
    """The text on one line, cut at a word, to be quoted in a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"
