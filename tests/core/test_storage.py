"""Files: taken by content, drawn afresh, refused with a reason; sent so that no browser runs them."""

import io
import os
from datetime import timedelta

import pikepdf
import pytest
from PIL import Image
from werkzeug.exceptions import NotFound

from hub.core import clock, storage
from hub.core.storage import NotAllowed, check
from tests import factories as make
from tests.support.bombs import packed, pdf


def picture(kind="JPEG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def office(member, extra=()):
    return packed({member: "<x/>", **dict(extra)})


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (picture(), "jpg"),
        (picture("PNG"), "jpg"),
        (picture("WEBP"), "jpg"),
        (pdf(), "pdf"),
        (office("word/document.xml"), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
    ],
)
def test_allowed_kinds_are_told_by_content(content, ending):
    assert check(content).ending == ending


def test_a_picture_is_drawn_afresh_without_what_it_carried():
    exif = Image.Exif()
    exif[0x010E] = "Home address: 12 Secret Lane"
    sent = picture(exif=exif)
    assert b"Secret Lane" in sent
    assert b"Secret Lane" not in check(sent).content


def encrypted():
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"x" * (storage.LARGEST + 1), "larger than 10 MB"),
        (b"<html><script>alert(1)</script>", "Send a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "Send a PDF"),
        (b"GIF89a<script>", "Send a PDF"),
        (picture()[:100], "Send a PDF"),
        (b"%PDF-1.7 nonsense", "cannot be read"),
        (encrypted(), "password"),
        (pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript)), "carries a program"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (office("anything.txt"), "Send a PDF"),
        (office("word/document.xml", [("word/vbaProject.bin", "x")]), "macros"),
        (office("word/document.xml", [("bomb", b"0" * (storage.LARGEST_UNZIPPED + 1))]), "unpacks to more"),
    ],
)
def test_everything_else_is_refused_with_its_reason(content, reason):
    with pytest.raises(NotAllowed, match=reason):
        check(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    with pytest.raises(NotAllowed, match="too many pixels"):
        check(out.getvalue())


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.pdf", "C:\\x.pdf", "a" * 300 + ".pdf", "\u202efdp.exe", ""]
)
def test_a_file_is_kept_under_a_name_of_our_own(db, app, name):
    row = storage.keep(pdf(), name, owner=make.person())
    assert storage.path_of(row).resolve().is_relative_to(app.config["VAR"].resolve())
    assert "/" not in row.name
    assert "\\" not in row.name
    assert len(row.name) <= 120


@pytest.mark.breaks_rows
def test_a_file_that_is_no_longer_there_is_not_found(db):
    row = storage.keep(pdf(), "quote.pdf", owner=make.person())
    storage.path_of(row).unlink()
    with pytest.raises(NotFound):
        storage.send(row)


def test_a_file_is_sent_as_a_download_that_nothing_runs(db):
    row = storage.keep(pdf(), "quote.pdf", owner=make.person())
    answer = storage.send(row)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_of_a_deed_that_was_undone_is_swept_away_and_no_other(db, app):
    ana = make.person()
    kept, undone = storage.keep(pdf(), "kept.pdf", owner=ana), storage.keep(pdf(), "undone.pdf", owner=ana)
    young = storage.keep(pdf(), "young.pdf", owner=ana)
    paths = [storage.path_of(row) for row in (kept, undone, young)]
    for row in (undone, young):
        db.session.delete(row)
    db.session.flush()
    for path in paths[:2]:
        os.utime(path, (0, 0))
    assert storage.sweep(before=clock.now() - timedelta(days=1)) == 1
    assert [path.exists() for path in paths] == [True, False, True]


def test_what_is_discarded_is_gone_with_the_next_sweep(db):
    row = storage.keep(pdf(), "quote.pdf", owner=make.person())
    path = storage.path_of(row)
    storage.discard(row)
    assert db.session.get(storage.StoredFile, row.id) is None
    storage.sweep(before=clock.now() + timedelta(days=1))
    assert not path.exists()
