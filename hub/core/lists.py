"""The list page, written once: search, filters, sort, pages, count, and an export of exactly what is shown."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import IO, Any
from urllib.parse import urlencode

from flask import Response, abort, g, render_template, request
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, literal, or_, select
from werkzeug.datastructures import MultiDict

from hub.core.clock import london, today
from hub.core.db import db
from hub.core.downloads import download, spool
from hub.core.text import one_line

LONGEST_QUERY = 200
COUNT_UP_TO = 10_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column: *value* of a row as text, number or date; *order* makes it sortable.

    *beside*: the page says it within another column’s cell; in a file it is a column of its own.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    order: SQLColumnExpression[Any] | None = None
    numeric: bool = False
    beside: bool = False

    @property
    def sortable(self) -> bool:
        return self.order is not None


@dataclass(frozen=True)
class Filter:
    """One facet: *options* as {value: text}; *where* narrows to those chosen; *counts* gives numbers beside them."""

    key: str
    label: str
    options: Callable[[], dict[str, str]]
    where: Callable[[list[str]], ColumnElement[bool]]
    counts: Callable[[], dict[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class ShownOption:
    value: str
    text: str
    count: int | None
    on: bool

    def __iter__(self) -> Iterator[Any]:
        return iter((self.value, self.text, self.count, self.on))


@dataclass(frozen=True, slots=True)
class ShownFilter:
    key: str
    label: str
    options: tuple[ShownOption, ...]
    kind: str = "checkbox"


@dataclass
class Listing:
    """One list as asked for by the address: what the list macros and the exports read.

    *rows* is the whole list before filters; *search* narrows it; *entities* says that rows are mapped objects.
    Unknown sorts, filters and pages are answered by 404, never by a guess.
    """

    name: str  # of the exported file
    noun: tuple[str, str]  # ("technician", "technicians")
    rows: Select[Any]
    columns: Sequence[Column]
    default_order: Sequence[SQLColumnExpression[Any]]  # unique at its end
    filters_offered: Sequence[Filter] = ()
    search: Callable[[str], ColumnElement[bool]] | None = None
    per_page: int = 25
    entities: bool = True
    kept: Sequence[str] = ()  # what of the query says which list it is, such as a month
    args: MultiDict[str, str] = field(default_factory=lambda: request.args)
    path: str = field(default_factory=lambda: request.path)

    def __post_init__(self) -> None:
        g.listed = self.rows
        self.q = one_line(self.args.get("q", ""))[:LONGEST_QUERY]
        self.at = self._page_asked()
        sort = self.args.get("sort", "")
        self.sort, self.descending = sort.removeprefix("-"), sort.startswith("-")
        if self.sort and self._column(self.sort) is None:
            abort(404)
        self.chosen = {f.key: self._valid(f) for f in self.filters_offered}

    # -- what is asked -------------------------------------------------------------------------------------------------

    def _page_asked(self) -> int:
        text = self.args.get("page", "1")
        if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 7 and int(text) >= 1):
            abort(404)
        return int(text)

    def _column(self, key: str) -> Column | None:
        return next((c for c in self.columns if c.key == key and c.sortable), None)

    def _valid(self, offered: Filter) -> list[str]:
        asked = [v for v in self.args.getlist(offered.key) if v]
        if asked and set(asked) - set(self._options(offered)):
            abort(404)
        return asked

    def _options(self, offered: Filter) -> dict[str, str]:
        cache: dict[str, dict[str, str]] = self.__dict__.setdefault("_options_of", {})
        if offered.key not in cache:
            cache[offered.key] = offered.options()
        return cache[offered.key]

    # -- what is found -------------------------------------------------------------------------------------------------

    @cached_property
    def found(self) -> Select[Any]:
        """Everything that matches, in order, unpaged."""
        narrowed = self.rows
        if self.q and self.search is not None:
            narrowed = narrowed.where(self.search(self.q))
        for offered in self.filters_offered:
            if self.chosen[offered.key]:
                narrowed = narrowed.where(offered.where(self.chosen[offered.key]))
        column = self._column(self.sort)
        if column is None or column.order is None:
            return narrowed.order_by(*self.default_order)
        first = column.order.desc() if self.descending else column.order.asc()
        return narrowed.order_by(first, *self.default_order)

    @cached_property
    def total(self) -> int:
        """How many match, counted up to one more than ``COUNT_UP_TO``; of whole objects nothing is read for that."""
        found = self.found.order_by(None).limit(COUNT_UP_TO + 1)
        if self.entities:
            found = found.with_only_columns(literal(1), maintain_column_froms=True)
        capped = found.subquery()
        return db.session.scalar(select(func.count()).select_from(capped)) or 0

    @cached_property
    def items(self) -> Sequence[Any]:
        page = self.found.limit(self.per_page).offset((self.at - 1) * self.per_page)
        items = self._fetch(page)
        if not items and self.at > 1:
            abort(404)
        return items

    def _fetch(self, statement: Select[Any]) -> Sequence[Any]:
        return db.session.scalars(statement).all() if self.entities else db.session.execute(statement).all()

    # -- what the macros read ------------------------------------------------------------------------------------------

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def has_next(self) -> bool:
        return self.at < self.pages

    @property
    def count_words(self) -> str:
        if self.total > COUNT_UP_TO:
            return f"more than {COUNT_UP_TO:,} {self.noun[1]}"
        return f"{self.total:,} {self.noun[self.total != 1]}" if self.total else f"no {self.noun[1]}"

    @cached_property
    def filters(self) -> list[ShownFilter]:
        shown = []
        for offered in self.filters_offered:
            counts = offered.counts() if offered.counts else None
            on = self.chosen[offered.key]
            options = tuple(
                ShownOption(v, t, counts.get(v, 0) if counts is not None else None, v in on)
                for v, t in self._options(offered).items()
            )
            shown.append(ShownFilter(offered.key, offered.label, options))
        return shown

    @property
    def chips(self) -> list[tuple[str, str]]:
        """The filters in force, each with the address without it."""
        return [
            (
                self._options(offered).get(value, value),
                self.link(**{offered.key: [v for v in self.chosen[offered.key] if v != value]}),
            )
            for offered in self.filters_offered
            for value in self.chosen[offered.key]
        ]

    @property
    def clear(self) -> str:
        """The whole list, without search, filters and order."""
        pairs = [(name, self.args[name]) for name in self.kept if name in self.args]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    @property
    def exports(self) -> dict[str, str]:
        return {kind.upper(): self.link(export=kind) for kind in ("csv", "xlsx")}

    def link(self, **changes: Any) -> str:
        """This list with some of its query changed; any change leads to page 1 unless it names a page."""
        query = {k: v for k, v in self.args.to_dict(flat=False).items() if k not in {"page", "export"}} | {
            k: v if isinstance(v, list) else [v] for k, v in changes.items()
        }
        pairs = [(k, v) for k, values in query.items() for v in values if v not in ("", None)]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    # -- answers -------------------------------------------------------------------------------------------------------

    def answer(self, template: str, **context: Any) -> Response | str:
        """The page, or the export that ``?export=csv`` or ``xlsx`` asks for."""
        kind = self.args.get("export", "")
        if kind == "csv":
            return self._csv()
        if kind == "xlsx":
            return self._xlsx()
        if kind:
            abort(404)
        return render_template(template, listing=self, **context)

    def _all(self) -> Iterator[Any]:
        result = db.session.execute(self.found.execution_options(yield_per=1000))
        return iter(result.scalars() if self.entities else result)

    def _csv(self) -> Response:
        rows = ([c.value(row) for c in self.columns] for row in self._all())
        return csv_of(self.name, [c.label for c in self.columns], rows)

    def _xlsx(self) -> Response:
        import xlsxwriter  # noqa: PLC0415 -- slow import

        target = spool()
        book = xlsxwriter.Workbook(
            target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        sheet = book.add_worksheet(self.name[:31])
        bold = book.add_format({"bold": True})
        for x, column in enumerate(self.columns):
            sheet.write_string(0, x, column.label, bold)
        for y, row in enumerate(self._all(), start=1):
            for x, column in enumerate(self.columns):
                value = cell(column.value(row), formulas=True)
                (sheet.write_number if isinstance(value, int | float) else sheet.write_string)(y, x, value)
        book.close()
        return self._download(target, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    def _download(self, file: IO[bytes], ending: str, media_type: str) -> Response:
        """*file* whole, so that a fault half way is an error page and never a list that ends too early."""
        return download(file, media_type, f"{self.name}-{today().isoformat()}.{ending}")


def csv_of(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A table as a file for a spreadsheet, called after *name* and today."""
    target = spool()
    text = io.TextIOWrapper(target, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    text.detach()
    return download(target, "text/csv; charset=utf-8", f"{name}-{today().isoformat()}.csv")


def matching(words: str, *columns: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Rows that have *words* in one of *columns*, in large letters or small; there are no wildcards."""
    return or_(*(column.icontains(words, autoescape=True) for column in columns))


def cell(value: Any, *, formulas: bool = False) -> str | int | float:
    """A value as a spreadsheet may have it: text starts no formula, unless the format keeps it text (*formulas*)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{london(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not formulas else text


def from_cell(text: str) -> str:
    """What ``cell`` was given: the mark that kept a text from being a formula is no part of it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text
