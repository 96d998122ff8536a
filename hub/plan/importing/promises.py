"""Milestones and targets out of prose: “Minutes (from May 2022). Staff registered: 3 by Aug 2022, 6 by Aug 2023.”"""

import re
from dataclasses import dataclass, field
from datetime import date

from hub.plan.importing import dates, words
from hub.plan.importing.cleaning import without_bullet
from hub.plan.importing.dates import Found
from hub.plan.importing.draft import MilestoneDraft, TargetDraft

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z])|\n+|;\s+|\s+[•▪●]\s*")
ABBREVIATION = re.compile(
    r"\b(?:etc|e\.g|i\.e|approx|no|dr|prof|st|mr|ms|mrs|incl|dept|min|max|vs|inc|[a-z])\.$", re.IGNORECASE
)
_NUMBER = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?|(?:"
    + "|".join(words.NUMBERS)
    + r")\b(?!-)(?!\s+(?:of|another|or)\b))"
)
FIGURE = re.compile(
    rf"(?<![\w.,£$€/-])(?:from\s+{_NUMBER}\s?%?\s+to\s+|(?:by|to|at least)\s+)?(?P<number>{_NUMBER})"
    r"(?P<percent>\s?(?:%|per\s?cent\b|percent\b))?\+?(?![\w/:-]|[.,][0-9])",
    re.IGNORECASE,
)
NAMES_SOMETHING = re.compile(
    r"(?:\b(?:phase|stage|year|level|grade|step|version|theme|pillar|objective|action|question|no|number|band|room|tier|part|"
    r"round|every|recommendation|rec|month|week|day|section|appendix|page|ref|cohort|next|first|last|within)s?\.?\s*|#\s*)$",
    re.IGNORECASE,
)
DURATION = re.compile(r"\s*(?:months?|weeks?|days?|years?|hours?|minutes?|pm|am)\b", re.IGNORECASE)
RISES_FROM, RISES_TO = re.compile(r"\bfrom\s$", re.IGNORECASE), re.compile(rf"\bto\s+{_NUMBER}", re.IGNORECASE)
YEARS = range(1950, 2100)
AIMING = re.compile(
    r"\b(?:at least|minimum|no fewer than|targets?|reach(?:ing)?|increase[ds]?|increasing|up to|projection)\b",
    re.IGNORECASE,
)
BY = {"by", "before", "end", "until", "in", "during"}
_SMALL = (
    r"a|an|the|and|then|with|will|is|are|to|be|of|at|least|minimum|maximum|approximately|around|about|targets?|projections?|"
    r"projected|expected|further|reach|reaching|rise|rising|up|no|fewer|than|more|over|from|by|set|aim|aiming|for|in|"
    r"deadline|date|due|completion|timescale"
)
GENERIC = re.compile(rf"(?:\W|\b(?:{_SMALL})\b)*", re.IGNORECASE)
LOOSE_START = re.compile(
    r"^(?:[\s,;:.)\]–—-]|\b(?:and|then|with|by|to|of|at least|a minimum of|minimum of|target of)\b)+", re.IGNORECASE
)
LOOSE_MARKS = " \n\t,;:.([–—-"
LOOSE_CONNECTION = re.compile(r"\b(?:and|then|by|target|deadline)$", re.IGNORECASE)
LOOSE_LAST_WORD = re.compile(
    r"\b(?:and|then|(?:will )?be|to|of|is|at|at least|(?:a )?minimum|reach|reaching|by|(?:a )?projection|(?:a )?target|"
    r"projected|from|over|more than|up)$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:kpi|measure|success measure|success criteria|milestone|indicator|evidence)s?\s*[0-9]*\s*[:–-]\s*",
    re.IGNORECASE,
)
EMPTY_BRACKETS = re.compile(r"\s*[(\[][\s,;:.–—-]*[)\]]")
BRACKET_EDGES = re.compile(r"(?<=[(\[])[\s,;:–—-]++|(?<![\s,;:–—-])[\s,;:–—-]++(?=[)\]])")
SPACE_BEFORE_MARK = re.compile(r"\s([,.;:)])")
TAIL = 20


