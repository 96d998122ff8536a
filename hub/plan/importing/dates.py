"""Dates as people write them, found anywhere in a text together with the words that lead to them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hub.plan.importing import periods, words
from hub.plan.importing.periods import Period

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)[0-9]{2}|['’‘]?[0-9]{2})(?![0-9])"
_FULL = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
_NEXT = r"(?P<y2>20[0-9]{2}|[0-9]{2})(?![0-9])"
_UNIVERSITY_YEAR = rf"(?P<y>(?:20)?[0-9]{{2}})\s?[/–-]\s?{_NEXT}"
_GAP = r"[\s,/.–-]{0,3}(?:of\s)?"
_SEASON = (
    r"(?P<season>(?:spring|summer|autumn|winter)(?:\s+term)?|fall|michaelmas|lent|trinity|hilary|easter|christmas)"
)
FORMS = [
    ("day", r"(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9])(?![0-9])"),
    ("day", rf"(?P<d>[0-3]?[0-9])(?P<sep>[./-])(?P<m>[0-3]?[0-9])(?P=sep){_YEAR}"),
    ("day", rf"{_DAY}[\s-]*(?:of\s+)?(?P<mon>{_MONTH}){_GAP}{_YEAR}"),
    ("day", rf"(?P<mon>{_MONTH})\s+{_DAY},?\s+{_FULL}"),
    ("months", rf"(?P<mon>{_MONTH})\s*(?P<join>-|–|—|to|until|and|&|/)\s*(?P<mon2>{_MONTH}){_GAP}{_YEAR}"),
    ("month", rf"(?P<mon>{_MONTH}){_GAP}{_YEAR}"),
    ("month", rf"(?P<m>0?[1-9]|1[0-2])[/.-]{_FULL}"),
    ("semester", rf"sem(?:ester)?\s*(?P<q>[12]),?\s+(?:of\s+)?(?P<y>20[0-9]{{2}})(?:\s?[/-]\s?{_NEXT})?(?![0-9])"),
    ("term", rf"(?:term\s*|t)(?P<q>[1-3]),?\s+(?:of\s+)?(?P<y>20[0-9]{{2}})(?:\s?[/–-]\s?{_NEXT})?(?![0-9])"),
    ("season", rf"{_SEASON}(?:\s+term)?,?\s+(?:of\s+)?(?P<y>20[0-9]{{2}})(?:\s?[/–-]\s?{_NEXT})?(?![0-9])"),
    ("season", rf"{_SEASON},?\s+(?P<y>['’‘]?[0-9]{{2}})(?=\s*(?:$|[,;.)\n]))"),
    ("quarter", rf"(?:q|quarter\s*)(?P<q>[1-4])[\s,/–-]*(?:of\s+)?{_UNIVERSITY_YEAR}"),
    ("quarter", rf"(?:q|quarter\s+)(?P<q>[1-4])[\s,/–-]*(?:of\s+)?{_YEAR}"),
    ("half", rf"h(?P<q>[12])[\s,/–-]*{_FULL}"),
    ("quarter", r"(?P<y>20[0-9]{2})[\s/–-]*q(?P<q>[1-4])"),
    ("quarter", rf"(?P<q>[1-4])(?:st|nd|rd|th)\s+quarter\s+(?:of\s+)?{_FULL}"),
    ("year", rf"(?P<y>20[0-9]{{2}})\s?[/–-]\s?{_NEXT}(?![/.-][0-9])"),
    ("year", rf"(?:[af]y|(?:academic|financial)\s+year)\s*{_UNIVERSITY_YEAR}(?![/.-][0-9])"),
]
PATTERNS = [
    (kind, re.compile(rf"(?<![\w£$€])(?:(?<![0-9][./-])|(?=[a-z])){form}", re.IGNORECASE)) for kind, form in FORMS
]
BARE_YEAR = re.compile(
    r"(?:(?<![\w£$€./-])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-))(20[0-9]{2})(?![\w%/-]|[.,][0-9])", re.IGNORECASE
)
DIGIT = re.compile(r"[0-9]")
LETTERS = re.compile(r"[^\W\d_]+")
LONGEST_LEAD = 40
GAPS = re.compile(r"[\s:.,()]+")
OPENING = {"from", "since", "after", "starting", "commencing", "beginning", "start"}
YEAR_FOLLOWS = {"by", "before", "end", "until", "during", "early", "late", "mid", "close"}
ONWARDS = re.compile(r"\s*onwards?\b", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b|\bthrough\b)\s*(?:the\s+)?(?:end\s+(?:of\s+)?)?", re.IGNORECASE)
SERIAL = re.compile(r"(3[6-9]|4[0-9]|5[0-9]|6[0-9])[0-9]{3}(?:\.[0-9]+)?")
DAY_ZERO = date(1899, 12, 30)
EARLY, MIDDLE = 10, 15
YEAR_EARLY, YEAR_MIDDLE = (3, 31), (6, 30)
PLAN_YEARS = re.compile(
    r"\b(?:years?|yrs?\.?|y)\s*(?P<first>[1-5])(?:\s*(?:-|–|—|/|to|and|&)\s*(?:years?|yrs?\.?|y)?\s*(?P<last>[1-5]))?(?![\w/])",
    re.IGNORECASE,
)
PLAN_SPAN = re.compile(
    rf"(?:(?P<mon>{_MONTH})\s+)?(?P<y>20[0-9]{{2}})\s*(?:-|–|—|/|to|until)\s*(?:{_MONTH}\s+)?(?P<y2>(?:20)?[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
PLAN_LENGTHS = range(2, 6)


@dataclass(frozen=True, slots=True)
class Found:
    """A date standing at *begin* to *end* of a text, its leading words included."""

    begin: int
    end: int
    period: Period
    lead: frozenset[str] = frozenset()

    @property
    def opens(self) -> bool:
        """Whether it says from when, rather than until when."""
        return bool(self.lead & OPENING) and not self.period.span

    @property
    def day(self) -> date:
        """The day meant: the last of its period, or the first if it says “from”."""
        if self.opens:
            return self.period.first
        if "before" in self.lead:
            return self.period.first - timedelta(days=1)
        if self.lead & {"early", "mid", "middle"}:
            return self._within("early" in self.lead)
        return self.period.last

    def _within(self, early: bool) -> date:
        """The day in an early or middle part of a month or year."""
        first, last = self.period.first, self.period.last
        if (first.year, first.month) == (last.year, last.month):
            return first.replace(day=EARLY if early else MIDDLE) if first != last else last
        if (first.month, last.month) == (1, 12):
            month, day = YEAR_EARLY if early else YEAR_MIDDLE
            return first.replace(month=month, day=day)
        return last

    @property
    def rough(self) -> bool:
        return self.period.rough or bool(self.lead & {"early", "mid", "middle", "late", "around", "circa", "approx"})


def find(text: str, *, bare_years: bool = False) -> list[Found]:
    """Dates from left to right; a year alone counts after “by”, “end of” and the like, or everywhere if asked."""
    found: list[Found] = []
    if not DIGIT.search(text):
        return found
    taken = bytearray(len(text))
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            period = periods.of(kind, match.groupdict())
            if period and not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match[0])
                found.append(_with_lead(text, match, period))
    for match in BARE_YEAR.finditer(text):
        if not taken[match.start()]:
            each = _with_lead(text, match, periods.whole_year(int(match[1])))
            bracketed = text[: match.start()].endswith("(") and text.startswith(")", match.end())
            if bare_years or bracketed or each.lead & YEAR_FOLLOWS:
                found.append(each)
    return _joined(text, sorted(found, key=lambda each: each.begin))


def _with_lead(text: str, match: re.Match[str], period: Period) -> Found:
    begin, end = match.span()
    lead: set[str] = set()
    for word in reversed(list(LETTERS.finditer(text, max(0, begin - LONGEST_LEAD), begin))):
        if word[0].casefold() not in words.LEADING or text[word.end() : begin].strip(" \n:.,-"):
            break
        begin = word.start()
        lead.add(word[0].casefold())
    onwards = ONWARDS.match(text, end)
    if onwards:
        lead, end = lead | {"from"}, onwards.end()
    return Found(begin, end, period, frozenset(lead))


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Two dates with nothing but “to” or a dash between them are one span."""
    joined: list[Found] = []
    for each in found:
        before = joined[-1] if joined else None
        if before and each.period.first >= before.period.first and _only_between(text, before, each):
            period = Period(before.period.first, each.period.last, before.rough or each.rough, span=True)
            joined[-1] = Found(before.begin, each.end, period, before.lead)
        else:
            joined.append(each)
    return joined


