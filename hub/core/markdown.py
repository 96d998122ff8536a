"""What people write in Markdown as safe HTML: paragraphs, emphasis, lists and links, in documents headings as well."""

from markupsafe import Markup

TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}
HEADINGS = {"h2", "h3", "h4"}


def as_html(text: str, *, headings: bool = False) -> Markup:
    """*headings* stand under the page's own, and none skips a level, whichever signs they were written with."""
    import nh3  # noqa: PLC0415 -- slow import
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- slow import

    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    tokens = markdown.parse(text)
    written = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in written})
    above = 1
    for token in written:
        above = min(2 + levels.index(token.tag), above + (token.type == "heading_open"), 4)
        token.tag = f"h{above}"
    return Markup(  # noqa: S704 -- cleaned in the same line
        nh3.clean(
            markdown.renderer.render(tokens, markdown.options, {}),
            tags=TAGS | HEADINGS if headings else TAGS,
            attributes={"a": {"href"}},
            url_schemes={"https", "mailto"},
        )
    )
