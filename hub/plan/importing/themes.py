"""Which themes of the Technician Commitment a cell names, however it is broken, spelt or explained."""

import re
import unicodedata
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from hub.plan.importing import words
from hub.plan.importing.cleaning import without_bullet

NUMBERING = re.compile(
    r"^\s*(?:(?:key\s+)?(?:theme|pillar|area|priority|strand|aim|objective|section)\s*)?(?:[0-9]+[.):]?|[:–-])?\s*(?:[:–-]\s*)?",
    re.IGNORECASE,
)
DEFINITION = re.compile(r"\s[–—-]\s|[–—:(.]|\s-(?=\w)")
BRACKETS = re.compile(r"\([^()]*\)?")
SEPARATORS = re.compile(r"[,;/&+|\n•]|\band\b", re.IGNORECASE)
TYPO = 86
SHORTEST_START = 5
LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class ThemeReading:
    """The themes in a text; *sure* when it names them and nothing else before its explanation."""

    themes: list[str] = field(default_factory=list)
    sure: bool = True


def squash(text: str) -> str:
    """Only the letters: “Career Develop ment” and “CAREER DEVELOPMENT” are the same theme."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalpha())


OWN_NAMES = {theme: squash(names[0]) for theme, names in words.THEMES.items()}
NAMES = {squash(name): theme for theme, names in words.THEMES.items() for name in names}
EVERY = {squash(name) for name in words.EVERY_THEME}
FOUR = ["visibility", "recognition", "career_development", "sustainability"]


def read(text: str) -> ThemeReading:
    """Themes that the text of a theme cell names, none if it names none."""
    head = _head(text)
    exactly = _exactly(BRACKETS.sub(" ", text)) or _exactly(head) or _listed(text) or _listed(head)
    if exactly:
        return ThemeReading(exactly)
    started = _started(head)
    if started:
        return ThemeReading(started, sure=squash(head).startswith(OWN_NAMES[started[0]]))
    guessed = _mentioned(text) or _misspelt(head)
    return ThemeReading(guessed, sure=not guessed)


def exactly(text: str) -> list[str]:
    """Themes of a text that is nothing but their names and perhaps an explanation after a dash or colon."""
    return _exactly(BRACKETS.sub(" ", text)) or _exactly(_head(text)) or _listed(text)


def is_heading(text: str) -> bool:
    """Whether a text standing alone announces the theme of what follows."""
    if exactly(text):
        return True
    return len(text) <= LONGEST_HEADING and not text.endswith(".") and bool(_started(_head(text)))


def _head(text: str) -> str:
    """What stands before the explanation, without “Theme 1:” and its like."""
    text = NUMBERING.sub("", without_bullet(text.strip()), count=1)
    return DEFINITION.split(text, maxsplit=1)[0] or text


def _exactly(text: str) -> list[str]:
    letters = squash(NUMBERING.sub("", text, count=1))
    if letters in EVERY:
        return list(FOUR)
    theme = NAMES.get(letters) or NAMES.get(squash(text))
    return [theme] if theme else []


def _listed(text: str) -> list[str]:
    """Several themes: “Visibility / Recognition”, one on each line, or “V, R, CD”."""
    parts = [part.strip(" .•") for part in SEPARATORS.split(BRACKETS.sub(" ", text))]
    parts = [part for part in parts if part]
    found = [
        NAMES.get(squash(NUMBERING.sub("", part, count=1))) or words.THEME_LETTERS.get(part.casefold())
        for part in parts
    ]
    return list(dict.fromkeys(theme for theme in found if theme)) if all(found) else []


def _started(head: str) -> list[str]:
    letters = squash(head)
    for theme, name in OWN_NAMES.items():
        if letters.startswith(name):
            return [theme]
    for theme, name in OWN_NAMES.items():
        if len(letters) >= SHORTEST_START and name.startswith(letters):
            return [theme]
    return []


def _mentioned(text: str) -> list[str]:
    if len(text) > LONGEST_HEADING:
        return []
    plain = " ".join(re.findall(r"[a-z]+", text.casefold()))
    places = {plain.find(words.THEMES[theme][0]): theme for theme in OWN_NAMES}
    return [places[place] for place in sorted(places) if place >= 0]


def _misspelt(head: str) -> list[str]:
    letters = squash(head)
    if not SHORTEST_START <= len(letters) <= LONGEST_HEADING:
        return []
    likely = {theme: fuzz.ratio(letters, name) for theme, name in OWN_NAMES.items()}
    best = max(likely, key=lambda theme: likely[theme])
    return [best] if likely[best] >= TYPO else []
