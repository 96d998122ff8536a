"""The plan on paper: one tagged PDF and one Word file, with its RAG appendix and numbered evidence."""

from hub.plan.documents.content import Audience, content, file_name
from hub.plan.documents.paper import as_pdf
from hub.plan.documents.word import as_docx

__all__ = ["Audience", "as_docx", "as_pdf", "content", "file_name"]
