"""Numbers, days and names as a colleague would say them: the filters of every template."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from markupsafe import Markup, escape

from hub.core import clock
from hub.core.money import pounds
from hub.core.text import clean, word_count

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _london(on: date) -> date:
    """A moment as London clocks show it; a plain date as it stands."""
    return clock.london(on) if isinstance(on, datetime) and on.tzinfo else on


def _date(on: date) -> date:
    local = _london(on)
    return local.date() if isinstance(local, datetime) else local


def day(on: date, year: bool = True, weekday: bool = True) -> str:
    """“Friday 31 July 2026”, with “, 17:00” after it when *on* is a moment other than midnight."""
    local = _london(on)
    text = f"{local:%A} " if weekday else ""
    text += f"{local.day} {local:%B}" + (f" {local.year}" if year else "")
    return f"{text}, {local:%H:%M}" if isinstance(local, datetime) and local.time() != time() else text


def iso(on: date) -> str:
    """A day, or a moment to the second, for machines."""
    return on.isoformat(timespec="seconds") if isinstance(on, datetime) else on.isoformat()


def month(on: date) -> str:
    """“May 2019”."""
    return f"{_london(on):%B %Y}"


def at_time(moment: datetime) -> str:
    """“14:02”, on London clocks."""
    return f"{_london(moment):%H:%M}"


def days_left(on: date) -> int:
    """Whole days from today to *on*; negative once it has passed."""
    return (_date(on) - clock.today()).days


def away(on: date) -> str:
    """How far *on* is from today: “in 6 days”, “tomorrow”, “9 days ago”."""
    days = days_left(on)
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def period(start: date, end: date) -> str:
    """Two days as one stretch: “6 to 8 July 2026”, “30 July to 2 August 2026”."""
    first, last = _date(start), _date(end)
    if first == last:
        return day(first, weekday=False)
    same = (first.year == last.year, (first.year, first.month) == (last.year, last.month))
    opening = str(first.day) if same[1] else day(first, year=not same[0], weekday=False)
    return f"{opening} to {day(last, weekday=False)}"


def number(value: float) -> str:
    """“12,500”."""
    return f"{value:,}"


def spoken(value: int) -> str:
    """Up to ten in words, larger in figures."""
    return SMALL[value] if 0 <= value < len(SMALL) else number(value)


def counted(value: int, one: str, many: str = "") -> str:
    """“1 technician”, “23 technicians”."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def joined(parts: Sequence[Any], last: str = "and") -> str:
    """“a, b and c”."""
    texts = [str(part) for part in parts]
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}" if len(texts) > 1 else "".join(texts)


def ranges(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 reads “1–3, 7”."""
    parts: list[list[int]] = []
    for n in numbers:
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    return ", ".join(f"{p[0]}–{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts)


def sentence(text: str) -> str:
    """The first letter large, the rest as it was."""
    return text[:1].upper() + text[1:]


def file_size(octets: int) -> str:
    """“820 KB”, “1.4 MB”, in steps of a thousand."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} KB"
    return f"{octets / 1_000_000:.1f} MB"


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: an empty line parts them, a single one breaks the line."""
    blocks = (block.strip() for block in text.replace("\r\n", "\n").split("\n\n"))
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks if block)
    return Markup("").join(Markup("<p>{}</p>").format(block) for block in lines)


def iso_day(text: str) -> str:
    """“2026-07-31”, as it is kept in JSON, reads 31 July 2026."""
    return day(date.fromisoformat(text), weekday=False)


FILTERS = {
    "away": away,
    "at_time": at_time,
    "clean": clean,
    "counted": counted,
    "day": day,
    "days_left": days_left,
    "file_size": file_size,
    "iso": iso,
    "iso_day": iso_day,
    "joined": joined,
    "money": pounds,
    "month": month,
    "number": number,
    "paragraphs": paragraphs,
    "period": period,
    "ranges": ranges,
    "sentence": sentence,
    "spoken": spoken,
    "words": word_count,
}
