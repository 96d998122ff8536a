"""What became of a text: the words that went, the words that came, and the words that stayed."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

FEWEST, MOST = 6, 1_000  # words that are compared one by one; shorter and longer texts are shown one after the other
ALIKE = 0.3  # of all words, before two texts are shown as one
_WORD = re.compile(r"(?:\w+|[^\w\s])\s*")


class Told(NamedTuple):
    """One field of a change: its name, then what it said, or who saw it, before and after."""

    label: str
    before: str
    after: str


class Piece(NamedTuple):
    """Words that stand together: ``kept``, ``gone`` or ``new``."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """*before* and *after* as one text, with what went and what came marked; else one after the other."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not FEWEST <= max(len(old), len(new)) <= MOST:
        return _one_after_the_other(before, after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    if matcher.ratio() < ALIKE:
        return _one_after_the_other(before, after)
    return list(_marked(matcher, old, new))


def _marked(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Piece]:
    steps = matcher.get_opcodes()
    for n, (kind, i1, i2, j1, j2) in enumerate(steps):
        went, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        if kind == "equal":
            is_before_words_that_went = n + 1 < len(steps) and steps[n + 1][0] != "insert"
            yield Piece("kept", went if is_before_words_that_went else came)  # with the space that stood there
        else:
            yield from _one_after_the_other(went, came)


def _one_after_the_other(before: str, after: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("gone", before), ("new", after)) if text]