def _only_between(text: str, before: Found, each: Found) -> bool:
    if each.begin < before.end:
        return False
    gap = text[before.end : each.begin]
    return bool(BETWEEN.fullmatch(gap)) or (not gap.strip() and bool(each.lead & {"to", "until"}))


@dataclass(frozen=True, slots=True)
class CellDates:
    """What a date cell says: the days, and whether they or their absence had to be guessed."""

    start: date | None = None
    due: date | None = None
    rough: bool = False
    unread: bool = False


def whole(text: str) -> Period | None:
    """The period that a text names and nothing else, such as the heading “2024/25” or “Q1 2025”."""
    text = text.strip()
    found = find(text, bare_years=True)
    if len(found) != 1 or GAPS.sub("", text[: found[0].begin] + text[found[0].end :]):
        return None
    return found[0].period


def beginning(text: str) -> date | None:
    """When a plan begins whose title says “2024–2027” or “September 2024 to August 2027”."""
    for match in PLAN_SPAN.finditer(text):
        first, last = int(match["y"]), int(match["y2"]) % 100 + int(match["y"]) // 100 * 100
        if last - first in PLAN_LENGTHS:
            month = periods.MONTHS[match["mon"][:3].casefold()] if match["mon"] else periods.YEAR_STARTS
            return date(first, month, 1)
    return None


def of_plan_years(text: str, begins: date) -> Period | None:
    """The years of a plan: “Year 2”, “Years 1–3”."""
    numbers = [int(number) for match in PLAN_YEARS.finditer(text) for number in match.groups() if number]
    if not numbers:
        return None
    first, after = (begins.replace(year=begins.year + years) for years in (min(numbers) - 1, max(numbers)))
    return Period(first, after - timedelta(days=1), rough=True, span=len(numbers) > 1)


def read_cell(text: str, *, starts: bool = False, begins: date | None = None) -> CellDates:
    """The dates of a cell in a date column; of several, the last is when it is due.

    *starts*: the column says when actions start, so the first day of a period counts. *begins*: the first day of the
    plan, from which its years are counted.
    """
    plain = text.strip()
    if SERIAL.fullmatch(plain):
        day = DAY_ZERO + timedelta(days=int(float(plain)))
        return CellDates(day, day) if starts else CellDates(None, day)
    found = find(plain, bare_years=True)
    years = None if found or begins is None else of_plan_years(plain, begins)
    if years is not None:
        found = [Found(0, len(plain), years)]
    if not found:
        return CellDates(unread=plain.casefold().strip(" .()") not in words.NO_DATE)
    rough = any(each.rough for each in found)
    if starts:
        return CellDates(found[0].period.first, None, rough)
    last = max(found, key=lambda each: each.day)
    start = found[0].period.first if found[0].period.span or (found[0].opens and len(found) > 1) else None
    return CellDates(start, last.day, rough)
