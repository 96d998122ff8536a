"""Reads a plan out of a document, spreadsheet or pasted table: a file in, a preview out, nothing stored."""

from hub.core.spreadsheets.errors import UnreadableFile
from hub.plan.importing import formats
from hub.plan.importing.draft import ActionDraft, ColumnReading, MilestoneDraft, Preview, TargetDraft, as_json
from hub.plan.importing.preview import of_tables

__all__ = [
    "ActionDraft",
    "ColumnReading",
    "MilestoneDraft",
    "Preview",
    "TargetDraft",
    "UnreadableFile",
    "as_json",
    "preview",
    "preview_text",
]


def preview(content: bytes, name: str) -> Preview:
    """What a .docx, .xlsx, .ods, .csv, .tsv or .txt file says, told apart by content; *name* is only a hint.

    :raises UnreadableFile: if no plan can be read from it
    """
    return of_tables(formats.tables(content, name))


def preview_text(text: str) -> Preview:
    """What a pasted table says.

    :raises UnreadableFile: if no plan can be read from it
    """
    return of_tables(formats.text_tables(text))
