"""Words as the index keeps them: without case and accents, without the endings that do not change what is meant."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})
_NAMES = (("c++", "cpp"), ("c#", "csharp"), ("'", ""), ("’", ""))
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = (
    *("isation", "ization", "iser", "izer", "ising", "izing", "ise", "ize"),
    *("ist", "ing", "ers", "er", "or", "ed", "es", "ic", "is", "al", "y", "e"),
)
LONGEST_WORD = 40
_IRREGULAR = {
    "bound": "bind",
    "blown": "blow",
    "broke": "break",
    "broken": "break",
    "built": "build",
    "drawn": "draw",
    "driven": "driv",
    "froze": "freez",
    "frozen": "freez",
    "grew": "grow",
    "ground": "grind",
    "grown": "grow",
    "laid": "lay",
    "sewn": "sew",
    "spun": "spin",
    "taught": "teach",
    "wove": "weav",
    "woven": "weav",
    "mice": "mous",
    "lice": "lous",
    "larva": "larv",
    "larvae": "larv",
    "fungus": "fung",
    "fungi": "fung",
    "bacterium": "bacteri",
    "bacteria": "bacteri",
}
SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def plain(text: str) -> str:
    """*text* in lower case, accents gone: “Inês” is found as “ines”."""
    text = text.casefold()
    for written, meant in _NAMES:
        text = text.replace(written, meant)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain(text))]


@lru_cache(maxsize=10_000)
def written(text: str) -> tuple[tuple[str, str], ...]:
    """Each plain word of *text* with how it was written."""
    return tuple((plain(word)[:LONGEST_WORD], word) for word in _WORD.findall(re.sub(r"['’]", "", text)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a plain word that its forms share: welding, welder and welds are “weld”, microscopes “microscop”."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = _singular(word)
    for ending in _ENDINGS:
        least = 3 if ending in {"ing", "ed", "er"} else 4
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _undoubled(word.removesuffix(ending))
    return word


def together(text: str) -> str:
    """*text* without its hyphens: “ICP-MS” is typed as “icpms” too."""
    return text.replace("-", "").replace("‑", "")


@lru_cache(maxsize=20_000)  # the names of skills are much the same in every institution
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning."""
    return tuple(stem(word) for word in words(text) if word not in SMALL)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgklmnprt" else word


_ALIKE = tuple(
    tuple(stem(word) for word in group.split())
    for group in (
        "fix repair mend break service maintenance",
        "lend borrow loan hire",
        "buy purchase order procure",
        "colour color",
        "mould mold",
        "aluminium aluminum",
        "jewellery jewelry",
        "grey gray",
    )
)


def alike(stemmed: str) -> tuple[str, ...]:
    """Other stems that people say for the same: whoever wants something fixed looks for those who repair."""
    return tuple(other for group in _ALIKE if stemmed in group for other in group if other != stemmed)
