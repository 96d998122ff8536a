"""What each column of a table means, by the words of its heading, whatever their order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hub.plan.importing import dates, themes, words
from hub.plan.importing.grid import Row

LONGEST_HEADING = 90
MOST_WORDS = 9
FEWEST = 2
THEME_COLUMN = "theme:"
PERIOD_COLUMN = "period:"
WITH_DUE = {"owner": "owner and due", "rag": "rag and due"}
BETWEEN = re.compile(r"[/&,;+\n]|\band\b", re.IGNORECASE)
PERIOD_NOUNS = re.compile(rf"\b(?:{'|'.join(words.PERIOD_NOUNS)})s?\b", re.IGNORECASE)
PART_OF_YEAR = re.compile(
    r"(?:q|quarter|t|term|s|sem|semester)\s*[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*",
    re.IGNORECASE,
)
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

    @property
    def key(self) -> tuple[str, ...]:
        """What tables of the same kind have in common."""
        return tuple(self.texts)

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
    def period_columns(self) -> dict[int, str]:
        """Columns that stand for one stretch of time each: column -> as it is written."""
        return {
            column: own.removeprefix(PERIOD_COLUMN)
            for column, own in enumerate(self.meanings)
            if own.startswith(PERIOD_COLUMN)
        }

    @property
    def distinct(self) -> set[str]:
        return {own.partition(":")[0] for own in self.meanings if own}

    @property
    def rag_is_share(self) -> bool:
        """Whether its status is how many per cent of it are done."""
        return any("%" in self.texts[column] or "cent" in self.texts[column] for column in self.columns("rag"))

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
    return reading_of(heading)[0]


@lru_cache(maxsize=4096)
def reading_of(heading: str) -> tuple[str, bool]:
    """The meaning, and whether the heading is exactly one of the known ones."""
    if not heading or len(heading) > LONGEST_HEADING:
        return "", False
    for text in (_words(heading), _words(BRACKETS.sub(" ", heading))):
        if text in EXACT:
            return EXACT[text], True
    together = _together(heading)
    if together:
        return together, True
    plain = _words(heading)
    if plain.count(" ") >= MOST_WORDS:
        return "", False
    return next((meaning for phrase, meaning in TELLING if phrase in f" {plain} "), ""), False


def _together(heading: str) -> str:
    """What a heading of two parts means: “Lead and timescale” who and until when, “Start and end” only when."""
    parts = [_words(part) for part in BETWEEN.split(BRACKETS.sub(" ", heading)) if part.strip()]
    meanings = {EXACT.get(part, "") for part in parts}
    if meanings == {"start", "due"}:
        return "due"
    return next((both for own, both in WITH_DUE.items() if meanings == {own, "due"}), "")


def read(row: Row, below: Row | None = None) -> Headings | None:
    """The headings in a row, and in the row *below* where they have two lines; nothing if no plan has such headings."""
    alone = _read([cell.text for cell in row.cells])
    if below is not None and len(row.texts) >= FEWEST and _is_lower_line(row, below):
        both = _read(_two_lines(row, below))
        if both is not None and both.known > (alone.known if alone else 0):
            both.lines = 2
            return both
    return alone


def _two_lines(row: Row, below: Row) -> list[str]:
    """The lower heading of each column, or the upper where it has none; a part of a year goes with the year above."""
    texts, upper = [], ""
    for column in range(max(len(row.cells), len(below.cells))):
        lower = below.text(column)
        upper = row.text(column) or (upper if lower or row.cell(column).beside else "")
        texts.append(f"{lower} {upper}" if PART_OF_YEAR.fullmatch(lower) else lower or row.text(column))
    return texts


def _is_lower_line(row: Row, below: Row) -> bool:
    """Whether a row only names columns, under a heading that spans them."""
    named = all(reading_of(text)[1] or themes.exactly(text) or PART_OF_YEAR.fullmatch(text) for text in below.texts)
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
    readings = [reading_of(text) for text in texts]
    headings = Headings(texts, [meaning for meaning, _ in readings], sum(1 for _, exact in readings if exact))
    named = {column: themes.exactly(text) for column, text in enumerate(texts) if 0 < len(text) <= LONGEST_HEADING}
    single = {column: found[0] for column, found in named.items() if len(found) == 1}
    if len(single) >= FEWEST:
        for column, theme in single.items():
            headings.meanings[column] = THEME_COLUMN + theme
        headings.exact += 1
    _name_periods(headings)
    _name_reasons(headings)
    _settle(headings)
    enough = headings.exact >= FEWEST or (headings.exact and headings.known * 2 >= len(written))
    if not headings.make_a_plan or not enough:
        return None
    return headings


def _name_periods(headings: Headings) -> None:
    """Columns that stand for one stretch of time each: years, quarters, or years of the plan."""
    if "objective" not in headings.meanings:
        return
    found = {column: name for column, text in enumerate(headings.texts) if (name := _period(text))}
    rest = [meaning for column, meaning in enumerate(headings.meanings) if column not in found]
    if len(found) >= FEWEST and "objective" in rest:
        for column, name in found.items():
            headings.meanings[column] = PERIOD_COLUMN + name


def _name_reasons(headings: Headings) -> None:
    """“Why” beside a status says why it stands there; elsewhere, why an action is wanted."""
    for column in headings.columns("details"):
        if _words(headings.texts[column]) == "why" and headings.meanings[column - 1 : column] == ["rag"]:
            headings.meanings[column] = "progress"


def _period(heading: str) -> str:
    """The stretch of time that a heading names, without the nouns beside it: “2025 target”, “Year 1 actions”."""
    text = " ".join(PERIOD_NOUNS.sub(" ", heading).split()).strip(" :–-")
    named = len(text) <= LONGEST_HEADING and (dates.whole(text) or dates.PLAN_YEARS.fullmatch(text))
    return text if text and named else ""


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
