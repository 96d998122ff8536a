"""A token in every text that the hub holds, unique for its column and row, and the eyes that find it again."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from sqlalchemy import JSON, Column, Enum, String, Table, select, update

from hub.core.db import Base, db

TOKEN = re.compile(r"qzxv(\d{5})(?!\d)", re.IGNORECASE)
SECRET = re.compile(r"[0-9a-f]{32,64}")
NOTHING = (None, "", [], {})

# What the hub looks up, branches on or makes itself would not stand a token.
CODE = "a word of one of the hub’s own lists, which it looks up"
MADE = "made by the hub out of other columns, and made afresh once they carry their tokens"
PATH = "an address within the hub, which a page follows"
HASH = "a hash or a key that the hub compares or opens; searched for as it stands"
SEALED = "append-only: the database refuses the token; every row that a deed adds is searched instead"
NO_TOKEN = {
    **dict.fromkeys(
        (
            "charter.standard",
            "evidence_entry.kind",
            "evidence_reach.kind",
            "evidence_reached.kind",
            "evidence_total.kind",
            "fund_application.themes",
            "job_run.job",
            "mentor.bodies",
            "mentor.disciplines",
            "mentor_register.register",
            "mentoring_wish.disciplines",
            "notice.kind",
            "notice_preference.topic",
            "outbox_mail.kind",
            "plan_indicator.kinds",
            "pack.choice",
            "plan_rule.kind",
            "profile.shown_to",
            "profile.working_days",
            "registration_journey.body",
            "registration_journey.framework",
            "registration_journey.register",
            "registration_statement.area",
            "saved_search.seen",
            "staff_import.counts",
            "stored_file.media_type",
        ),
        CODE,
    ),
    **dict.fromkeys(
        (
            "directory_edition.answers",
            "directory_edition.vocabulary",
            "directory_edition.words",
            "directory_listed.campus",
            "directory_listed.registers",
            "directory_listed.sort_name",
            "directory_posting.field",
            "directory_posting.term",
            "directory_word.shown",
            "directory_word.term",
        ),
        MADE,
    ),
    **dict.fromkeys(("notice.path", "submission.location"), PATH),
    **dict.fromkeys(
        (
            "attempt.key",
            "evidence_item_version.sha256",
            "journal_head.hash",
            "journal_head.seal",
            "fund_statement_link.token_hash",
            "one_time_link.token_hash",
            "recovery_code.code_hash",
            "second_step.offered",
            "second_step.secret",
            "sign_in.token_hash",
            "stored_file.key",
            "pack.sha256",
            "pack_piece.sha256",
            "plan_version.sha256",
            "stored_file.sha256",
            "submission.token",
        ),
        HASH,
    ),
    **dict.fromkeys(
        (
            "journal_entry.changes",
            "journal_entry.deed",
            "journal_entry.hash",
            "journal_entry.previous",
            "journal_entry.subject",
        ),
        SEALED,
    ),
}
LEFT_EMPTY = {
    "award_category.withheld_because",  # words there mean that it is off
    "evidence_entry.reason",  # that it corrects another
    "skill_session.cancelled_because",
}


@dataclass(frozen=True, order=True)
class Cell:
    """One value: a column of one row."""

    column: str  # table.column
    key: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.column} of row {'-'.join(map(str, self.key))}"


@dataclass
class Planted:
    """Which token, or which secret, stands in which cell."""

    tokens: list[Cell] = field(default_factory=list)
    secrets: dict[str, Cell] = field(default_factory=dict)

    def token(self, cell: Cell) -> str:
        self.tokens.append(cell)
        return f"qzxv{len(self.tokens) - 1:05}"

    def cells_in(self, text: str) -> set[Cell]:
        found = {self.tokens[int(number)] for number in TOKEN.findall(text) if int(number) < len(self.tokens)}
        return found | {self.secrets[word] for word in SECRET.findall(text) if word in self.secrets}


# -- planting ----------------------------------------------------------------------------------------------------------


def is_text(column: Column[Any]) -> bool:
    """Whether people’s words could stand in it: not in a column of a fixed choice."""
    return isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)


def texts() -> dict[str, Column[Any]]:
    """Every text or JSON column of the hub."""
    tables = Base.metadata.sorted_tables
    return {f"{table.name}.{column.name}": column for table in tables for column in table.columns if is_text(column)}


def plant() -> Planted:
    """Put a token into every text of every row, and the tokens of names wherever a name had been copied to."""
    planted = Planted()
    rows = {table: db.session.execute(select(table)).mappings().all() for table in Base.metadata.sorted_tables}
    people = Base.metadata.tables["person"]
    names = {row["name"]: planted.token(Cell("person.name", (row["id"],))) for row in rows[people]}
    copied = re.compile("|".join(re.escape(name) for name in names))
    for table, found in rows.items():
        for row in found:
            values = dict(_values(planted, table, row, names, copied))
            if values:
                key = [column == row[column.name] for column in table.primary_key]
                db.session.execute(update(table).where(*key).values(values))
    db.session.commit()
    return planted


def _values(
    planted: Planted, table: Table, row: Any, names: dict[str, str], copied: re.Pattern[str]
) -> Iterator[tuple[str, Any]]:
    key = tuple(row[column.name] for column in table.primary_key)
    for column in table.columns:
        name, old = f"{table.name}.{column.name}", row[column.name]
        if name == "person.name":
            yield column.name, names[old]
        elif old and is_text(column) and NO_TOKEN.get(name) == HASH:
            planted.secrets[old.split(".")[0]] = Cell(name, key)
        elif is_text(column) and name not in NO_TOKEN and (old or _is_filled(name, old)):
            token = planted.token(Cell(name, key))
            yield column.name, _shaped(name, token, old, [names[n] for n in copied.findall(str(old))])


def _is_filled(name: str, old: Any) -> bool:
    return (old is not None or name in SHAPES) and name not in LEFT_EMPTY


def _shaped(name: str, token: str, old: Any, copies: list[str]) -> Any:
    if name in SHAPES:
        return SHAPES[name](token, old)
    if isinstance(old, list):
        return [token] * (len(old) or 1)
    return " ".join([token, *copies])


def _mail_like(token: str, old: str | None) -> str | None:
    return f"{token}@{old.split('@')[1]}" if old else old


def _draft(token: str, old: Any) -> Any:
    """A preview of a plan with the token in the words of its actions."""
    return {**old, "actions": [{**action, "objective": token, "details": token} for action in old["actions"]]}


def _worded(token: str, old: Any) -> Any:
    """What an action said, with the token in its words."""
    return old and {**old, "objective": token, "details": token}


def _version(token: str, old: Any) -> Any:
    """A plan as it stood, with the token in the words of its actions."""
    return {**old, "name": token, "actions": [_worded(token, action) for action in old["actions"]]}


def _sections(token: str, old: Any) -> Any:
    """The parts of a pack, with the token in their headings."""
    return [{**section, "over": token, "heading": token} for section in old]


def _sent_before(token: str, _old: Any) -> Any:
    """A report that came back, with the token in its words."""
    words = dict.fromkeys(("did", "changed", "shared_with", "quote"), token)
    return {"2026-10-01T09:00:00+00:00": words | {"answers": {token: token}}}


SHAPES: dict[str, Callable[[str, Any], Any]] = {
    "person.email": _mail_like,
    "person.staff_id": lambda token, _old: token,
    "institution.contact_name": lambda token, _old: token,
    "institution.contact_email": _mail_like,
    "institution.email_domain": lambda token, _old: f"{token}.example",
    "outbox_mail.address": _mail_like,
    "registration_journey.supporter_email": _mail_like,
    "stored_file.name": lambda token, _old: f"{token}.pdf",
    "outbox_mail.message_id": lambda token, _old: f"<{token}@localhost>",
    "plan_import.preview": _draft,
    "evidence_item_version.link": lambda token, _old: f"https://{token}.example/",
    "plan_comment.wording": _worded,
    "plan_comment.became": _worded,
    "plan_version.content": _version,
    "pack.sections": _sections,
    "fund_application.eligible": lambda token, _old: {token: token},
    "fund_report.answers": lambda token, _old: {token: token},
    "fund_report.earlier": _sent_before,
}


# -- finding -----------------------------------------------------------------------------------------------------------


def text_of(content: bytes) -> str:
    """What can be read in an answer of whatever kind."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [text_of(archive.read(name)) for name in archive.namelist()]
        return re.sub(r"<[^>]+>", "", " ".join(parts))
    if content.startswith(b"%PDF"):
        return _text_of_pdf(content)
    return content.decode(errors="replace")


def _text_of_pdf(content: bytes) -> str:
    """Everything drawn on its pages, without the spaces between, and what stands about it in its head."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        drawn = "".join("".join(_drawn_on(page)) for page in paper.pages)
        return " ".join([drawn, *(str(value) for value in paper.docinfo.values())])


def _drawn_on(page: pikepdf.Page) -> Iterator[str]:
    letters: dict[str, dict[int, str]] = {}
    fonts = page.resources.get("/Font", {})
    now = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = str(operands[0])
            letters.setdefault(now, _letters(fonts[now]))
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    codes = (int.from_bytes(raw[n : n + 2]) for n in range(0, len(raw), 2))
                    yield "".join(letters[now].get(code, "") for code in codes)


def _letters(font: Any) -> dict[int, str]:
    """Which letter each glyph of *font* stands for, from its table for those who copy or listen."""
    table = bytes(font.ToUnicode.read_bytes()).decode("ascii", "replace")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for n in range(int(first, 16), int(last, 16) + 1):
                found[n] = chr(int(letter, 16) + n - int(first, 16))
    return found
