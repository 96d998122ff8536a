"""A biography's Markdown as safe HTML: paragraphs, emphasis, lists and links, nothing else."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


def as_html(text: str) -> Markup:
    return Markup(  # noqa: S704 -- cleaned in the same line
        nh3.clean(_markdown.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"})
    )
