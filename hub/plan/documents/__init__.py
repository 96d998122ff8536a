"""The plan on paper, with its RAG appendix and numbered evidence, and the report of a month: tagged PDF and Word."""

from hub.plan.documents.content import Audience, content, file_name
from hub.plan.documents.month import month_as_docx, month_as_pdf, month_content
from hub.plan.documents.paper import as_pdf
from hub.plan.documents.word import as_docx

__all__ = [
    "Audience",
    "as_docx",
    "as_pdf",
    "content",
    "file_name",
    "month_as_docx",
    "month_as_pdf",
    "month_content",
]
