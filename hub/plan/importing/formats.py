"""What kind of file it is, by its content with the name as a hint, and the tables in it."""

from hub.plan.importing import columns, opendocument, word_documents, workbooks, written_text
from hub.plan.importing.archives import Archive
from hub.plan.importing.errors import UnreadablePlan
from hub.plan.importing.grid import MAX_CHARACTERS, TOO_MUCH_TEXT, Table

MAX_BYTES = 10 * 1024 * 1024
WANTED = "save the plan as .docx, .xlsx, .ods or .csv and send that."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_WORD = "WordDocument".encode("utf-16-le")
OLD_POWERPOINT = "PowerPoint Document".encode("utf-16-le")
WRONG_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"{\\rtf", "a rich text file"),
    (b"<?xml", "an XML file"),
    (b"<svg", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table")
HTML_WITHIN = 1024


def tables(content: bytes, name: str) -> list[Table]:
    """:raises UnreadablePlan: if the file is too large, empty, protected, damaged or of another kind"""
    if len(content) > MAX_BYTES:
        raise UnreadablePlan("The file is larger than 10 MB, which is too large for an action plan.")
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadablePlan("The file is empty.")
    if content.startswith(OLE):
        raise UnreadablePlan(_old_office(content))
    if content.startswith(b"PK"):
        return _archived(Archive(content))
    _refuse_wrong_kinds(content)
    if name.casefold().endswith((".docx", ".xlsx", ".ods", ".docm", ".xlsm")):
        raise UnreadablePlan(
            "The file is damaged and cannot be opened; open it in its own program, save it again and send that."
        )
    return text_tables(written_text.decode(content))


def text_tables(text: str) -> list[Table]:
    """The tables of a text, parted by whichever of tab, semicolon, comma and bar makes most sense of it.

    :raises UnreadablePlan: if the text is too long or has nothing in it
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadablePlan(TOO_MUCH_TEXT)
    if not text.strip():
        raise UnreadablePlan("There is no text to read.")
    best: list[Table] = []
    most = 0
    too_large: UnreadablePlan | None = None
    for delimiter in written_text.delimiters(text):
        try:
            read = written_text.read(text, delimiter)
        except UnreadablePlan as refusal:
            too_large = refusal
            continue
        known = _most_headings(read)
        if known > most:
            best, most = read, known
    if too_large is not None and not best:
        raise too_large
    return best


def _most_headings(tables: list[Table]) -> int:
    readings = (columns.read(row) for table in tables for row in table.rows)
    return max((headings.known for headings in readings if headings), default=0)


def _archived(archive: Archive) -> list[Table]:
    if "xl/workbook.bin" in archive.names:
        raise UnreadablePlan("This is a binary Excel workbook; save it as .xlsx and send that.")
    if any(name.startswith("word/") for name in archive.names):
        return word_documents.read(archive)
    if any(name.startswith("xl/") for name in archive.names):
        return workbooks.read(archive)
    if "mimetype" in archive.names and b"opendocument.spreadsheet" in archive.bytes("mimetype"):
        return opendocument.read(archive)
    if "mimetype" in archive.names and b"opendocument.text" in archive.bytes("mimetype"):
        raise UnreadablePlan("This is an OpenDocument text; save it as .docx and send that.")
    if any(name.startswith("ppt/") for name in archive.names):
        raise UnreadablePlan(f"These are PowerPoint slides; {WANTED}")
    raise UnreadablePlan(f"This is an archive and not a document; {WANTED}")


def _old_office(content: bytes) -> str:
    if ENCRYPTED in content:
        return "The file is protected by a password; remove the password and send it again."
    if OLD_WORD in content:
        return "This is a Word document of the old .doc kind; save it as .docx and send that."
    if OLD_POWERPOINT in content:
        return f"These are PowerPoint slides; {WANTED}"
    return "This is a workbook of the old .xls kind; save it as .xlsx and send that."


def _refuse_wrong_kinds(content: bytes) -> None:
    for start, kind in WRONG_KINDS:
        if content.startswith(start):
            raise UnreadablePlan(f"This is {kind}, from which no table can be read; {WANTED}")
    if content[8:12] in {b"WEBP", b"WAVE"} or content[4:8] == b"ftyp":
        raise UnreadablePlan(f"This is a picture or recording, from which no table can be read; {WANTED}")
    if any(mark in content[:HTML_WITHIN].lower() for mark in HTML):
        raise UnreadablePlan(f"This is a web page, from which no table can be read; {WANTED}")
