"""What each column of a table means, by the words of its heading, whatever their order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hub.plan.importing import themes, words
from hub.plan.importing.grid import Row

LONGEST_HEADING = 90
MOST_WORDS = 9
FEWEST = 2
THEME_COLUMN = "theme:"
PUNCTUATION = re.compile(r"[^\w&/#]+")
BRACKETS = re.compile(r"\([^)]*\)?")
PLAN_LIKE = {"owner", "due", "impact", "rag", "progress", "start"}


@dataclass(slots=True)
class Headings:
    """The columns of one table: what is written over each, and what it means."""

    texts: list[str]
    meanings: list[str]
    exact: int = 0
    lines: int = 1
    actions_in_details: bool = False

    def columns(self, meaning: str) -> list[int]:
        return [column for column, own in enumerate(self.meanings) if own == meaning]

    @property
    def theme_columns(self) -> dict[int, str]:
        """Columns that stand for one theme each: column -> theme."""
        return {
            column: own.removeprefix(THEME_COLUMN)
            for column, own in enumerate(self.meanings)
            if own.startswith(THEME_COLUMN)
        }

    @property
    def distinct(self) -> set[str]:
        return {"theme" if own.startswith(THEME_COLUMN) else own for own in self.meanings if own}

    @property
    def known(self) -> int:
        return sum(1 for meaning in self.meanings if meaning)

    @property
    def unread(self) -> list[str]:
        """What stands over columns that mean nothing to us."""
        return [text for text, meaning in zip(self.texts, self.meanings, strict=True) if text and not meaning]

    @property
    def is_matrix(self) -> bool:
        """Whether the actions themselves stand under their themes."""
        return "objective" not in self.distinct and len(self.theme_columns) > FEWEST

    @property
    def make_a_plan(self) -> bool:
        """Whether actions can be read: the table says what is done, and something about it."""
        return self.is_matrix or ("objective" in self.distinct and len(self.distinct) >= FEWEST)


def _words(text: str) -> str:
    """Lower case, without plurals and punctuation."""
    found = PUNCTUATION.sub(" ", text.casefold()).replace("/", " / ").replace("&", " & ").split()
    return " ".join(_singular(word) for word in found)


def _singular(word: str) -> str:
    if word.endswith("ities"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > len("who") and word.endswith("s") and not word.endswith("ss") else word


EXACT = {_words(phrase): meaning for meaning, phrases in words.HEADINGS.items() for phrase in phrases}
TELLING = [(f" {_words(phrase)} ", meaning) for meaning, phrases in words.TELLING for phrase in phrases]
FIRST = {_words(phrase) for phrase in words.OBJECTIVE_FIRST}


def meaning_of(heading: str) -> str:
    """The field of an action that a heading names, or an empty text."""
    return _meaning(heading)[0]


@lru_cache(maxsize=4096)
def _meaning(heading: str) -> tuple[str, bool]:
    """The meaning, and whether the heading is exactly one of the known ones."""
    if not heading or len(heading) > LONGEST_HEADING:
        return "", False
    for text in (_words(heading), _words(BRACKETS.sub(" ", heading))):
        if text in EXACT:
            return EXACT[text], True
    plain = _words(heading)
    if plain.count(" ") >= MOST_WORDS:
        return "", False
    return next((meaning for phrase, meaning in TELLING if phrase in f" {plain} "), ""), False


def read(row: Row, below: Row | None = None) -> Headings | None:
    """The headings in a row, and in the row *below* where they have two lines; nothing if no plan has such headings."""
    alone = _read([cell.text for cell in row.cells])
    if below is not None and len(row.texts) >= FEWEST and _is_lower_line(row, below):
        both = _read(
            [below.text(column) or row.text(column) for column in range(max(len(row.cells), len(below.cells)))]
        )
        if both is not None and both.known > (alone.known if alone else 0):
            both.lines = 2
            return both
    return alone


def _is_lower_line(row: Row, below: Row) -> bool:
    """Whether a row only names columns, under a heading that spans them."""
    named = all(_meaning(text)[1] or themes.exactly(text) for text in below.texts)
    return bool(below.texts) and named and any(not cell.text for cell in row.cells + below.cells)


def repeats(headings: Headings, row: Row) -> bool:
    """Whether a row says the headings again, as after a page break."""
    own = {_words(text) for text in headings.texts if text}
    said = {_words(text) for text in row.texts}
    return len(said) >= FEWEST and said <= own


def _read(texts: list[str]) -> Headings | None:
    written = [text for text in texts if text]
    if len(written) < FEWEST:
        return None
    readings = [_meaning(text) for text in texts]
    headings = Headings(texts, [meaning for meaning, _ in readings], sum(1 for _, exact in readings if exact))
    named = {column: themes.exactly(text) for column, text in enumerate(texts) if 0 < len(text) <= LONGEST_HEADING}
    single = {column: found[0] for column, found in named.items() if len(found) == 1}
    if len(single) >= FEWEST:
        for column, theme in single.items():
            headings.meanings[column] = THEME_COLUMN + theme
        headings.exact += 1
    _settle(headings)
    enough = headings.exact >= FEWEST or (headings.exact and headings.known * 2 >= len(written))
    if not headings.make_a_plan or not enough:
        return None
    return headings


def _settle(headings: Headings) -> None:
    """One objective only: of several such columns the others are details; where there is none, details may be it."""
    objectives = headings.columns("objective")
    if objectives:
        first = next(
            (column for column in objectives if FIRST & set(_words(headings.texts[column]).split())), objectives[0]
        )
        for column in objectives:
            headings.meanings[column] = "objective" if column == first else "details"
        headings.actions_in_details = len(objectives) > 1
    elif headings.columns("details") and len(headings.distinct & PLAN_LIKE) >= FEWEST:
        headings.meanings[headings.columns("details")[0]] = "objective"
