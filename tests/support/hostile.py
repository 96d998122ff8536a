"""What nobody should send, by the kind of field it is sent to; and what a field may make of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from hub.core.money import parse_pounds
from hub.core.text import clean, is_visible, one_line

REFUSED = object()  # no field of the kind may take it
ANYTHING = object()  # taken or refused, and nothing need be found afterwards
LONG = 100_000
MARK = "hubmark"
PRESSED = {"later", "send"}  # buttons of which only counts that they were pressed

PAYLOADS = {
    "script": f"<script>{MARK}()</script>",
    "image": f'"><img src=x onerror={MARK}()>',
    "attribute": f"' onmouseover='{MARK}()",
    "javascript link": f"[go](javascript:{MARK}()) javascript:{MARK}()",
    "data link": f"![x](data:text/html,{MARK}) data:text/html,{MARK}",
    "braces": f"{{{{7*7}}}}{MARK} ${{7*7}}{MARK} {{% raw %}}{MARK}",
    "quote": f"'; DROP TABLE person; -- {MARK}",
    "path": f"../../../etc/passwd %2e%2e/ {MARK}",
    "header": f"{MARK}\r\nBcc: everybody@evil.example\r\n\r\nlog line",
    "formula": f'=HYPERLINK("http://evil.example","{MARK}")',
    "at sum": f"@SUM(1+1) {MARK}",
    "plus": f"+441 {MARK}",
    "minus": f"-2+3 {MARK}",
    "tab": f"\t=1+1 {MARK}",
    "typst": f"#panic(1) \\ ( ) [ ] $x$ @{MARK} <{MARK}> ``` //",
    "bidi": f"{MARK} \u202egnp.exe",
}
TEXTS = {
    "NUL": "Bad\x00words",
    "only NUL": "\x00",
    "zero width only": "\u200b\u2060\ufeff",
    "joiners only": "\u200d\u034f\u115f",
    "right to left": "\u202e\u2066abc",
    "lone surrogate": b"Bad\xed\xa0\x80words",
    "invalid UTF-8": b"Bad\xff\xfewords",
    "combining marks": "a" + "\u0301" * 320,
    "families": "👩\u200d👩\u200d👧\u200d👦" * 45,
    "long": "x" * LONG,
    "long words": "word " * (LONG // 5),
    "null": "null",
    "one letter": "X",
    "apostrophe": "O'Brien",
    "right to left words": "אבג דהו",
    "emoji": "🧪",
    "percent": "100% _",
    "backslash": "a\\b\\",
    **PAYLOADS,
}
NUMBERS = {
    "2^31": str(2**31),
    "2^63": str(2**63),
    "400 digits": "9" * 400,
    "NaN": "NaN",
    "Infinity": "Infinity",
    "1e400": "1e400",
    "1e30": "1e30",
    "minus five": "-5",
    "minus nothing": "-0.00",
    "half a penny": "0.005",
    "Arabic digits": "١٢٣",
    "underscore": "1_000",
    "commas": "1,000",
    "comma astray": "1,0",
    "hexadecimal": "0x10",
    "NUL": "1\x00",
    "words": "twelve",
    "two minuses": "--5",
    "only white": " ",
    "full width": "12",
}
DAYS = {
    "year one": "0001-01-01",
    "last year": "9999-12-31",
    "31 February": "2026-02-31",
    "Arabic digits": "٢٠٢٦-٠١-٠١",
    "NUL": "2026-01-01\x00",
    "words": "tomorrow",
    "year 0": "0000-01-01",
    "year 10000": "10000-01-01",
    "slashes": "01/02/2026",
}
MOMENTS = {
    **{name: f"{value}T10:00" for name, value in DAYS.items()},
    "hour 25": "2026-01-01T25:00",
    "with zone": "2026-01-01T10:00+14:00",
    "no hour": "2026-01-01",
}
CHOICES = {
    "unknown": "no-such-choice",
    "NUL": "\x00",
    "2^31": str(2**31),
    "2^63": str(2**63),
    "400 digits": "9" * 400,
    "minus one": "-1",
    "Arabic digits": "١",
    "None": "None",
    "payload": PAYLOADS["script"],
    "blank": "",
}
EMAILS = {
    "plus": "ana+tag@x.example",
    "capitals": "Ana@X.Example",
    "trailing dot": "ana@x.example.",
    "spaces": " ana@x.example ",
    "homoglyph": "аna@x.example",
    "quoted": '"quoted local"@x.example',
    "long": "a" * 320 + "@x.example",
    "IDN": "ana@münchen.example",
    "formula": "=cmd@x.example",
    "header": "ana@x.example\r\nBcc: b@evil.example",
    "two": "ana@x.example,b@x.example",
    "NUL": "ana\x00@x.example",
    "no domain": "ana@",
    "script": '"<script>"@x.example',
}
ADDRESSES = {
    name: name
    for name in (
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "///evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http://hub@evil.example",
        "\\\\evil.example",
        "/login/../..//evil.example",
        "http://evil。example",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[::1",
        "http://[",
        "https://evil.example:99999999/",
        "\x00//evil.example",
    )
}
IDS = {
    "2^31": str(2**31),
    "2^63": str(2**63),
    "400 digits": "9" * 400,
    "minus one": "-1",
    "words": "abc",
    "NUL": "%00",
    "nothing like it": "2147483647",
    "Arabic digit": "%D9%A1",
    "half a letter": "%FF",
    "float": "1.5",
    "up": "%2e%2e",
}
HIDDEN = {"blank": "", "NUL": "\x00", "words": "x", "2^63": str(2**63), "long": "x" * LONG, "Arabic": "١"}
BY_KIND: dict[str, dict[str, Any]] = {
    "text": TEXTS,
    "textarea": TEXTS,
    "search": TEXTS,
    "password": TEXTS,
    "url": ADDRESSES | TEXTS,
    "email": EMAILS | TEXTS,
    "number": NUMBERS,
    "range": NUMBERS,
    "money": NUMBERS,
    "date": DAYS,
    "datetime-local": MOMENTS,
    "select": CHOICES,
    "radio": CHOICES,
    "checkboxes": CHOICES,
    "confirm": {},
    "button": CHOICES,
    "hidden": HIDDEN,
    "file": {"text instead of a file": "not a file", "NUL": "\x00"},
}


def values_for(kind: str, name: str) -> dict[str, Any]:
    """Every hostile value for a field: those of its kind, and for what leads somewhere the addresses."""
    led = ADDRESSES if name in {"next", "link", "url", "address", "web"} else {}
    return BY_KIND[kind] | led


def as_read(value: Any) -> str:
    """What the server's own decoding makes of *value*."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def meant(kind: str, name: str, value: Any) -> Any:
    """What storing *value* from a field of *kind* must come to: a list of equals, ``REFUSED`` or ``ANYTHING``."""
    text = as_read(value)
    if kind in _READERS:
        try:
            return [_READERS[kind](text)] if text.strip() else ANYTHING
        except ValueError:
            return REFUSED
    if kind in {"select", "radio", "checkboxes"}:
        return ANYTHING if not text.strip() else REFUSED
    if kind == "button":
        return ANYTHING if name in PRESSED else REFUSED
    if kind in {"text", "textarea", "url", "email", "search"}:
        return _words(text)
    return ANYTHING