@dataclass(slots=True)
class Promises:
    milestones: list[MilestoneDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)

    @property
    def last_due(self) -> date | None:
        days = [each.due for each in self.milestones] + [each.due for each in self.targets]
        return max((day for day in days if day), default=None)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a sentence may lean on where it says no more than a date or a figure."""

    before: str
    about: str
    due: date | None
    keep_undated: bool


def read(text: str, *, about: str = "", due: date | None = None, keep_undated: bool = False) -> Promises:
    """Milestones and targets of a text, each sentence or bullet for itself.

    *about* names an indicator that the text leaves unnamed; *due* is the day of a target that names none;
    *keep_undated* makes a milestone of every sentence, as in a column of milestones.
    """
    promises = Promises()
    before = ""
    for sentence in _sentences(text):
        leaning = Leaning(before, about, due, keep_undated)
        found = dates.find(sentence)
        before = _dated(promises, sentence, found, leaning) if found else _undated(promises, sentence, leaning)
    return promises


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    for piece in SENTENCE_END.split(text):
        piece = without_bullet(piece.strip())  # noqa: PLW2901  the bullet is no part of it
        if sentences and piece and (ABBREVIATION.search(sentences[-1][-TAIL:]) or piece.startswith("(")):
            sentences[-1] += " " + piece
        elif piece:
            sentences.append(piece)
    return sentences


def _dated(promises: Promises, sentence: str, found: list[Found], leaning: Leaning) -> str:
    """One milestone or target for each date; returns what the next sentence may lean on."""
    before = leaning.before
    for each, segment in zip(found, _segments(sentence, found), strict=True):
        figure = None if each.opens else _figure(segment, by=bool(each.lead & BY), dated=True)
        rest = _tidy(_without(segment, figure), LOOSE_LAST_WORD) if figure else _tidy(segment)
        before = (before if GENERIC.fullmatch(rest) else rest) or leaning.about
        if figure:
            before = _indicator(before, figure)
            promises.targets.append(TargetDraft(_value(figure), each.day, before))
        else:
            promises.milestones.append(MilestoneDraft(before, each.day))
    return before


def _undated(promises: Promises, sentence: str, leaning: Leaning) -> str:
    """A figure that is aimed at is a target all the same; returns what the next sentence may lean on."""
    figure = _figure(sentence)
    name = _tidy(_without(sentence, figure), LOOSE_LAST_WORD) if figure else ""
    if figure and not GENERIC.fullmatch(name):
        promises.targets.append(TargetDraft(_value(figure), leaning.due, _indicator(name, figure)))
    elif leaning.keep_undated:
        promises.milestones.append(MilestoneDraft(_tidy(sentence), leaning.due))
    return _tidy(sentence)


def _segments(sentence: str, found: list[Found]) -> list[str]:
    """What belongs to each date: the words before it, or after it where the sentence begins with a date."""
    if GENERIC.fullmatch(sentence[: found[0].begin]) and len(sentence) - found[-1].end > 1:
        ends = [each.begin for each in found[1:]] + [len(sentence)]
        return [sentence[each.end : end] for each, end in zip(found, ends, strict=True)]
    begins = [0] + [each.end for each in found[:-1]]
    segments = [sentence[begin : each.begin] for begin, each in zip(begins, found, strict=True)]
    segments[-1] += " " + sentence[found[-1].end :]
    return segments


def _figure(segment: str, *, by: bool = False, dated: bool = False) -> re.Match[str] | None:
    """The number aimed at: a per cent, or one with “by” and a date, after “at least”, first, or next to its date."""
    for match in FIGURE.finditer(segment):
        before = segment[: match.start()]
        number = match["number"]
        if NAMES_SOMETHING.search(before) or DURATION.match(segment, match.end()):
            continue
        if RISES_FROM.search(before) and RISES_TO.search(segment, match.end()):
            continue
        if number.isdigit() and int(number) in YEARS and not match["percent"]:
            continue
        last = dated and GENERIC.fullmatch(segment, match.end())
        if by or last or match["percent"] or AIMING.search(before) or GENERIC.fullmatch(before):
            return match
    return None


def _without(segment: str, figure: re.Match[str]) -> str:
    after = segment[figure.end() :]
    return segment[: figure.start()] + (after if after[:1] in ".,;:" else " " + after)


def _value(figure: re.Match[str]) -> int | float:
    written = figure["number"].replace(",", "").casefold()
    if written in words.NUMBERS:
        return words.NUMBERS[written]
    return float(written) if "." in written else int(written[:15])


def _indicator(name: str, figure: re.Match[str]) -> str:
    """The indicator's name, saying so where it counts per cents."""
    if not figure["percent"] or "%" in name or "percentage" in name.casefold():
        return name
    follows = figure.string[figure.end() :].lstrip()
    if follows.startswith("of ") and GENERIC.fullmatch(LABEL.sub("", figure.string[: figure.start()])):
        return f"Percentage of {name[:1].lower() + name[1:]}"
    return f"{name} (%)"


def _tidy(text: str, loose: re.Pattern[str] = LOOSE_CONNECTION) -> str:
    """The words that are left when dates and figures are taken out."""
    text = BRACKET_EDGES.sub("", EMPTY_BRACKETS.sub("", text))
    text = _without_loose_end(LOOSE_START.sub("", LABEL.sub("", text.strip())), loose)
    opened = text.count("(") - text.count(")")
    text = text + ")" if opened > 0 else text.rstrip(") ") if opened < 0 else text
    text = SPACE_BEFORE_MARK.sub(r"\1", " ".join(text.split()))
    return text[:1].upper() + text[1:]


def _without_loose_end(text: str, loose: re.Pattern[str]) -> str:
    """Without the marks and small words that led to a date or a figure."""
    while True:
        text = text.rstrip(LOOSE_MARKS)
        word = loose.search(text[-TAIL:])
        if word is None:
            return text
        text = text[: len(text) - len(word[0])]
