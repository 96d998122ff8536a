"""What kind of file it is, by its content with the name as a hint."""

from hub.core.spreadsheets.archives import DAMAGED
from hub.core.spreadsheets.errors import UnreadableFile

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


def refuse_other_kinds(content: bytes, name: str, wanted: str) -> None:
    """Let pass what may be text; *wanted* says what to send instead, such as “save it as .csv and send that.”

    :raises UnreadableFile: if it is none, or its name promises more than the content keeps
    """
    if content.startswith(OLE):
        raise UnreadableFile(_old_office(content, wanted))
    _refuse_wrong_kinds(content, wanted)
    if name.casefold().endswith((".docx", ".xlsx", ".ods", ".docm", ".xlsm")):
        raise UnreadableFile(DAMAGED)


def _old_office(content: bytes, wanted: str) -> str:
    if ENCRYPTED in content:
        return "The file is protected by a password; remove the password and send it again."
    if OLD_WORD in content:
        return "This is a Word document of the old .doc kind; save it as .docx and send that."
    if OLD_POWERPOINT in content:
        return f"These are PowerPoint slides; {wanted}"
    return "This is a workbook of the old .xls kind; save it as .xlsx and send that."


def _refuse_wrong_kinds(content: bytes, wanted: str) -> None:
    for start, kind in WRONG_KINDS:
        if content.startswith(start):
            raise UnreadableFile(f"This is {kind}, from which no table can be read; {wanted}")
    if content[8:12] in {b"WEBP", b"WAVE"} or content[4:8] == b"ftyp":
        raise UnreadableFile(f"This is a picture or recording, from which no table can be read; {wanted}")
    if any(mark in content[:HTML_WITHIN].lower() for mark in HTML):
        raise UnreadableFile(f"This is a web page, from which no table can be read; {wanted}")
