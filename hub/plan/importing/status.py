"""Red, amber or green, by word, by letter, by symbol or by the colour of the cell."""

import colorsys
import re
from dataclasses import dataclass

from hub.plan.importing import words


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){phrase.replace(' ', '[ -]')}(?!\w)")


COLOURS = [(_pattern(name), rag) for name, rag in words.COLOURS.items()]
PHRASES = sorted(
    ((phrase, _pattern(phrase), rag) for rag, phrases in words.STATUS.items() for phrase in phrases),
    key=lambda each: -len(each[0]),
)
SYMBOLS = {symbol: rag for rag, symbols in words.STATUS_SYMBOLS.items() for symbol in symbols}
LETTERS = re.compile(r"\(?([ragy])\)?(?:\s*[/–-]\s*([ragy]))?")
LONGEST_STATUS = 60
ALL = 100
SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,9})?")
PALE, DARK = 0.12, 0.25
RED_UNTIL, AMBER_UNTIL, GREEN_UNTIL, RED_FROM = 15, 66, 170, 340


@dataclass(frozen=True, slots=True)
class StatusReading:
    rag: str | None = None
    sure: bool = True


def read(text: str) -> StatusReading:
    """What a status cell says; a long text counts only by how it begins."""
    plain = " ".join(text.casefold().split())
    for symbol, rag in SYMBOLS.items():
        if symbol in plain:
            return StatusReading(rag)
    letters = LETTERS.fullmatch(plain.strip(" ."))
    if letters:
        return StatusReading(words.STATUS_LETTERS[letters[2] or letters[1]], sure=not letters[2])
    percent = re.fullmatch(r"([0-9]{1,3})\s?%(?: complete(?:d)?)?", plain)
    if percent:
        done = int(percent[1])
        return StatusReading("red" if done == 0 else "green" if done == ALL else "amber", sure=done in {0, ALL})
    return _by_phrase(plain[:LONGEST_STATUS])


def _by_phrase(plain: str) -> StatusReading:
    """The first colour named, else the longest phrase."""
    named = [(match.start(), rag) for pattern, rag in COLOURS if (match := pattern.search(plain))]
    if named:
        sure = len({rag for _, rag in named}) == 1 and "blue" not in plain
        return StatusReading(min(named)[1], sure)
    for phrase, pattern, rag in PHRASES:
        if pattern.search(plain):
            return StatusReading(rag, sure=phrase not in words.STATUS_GUESSED)
    return StatusReading()


def as_share(text: str) -> str:
    """A number that stands below “% complete”: per cents, or what a spreadsheet keeps of them, 0.5 for 50%."""
    number = SHARE.fullmatch(text)
    if number is None:
        return text
    share = float(number[0])
    return f"{round(share * ALL if share <= 1 else share)}%"


def of_shade(shade: str) -> str | None:
    """The traffic light nearest to a fill of six hex digits; grey, white, blue and the like are none."""
    try:
        red, green, blue = (int(shade[place : place + 2], 16) / 255 for place in (0, 2, 4))
    except ValueError:
        return None
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < PALE or value < DARK:
        return None
    degrees = hue * 360
    if degrees < RED_UNTIL or degrees >= RED_FROM:
        return "red"
    return "amber" if degrees < AMBER_UNTIL else "green" if degrees < GREEN_UNTIL else None
