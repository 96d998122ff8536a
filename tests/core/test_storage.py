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


# -- pictures in smaller sizes -----------------------------------------------------------------------------------------


def half_and_half():
    """Red on the left, blue on the right."""
    whole = Image.new("RGB", (400, 200), "red")
    whole.paste("blue", (200, 0, 400, 200))
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def colour_of(content):
    with Image.open(io.BytesIO(content)) as shown:
        red, _, blue = shown.getpixel((shown.width // 2, shown.height // 2))
    return "red" if red > blue else "blue"


@pytest.mark.parametrize(("focus", "seen"), [(0, "red"), (100, "blue")])
def test_a_picture_is_cut_to_size_round_its_focus(db, focus, seen):
    row = storage.keep(half_and_half(), "both.png", owner=make.person())
    row.focus_x = focus
    for size, pixels in storage.SIZES.items():
        with Image.open(io.BytesIO(storage.rendition(row, size))) as cut:
            assert cut.size == pixels
    assert colour_of(storage.rendition(row, "face")) == seen


def test_a_size_is_drawn_once_and_goes_with_its_picture(db):
    row = storage.keep(half_and_half(), "both.png", owner=make.person())
    first = storage.rendition(row, "card")
    folder = storage.path_of(row).parent
    (kept,) = [path for path in folder.iterdir() if "-card-" in path.name]
    kept.write_bytes(b"as it was kept")
    assert storage.rendition(row, "card") == b"as it was kept" != first
    storage.sweep(before=clock.now() + timedelta(days=1))
    assert kept.exists()
    storage.discard(row)
    storage.sweep(before=clock.now() + timedelta(days=1))
    assert not kept.exists()


def test_a_cut_that_was_chosen_before_is_swept_away(db):
    row = storage.keep(half_and_half(), "both.png", owner=make.person())
    storage.rendition(row, "card")
    row.focus_x = 0
    storage.rendition(row, "card")
    db.session.flush()
    storage.sweep(before=clock.now() + timedelta(days=1))
    cuts = [path.name for path in storage.path_of(row).parent.iterdir() if path.name.startswith(row.key[:32] + "-")]
    assert cuts == [f"{row.key[:32]}-card-0-40.jpg"]


def test_a_picture_loses_where_and_when_it_was_taken_in_every_size(db):
    place = Image.Exif()
    place[0x9003], place[0x8825] = "2026:03:01 10:00:00", {1: "N", 2: (53.0, 0.0, 0.0)}
    row = storage.keep(picture(exif=place), "me.jpg", owner=make.person())
    for content in (storage.read(row), *(storage.rendition(row, size) for size in storage.SIZES)):
        with Image.open(io.BytesIO(content)) as shown:
            assert not shown.getexif()
