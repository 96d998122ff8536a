"""The plan on paper: one tagged PDF and one Word file, with its RAG appendix and numbered evidence."""

from hub.plan.documents.content import Audience, appendix, content, file_name
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
    "file_name",
]