def _words(text: str) -> Any:
    kept = clean(text)
    if not kept:
        return ANYTHING
    if not is_visible(kept) or len(kept) >= LONG - 10:
        return REFUSED
    return [kept, one_line(text), one_line(text).lower()]


def _whole(text: str) -> int:
    plain = one_line(text).replace(",", "")
    if not plain.isascii() or not plain.removeprefix("-").isdigit():
        raise ValueError(text)
    if abs(int(plain)) >= 2**31:
        raise ValueError(text)
    return int(plain)


def _day(text: str) -> date:
    return _near(datetime.strptime(text, "%Y-%m-%d")).date()  # noqa: DTZ007 -- a calendar day


def _moment(text: str) -> datetime:
    return _near(datetime.strptime(text, "%Y-%m-%dT%H:%M"))  # noqa: DTZ007 -- as London clocks say it


def _near(moment: datetime) -> datetime:
    if not text_is_plain(moment) or not 1950 < moment.year < 2100:
        raise ValueError(moment)
    return moment


def text_is_plain(moment: datetime) -> bool:
    return moment.tzinfo is None


_READERS: dict[str, Any] = {
    "number": _whole,
    "range": _whole,
    "money": lambda text: parse_pounds(one_line(text)),
    "date": _day,
    "datetime-local": _moment,
}


def is_among(wanted: Iterable[Any], stored: Iterable[Any]) -> bool:
    """Whether one of *wanted* is stored: whole, as part of a longer text, or line by line, in either case."""
    texts, others = [], []
    for value in stored:
        (texts if isinstance(value, str) else others).append(value)
    return any(
        _is_text_in(one, texts) if isinstance(one, str) else one in others or str(one) in texts for one in wanted
    )


def _is_text_in(one: str, texts: list[str]) -> bool:
    whole = [text.casefold() for text in texts]
    return all(any(line in text for text in whole) for line in one.casefold().split("\n") if line)
