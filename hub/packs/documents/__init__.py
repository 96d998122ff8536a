"""A pack to be sent: as one tagged PDF, as a Word file, and with its files in one archive."""

from hub.packs.documents.archive import as_archive
from hub.packs.documents.content import content
from hub.packs.documents.paper import as_pdf
from hub.packs.documents.word import as_docx

__all__ = ["as_archive", "as_docx", "as_pdf", "content"]
