"""The plan on paper, with its RAG appendix and numbered evidence, and the report of a month: tagged PDF and Word."""

from hub.plan.documents.content import Audience, appendix, content, title
from hub.plan.documents.month import month_as_docx, month_as_pdf, month_content
from hub.plan.documents.paper import appendix_as_pdf, as_pdf
from hub.plan.documents.word import appendix_as_docx, as_docx

__all__ = [
    "Audience",
    "appendix",
    "appendix_as_docx",
    "appendix_as_pdf",
    "as_docx",
    "as_pdf",
    "content",
    "month_as_docx",
    "month_as_pdf",
    "month_content",
    "title",
]
