"""Files that are no plan, damaged or hostile: one clear sentence, and nothing else."""

import io
import random
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core.errors import Refusal
from hub.plan.importing import Preview, UnreadableFile, preview, preview_text
from tests.plan.importing.making import TEMPLATE, archive, open_document, replaced, sheet_of, word

ROWS = [TEMPLATE, ["Visibility", "Build a network", "Termly", "Minutes (May 2024). 3 by Aug 2022, 6 by Aug 2023"]]
WORD, SHEET = word(ROWS), sheet_of(ROWS)
CALC = open_document("<t:table-row><t:table-cell><x:p>Theme</x:p></t:table-cell></t:table-row>")
TEXT = "\n".join("\t".join(row) for row in ROWS).encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'


def refused(content, name="plan"):
    with pytest.raises(UnreadableFile) as refusal:
        preview(content, name)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200
    return sentence


def test_it_is_a_refusal_like_any_other():
    assert issubclass(UnreadableFile, Refusal)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (bytes(100), "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (b"<!DOCTYPE html><table><tr><td>Theme", "web page"),
        (b"\n<HTML><body>", "web page"),
        (b"<svg xmlns='x'>", "picture"),
        (b"{\\rtf1 Theme}", "rich text"),
        (b"Rar!\x1a\x07", "archive"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), ".docx"),
        (OLE + "Workbook".encode("utf-16-le"), ".xlsx"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (WORD[: len(WORD) // 2], "damaged"),
        (b"\x00\x01\x02\x03\xfe\xdc\x07\x08" * 50, "not a document"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        (archive(readme="hello"), "archive"),
        (archive(ppt__presentation_xml="<p/>"), "PowerPoint"),
        (archive(word__document_xml=BOMB), "damaged"),
        (archive(word__document_xml=OUTSIDE), "damaged"),
        (archive(word__document_xml="<a><b></a>"), "damaged"),
        (archive(word__styles_xml="<a/>"), "damaged"),
        (archive(xl__workbook_xml=BOMB), "damaged"),
        (archive(**{"xl/workbook.bin": "x"}), ".xlsx"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), ".docx"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "damaged"),
        (b"Dear all,\nthe plan will follow, as agreed.\n", "No table"),
        (b"Name,Age\nA,1\n", "No table"),
        (b"Theme,Objective,Owner\n,,\n", "no action"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(content, says):
    assert says in refused(content)


def test_a_name_that_promises_more_than_the_content():
    assert "damaged" in refused(b"Theme,Objective\n", "plan.docx")
    assert preview(TEXT, "plan.pdf").actions[0].ref == "V1"
    assert preview(WORD, "../../plan\u202excod.exe").actions[0].ref == "V1"
    assert preview(SHEET, "").actions[0].ref == "V1"


def test_a_zip_bomb_is_refused_by_the_size_it_declares():
    assert "60 MB" in refused(archive(word__document_xml=b"<a>" + b" " * (61 * 1024 * 1024) + b"</a>"))


def test_a_zip_that_declares_less_than_it_holds_is_refused():
    content = bytearray(archive(word__document_xml=b"<a>" + b" " * 1_000_000 + b"</a>"))
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 1000)
    refused(bytes(content))


def test_a_zip_that_declares_less_than_it_holds_never_fills_the_memory():
    held, said = 200_000_000, 1_000
    content = archive(word__document_xml=b"\0" * held).replace(struct.pack("<I", held), struct.pack("<I", said))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile):
            preview(content, "plan.docx")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_tree_of_millions_of_tags_is_refused():
    assert "far more" in refused(archive(word__document_xml=b"<a>" + b"<b/>" * 1_500_000 + b"</a>"))


def test_deep_nesting_does_no_harm():
    deep = b"<tbl>" * 50_000 + b"</tbl>" * 50_000
    refused(archive(word__document_xml=b"<body>" + deep + b"</body>"))


def test_a_password_on_the_archive_is_named():
    content = bytearray(WORD)
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(content))
    manifest = {
        "META-INF/manifest.xml": "<m:encryption-data/>",
        "mimetype": "opendocument.spreadsheet",
        "content.xml": "x",
    }
    assert "password" in refused(archive(**manifest))


def test_more_than_a_plan_ever_holds_is_refused():
    header = "Theme,Objective,Owner\n"
    assert "5,000 rows" in refused((header + "Visibility,Page,A\n" * 5001).encode())
    assert "64 columns" in refused((header + "Visibility,Page" + ",x" * 70).encode())
    assert "far more text" in refused((header + f"Visibility,{'long ' * 50_000},A\n" * 10).encode())
    assert "5,000 rows" in refused(sheet_of([["Theme", "Objective"], *[["Visibility", "Page"]] * 5001]))
    assert "64 columns" in refused(sheet_of([["Theme", "Objective"], ["x"] * 70]))
    row = "<t:table-row {0}><t:table-cell {1}><x:p>x</x:p></t:table-cell></t:table-row>"
    assert "5,000 rows" in refused(open_document(row.format('t:number-rows-repeated="1048576"', "")))
    assert "64 columns" in refused(open_document(row.format("", 't:number-columns-repeated="16384"')))


@pytest.mark.parametrize(
    "mark", [",", "(", "1 ", '"', "a. (", "1/1/20 ", "by ", "•", "from 1 to ", ")", "- ", "&", "\u202e", "\n("]
)
def test_monotonous_cells_take_no_time(mark):
    text = (
        "Theme\tObjective\tImpact\tDue\n"
        + f"Visibility\tPage\t{mark * 3000}x\t{mark * 3000}\n".replace("\n(", " (") * 3
    )
    assert preview_text(text).actions


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.docx", "a.xlsx", "a.ods", "a.csv", "a.txt", ""]))
def test_any_bytes_give_a_preview_or_a_refusal(content, name):
    _survives(content, name)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_preview_or_a_refusal(text):
    _survives(("Theme\tObjective\tDue\tRAG\tImpact\n" + text).encode("utf-8", "replace"), "a.txt")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([WORD, SHEET, CALC, TEXT]), st.randoms(use_true_random=False))
def test_damaged_files_give_a_preview_or_a_refusal(content, chance: random.Random):
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    _survives(bytes(spoilt[: chance.randint(1, len(spoilt))] if chance.random() < 0.3 else spoilt), "a.docx")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(
        [
            (WORD, "word/document.xml"),
            (SHEET, "xl/worksheets/sheet1.xml"),
            (SHEET, "xl/styles.xml"),
            (CALC, "content.xml"),
        ]
    ),
    st.randoms(use_true_random=False),
)
def test_odd_xml_inside_gives_a_preview_or_a_refusal(where, chance: random.Random):
    """Attributes and texts become other ones, so that the XML stays whole while its meaning does not."""

    def spoil(part):
        words = part.split(b'"')
        for _ in range(chance.randint(1, 15)):
            place = chance.randrange(1, len(words), 2)
            words[place] = chance.choice(
                [b"", b"-1", b"99999999999", b"x", "²".encode(), words[chance.randrange(1, len(words), 2)]]
            )
        return b'"'.join(words)

    _survives(replaced(where[0], where[1], spoil), "a")


def _survives(content, name):
    try:
        read = preview(content, name)
    except UnreadableFile:
        return
    assert isinstance(read, Preview)
    assert len({action.ref for action in read.actions}) == len(read.actions)


def test_nothing_is_written_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("../outside.txt", "x")
        made.writestr("word/document.xml", "<body/>")
    refused(file.getvalue())
    assert list(tmp_path.iterdir()) == []
