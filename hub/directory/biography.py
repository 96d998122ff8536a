"""A biography's Markdown as safe HTML: paragraphs, emphasis, lists and links, nothing else."""

from markupsafe import Markup

_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}


def as_html(text: str) -> Markup:
    import nh3  # noqa: PLC0415 -- slow import
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- slow import

    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return Markup(  # noqa: S704 -- cleaned in the same line
        nh3.clean(markdown.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"})
    )
