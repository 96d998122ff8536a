"""Files people hand in: taken only if the content is what we allow, kept under names nobody can guess, private."""

import hashlib
import io
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.http import dump_options_header

from hub.core.clock import now
from hub.core.db import Base, db, pk
from hub.core.errors import Refusal
from hub.core.text import one_line

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 10 * 1024 * 1024
LARGEST_UNZIPPED = 60 * 1024 * 1024
MOST_PIXELS = 40_000_000
TOO_MANY_PIXELS = "This picture has too many pixels. Make it smaller than 40 megapixels."
LONGEST_EDGE = 1600  # pixels a picture is brought down to
SIZES = {"face": (160, 160), "card": (640, 400), "print": (600, 800)}  # pixels of what a picture is cut to

OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class NotAllowed(Refusal):
    """The file is not of a kind that the hub takes, or cannot be read."""


class StoredFile(Base):
    """What was kept: the bytes lie in the files folder under ``key``; who may fetch them is for its feature to say."""

    __tablename__ = "stored_file"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]  # as its owner called it: shown, never used as a path
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    alt: Mapped[str | None]  # what a picture shows, for those who cannot see it
    focus_x: Mapped[int] = mapped_column(default=50)  # what stays of a picture that is cut, in percent from the left
    focus_y: Mapped[int] = mapped_column(default=40)  # and from the top: heads are above the middle
    stored_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class Checked:
    content: bytes
    ending: str
    media_type: str


def check(content: bytes) -> Checked:
    """*content* if it is a PDF, a picture, a Word or an Excel file; pictures come back drawn afresh, without metadata.

    :raises NotAllowed: saying why, in words for the person who sent it
    """
    if not content:
        raise NotAllowed("This file is empty. Choose another one.")
    if len(content) > LARGEST:
        raise NotAllowed("This file is larger than 10 MB. Choose a smaller one.")
    if content.startswith(b"%PDF-"):
        return _checked_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _checked_office(content)
    return _checked_picture(content)


def _checked_pdf(content: bytes) -> Checked:
    import pikepdf  # noqa: PLC0415 -- slow import

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            root = pdf.Root
            unsafe = "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {})
    except pikepdf.PasswordError:
        raise NotAllowed("This PDF is protected by a password. Save it without one and try again.") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise NotAllowed("This PDF cannot be read. Save it again and try once more.") from None
    if unsafe:
        raise NotAllowed("This PDF carries a program. Print it to PDF and send that instead.")
    return Checked(content, "pdf", "application/pdf")


def _checked_office(content: bytes) -> Checked:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {i.filename: i.file_size for i in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotAllowed("This file cannot be read. Save it again and try once more.") from None
    if sum(members.values()) > LARGEST_UNZIPPED or len(members) > 5_000:
        raise NotAllowed("This file unpacks to more than the hub takes. Choose a smaller one.")
    if any(name.lower().endswith("vbaproject.bin") for name in members):
        raise NotAllowed("This file carries macros. Save it without them and try again.")
    for member, (ending, media_type) in OFFICE.items():
        if member in members:
            return Checked(content, ending, media_type)
    raise NotAllowed("Send a PDF, a JPEG or PNG picture, a Word (.docx) or an Excel (.xlsx) file.")


def _checked_picture(content: bytes) -> Checked:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 -- slow import

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            _refuse_huge(picture)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except NotAllowed:
        raise
    except Image.DecompressionBombError:
        raise NotAllowed(TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise NotAllowed("Send a PDF, a JPEG or PNG picture, a Word (.docx) or an Excel (.xlsx) file.") from None
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=85)
    return Checked(drawn.getvalue(), "jpg", "image/jpeg")


def _refuse_huge(picture: "Image.Image") -> None:
    """Before a pixel is decoded: the declared size alone can fill the memory."""
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAllowed(TOO_MANY_PIXELS)


def keep(content: bytes, name: str, *, owner: Any, alt: str | None = None) -> StoredFile:
    """Check *content* and keep it for *owner*; the row is flushed with the caller's transaction.

    :raises NotAllowed: if the content is not of an allowed kind
    """
    return keep_checked(check(content), name, owner=owner, alt=alt)


def keep_checked(checked: Checked, name: str, *, owner: Any, alt: str | None = None) -> StoredFile:
    """The same for what its feature has checked itself."""
    key = f"{secrets.token_hex(16)}.{checked.ending}"
    row = StoredFile(
        institution_id=owner.institution_id,
        owner_id=owner.id,
        name=one_line(Path(name.replace("\\", "/")).name)[-120:] or f"file.{checked.ending}",
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        key=key,
        alt=alt,
    )
    _write(_path(key), checked.content)
    db.session.add(row)
    db.session.flush()
    return row


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a full disk or a killed process leaves nothing under that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # on the disk before the row that speaks of it
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def discard(row: StoredFile) -> None:
    """Nobody can fetch it from now on; the bytes go with the next sweep, as this transaction may yet be undone."""
    db.session.flush()
    db.session.delete(row)
    db.session.flush()


def sweep(*, before: datetime) -> int:
    """Remove files older than that which no row knows: discarded, or of a form that was refused. How many."""
    found = strays(before=before)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def strays(*, before: datetime) -> list[Path]:
    """Files older than that which no row knows."""
    rows = db.session.execute(select(StoredFile.key, StoredFile.focus_x, StoredFile.focus_y))
    known = {name for row in rows for name in (row.key, *_renditions(*row))}
    folder = Path(current_app.config["VAR"]) / "files"
    return [p for p in folder.glob("*/*") if p.name not in known and p.stat().st_mtime < before.timestamp()]


def path_of(row: StoredFile) -> Path:
    return _path(row.key)


def read(row: StoredFile) -> bytes:
    return path_of(row).read_bytes()


def rendition(row: StoredFile, size: str) -> bytes:
    """The picture cut to one of ``SIZES`` round its focus: drawn once, kept beside it, swept away with it."""
    path = _path(_rendition(row.key, row.focus_x, row.focus_y, size))
    with suppress(FileNotFoundError):
        return path.read_bytes()
    drawn = _cut(read(row), SIZES[size], (row.focus_x / 100, row.focus_y / 100))
    with suppress(OSError):  # a full disk is no reason not to show it
        _write(path, drawn)
    return drawn


def draw_sizes(row: StoredFile) -> None:
    """Every size now, so that no reader waits for it."""
    for size in SIZES:
        rendition(row, size)


def _cut(content: bytes, size: tuple[int, int], focus: tuple[float, float]) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 -- slow import

    drawn = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=focus).save(drawn, "JPEG", quality=82)
    return drawn.getvalue()


def _renditions(key: str, focus_x: int, focus_y: int) -> Iterator[str]:
    return (_rendition(key, focus_x, focus_y, size) for size in SIZES)


def _rendition(key: str, focus_x: int, focus_y: int, size: str) -> str:
    return f"{Path(key).stem}-{size}-{focus_x}-{focus_y}.jpg"


def send(row: StoredFile, *, inline: bool = False, size: str = "") -> Response:
    """The file as an answer: a download that no browser runs; *inline* only for pictures on our own pages.

    A picture can be had cut to one of ``SIZES``.
    """
    try:
        response = Response(rendition(row, size) if size else read(row), mimetype=row.media_type)
    except FileNotFoundError:
        abort(404)
    shown = inline and row.media_type.startswith("image/")
    response.headers["Content-Disposition"] = (
        "inline" if shown else dump_options_header("attachment", {"filename": row.name})
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )
    return response


def _path(key: str) -> Path:
    return Path(current_app.config["VAR"]) / "files" / key[:2] / key
