"""What people write in Markdown as safe HTML: paragraphs, emphasis, lists and links, in documents headings as well."""

from markupsafe import Markup

TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}
HEADINGS = {"h2", "h3", "h4"}


def as_html(text: str, *, headings: bool = False) -> Markup:
    """*headings* begin under the page's own: the largest one that can be written becomes the second level."""
    import nh3  # noqa: PLC0415 -- slow import
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- slow import

    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    return Markup(  # noqa: S704 -- cleaned in the same line
        nh3.clean(
            markdown.renderer.render(tokens, markdown.options, {}),
            tags=TAGS | HEADINGS if headings else TAGS,
            attributes={"a": {"href"}},
            url_schemes={"https", "mailto"},
        )
    )
