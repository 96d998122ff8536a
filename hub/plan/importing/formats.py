"""What kind of file it is, by its content with the name as a hint, and the tables in it."""

from hub.core.spreadsheets.archives import Archive
from hub.core.spreadsheets.encodings import decode
from hub.core.spreadsheets.errors import UnreadableFile
from hub.core.spreadsheets.kinds import refuse_other_kinds
from hub.plan.importing import columns, lists, opendocument, word_documents, workbooks, written_text
from hub.plan.importing.grid import MAX_CHARACTERS, TOO_MUCH_TEXT, Table

MAX_BYTES = 10 * 1024 * 1024
WANTED = "save the plan as .docx, .xlsx, .ods or .csv and send that."


def tables(content: bytes, name: str) -> list[Table]:
    """:raises UnreadableFile: if the file is too large, empty, protected, damaged or of another kind"""
    if len(content) > MAX_BYTES:
        raise UnreadableFile("The file is larger than 10 MB, which is too large for an action plan.")
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableFile("The file is empty.")
    if content.startswith(b"PK"):
        return _archived(Archive(content))
    refuse_other_kinds(content, name, WANTED)
    return text_tables(decode(content))


def text_tables(text: str) -> list[Table]:
    """The tables of a text, parted by whichever of tab, semicolon, comma and bar makes most sense of it.

    :raises UnreadableFile: if the text is too long or has nothing in it
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile(TOO_MUCH_TEXT)
    if not text.strip():
        raise UnreadableFile("There is no text to read.")
    best: list[Table] = []
    most = 0
    too_large: UnreadableFile | None = None
    for delimiter in written_text.delimiters(text):
        try:
            read = written_text.read(text, delimiter)
        except UnreadableFile as refusal:
            too_large = refusal
            continue
        known = _most_headings(read)
        if known > most:
            best, most = read, known
    if too_large is not None and not best:
        raise too_large
    listed = lists.table(written_text.lines(text))
    return [*best, listed] if listed else best


def _most_headings(tables: list[Table]) -> int:
    readings = (columns.read(row) for table in tables for row in table.rows)
    return max((headings.known for headings in readings if headings), default=0)


def _archived(archive: Archive) -> list[Table]:
    if "xl/workbook.bin" in archive.names:
        raise UnreadableFile("This is a binary Excel workbook; save it as .xlsx and send that.")
    if any(name.startswith("word/") for name in archive.names):
        return word_documents.read(archive)
    if any(name.startswith("xl/") for name in archive.names):
        return workbooks.read(archive)
    if "mimetype" in archive.names and b"opendocument.spreadsheet" in archive.bytes("mimetype"):
        return opendocument.read(archive)
    if "mimetype" in archive.names and b"opendocument.text" in archive.bytes("mimetype"):
        raise UnreadableFile("This is an OpenDocument text; save it as .docx and send that.")
    if any(name.startswith("ppt/") for name in archive.names):
        raise UnreadableFile(f"These are PowerPoint slides; {WANTED}")
    raise UnreadableFile(f"This is an archive and not a document; {WANTED}")
