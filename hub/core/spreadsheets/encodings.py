"""Text in whatever encoding a program saved it."""

from hub.core.spreadsheets.errors import UnreadableFile

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UNREADABLE = (
    "The file is not a document, spreadsheet or text that can be read; save it as .docx or .xlsx and send that."
)
MAX_STRANGE = 0.02


def decode(content: bytes) -> str:
    """:raises UnreadableFile: if it is not text"""
    return content.decode(encoding_of(content), errors="replace")


def encoding_of(content: bytes) -> str:
    """The encoding in which all of *content* makes sense; Windows-1252 takes what is left.

    :raises UnreadableFile: if it is not text
    """
    encoding = _likely(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = content.decode(encoding, errors="replace")
    strange = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\v\f") + text.count("\ufffd")
    if strange > MAX_STRANGE * len(text) or "\0" in text:
        raise UnreadableFile(UNREADABLE)
    return encoding


def _likely(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:4096]
    if sample.count(0) * 3 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return "utf-8"
