"""Everything that can be wrong with a whole HTML page without drawing it, found in one parse."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

_TREE = html5lib.getTreeBuilder("etree")
_BUTTON_TYPES = {"hidden", "submit", "button", "reset", "image"}
_SCRIPT_TYPES = {"", "module", "text/javascript", "importmap", "speculationrules"}
_REFERENCES = (
    "for",
    "form",
    "list",
    "headers",
    "popovertarget",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-labelledby",
    "aria-owns",
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PHRASING_ONLY = {
    "abbr",
    "b",
    "button",
    "code",
    "em",
    "i",
    "kbd",
    "label",
    "p",
    "small",
    "span",
    "strong",
    "time",
} | _HEADINGS
_BLOCKS = {
    *(
        "article",
        "aside",
        "blockquote",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
    ),
    *("hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    *_HEADINGS,
}
_INTERACTIVE = {"a", "button", "details", "input", "label", "select", "textarea"}
_CHILDREN = {
    "dl": {"dt", "dd", "div", "script", "template"},
    "ol": {"li", "script", "template"},
    "ul": {"li", "script", "template"},
    "select": {"option", "optgroup", "hr"},
}
_LEFTOVER = re.compile(r"\{\{ [^<\n]{0,40}|\{% [^<\n]{0,40}")
_WORDS = re.compile(r">[^<]*[^<\s][^<]*<")
_VALUES = re.compile(r' (?:(?:value|nonce|content)="[^"]*[^"\s]"|(?:href|src|action)="/[^"]*")')
_UNESCAPED = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#\d+);)")


def check_html(text: str) -> list[str]:
    """What is wrong with the page *text*, one sentence a fault; nothing when it is sound.

    Most pages differ only in words and addresses from one that was found sound before; those are not parsed again.
    """
    if _LEFTOVER.search(text) or _UNESCAPED.search(text):
        return _faults_of(text)
    built = _VALUES.sub(lambda found: found[0].partition("=")[0], _WORDS.sub(">.<", text))
    if built in _sound:
        return []
    faults = _faults_of(text)
    if not faults:
        _sound.add(built)
    return faults


_sound: set[str] = set()


def _faults_of(text: str) -> list[str]:
    parser = html5lib.HTMLParser(tree=_TREE, namespaceHTMLElements=False)
    page = Page(parser.parse(text))
    faults = [f"line {at[0]}: {PARSE_ERRORS[code] % (values or {})}" for at, code, values in parser.errors]
    faults += [f"template code left over: {found}" for found in _LEFTOVER.findall(text)]
    return faults + [fault for rule in RULES for fault in rule(page)]


class Page:
    """A parsed page, with what several rules ask of it found once."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements = [e for e in root.iter() if isinstance(e.tag, str)]
        self.parents = {child: parent for parent in self.elements for child in parent}

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.elements if e.tag in tags]

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(e.attrib["id"] for e in self.elements if "id" in e.attrib)

    @cached_property
    def labelled(self) -> set[str]:
        return {label.get("for", "") for label in self.all("label") if words(label)}

    def ancestors(self, element: Element) -> Iterator[Element]:
        while (element := self.parents.get(element)) is not None:
            yield element

    def has_name(self, element: Element) -> bool:
        """Whether assistive technology can say what *element* is."""
        named = element.get("aria-label", "").strip() or element.get("aria-labelledby") or element.get("title")
        return bool(named or words(element))


def words(element: Element) -> str:
    """The text of *element*, that of its pictures included."""
    pictures = (
        e.get("alt") or e.get("aria-label") or "" for e in element.iter() if isinstance(e.tag, str) and e is not element
    )
    return ("".join(element.itertext()) + "".join(pictures)).strip()


def shown(element: Element) -> str:
    """The start tag of *element*, shortened, for a message."""
    attributes = [
        f'{n}="{v[:40]}"' for n, v in element.attrib.items() if n in {"id", "name", "class", "href", "type", "action"}
    ]
    return f"<{' '.join([str(element.tag), *attributes])}>"


def _title_and_headings(page: Page) -> Iterator[str]:
    if not any(words(title) for title in page.all("title")):
        yield "the page has no title"
    if not page.root.get("lang"):
        yield "<html> does not say its language"
    headings = page.all(*_HEADINGS)
    firsts = sum(h.tag == "h1" for h in headings)
    if firsts != 1:
        yield f"{firsts} h1 headings instead of one"
    yield from (f"empty heading {shown(h)}" for h in headings if not words(h))
    levels = [int(h.tag[1]) for h in headings]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"heading h{below} follows h{above}"


def _ids_and_references(page: Page) -> Iterator[str]:
    yield from (f"id used {times} times: {name}" for name, times in page.ids.items() if times > 1)
    yield from (f"id with a space or empty: {name!r}" for name in page.ids if not name or re.search(r"\s", name))
    for element in page.elements:
        for attribute in _REFERENCES:
            for name in element.get(attribute, "").split():
                if name not in page.ids:
                    yield f"{attribute} refers to nothing: {name} in {shown(element)}"


def _fields(page: Page) -> Iterator[str]:
    for field in page.all("input", "select", "textarea"):
        if field.get("type", "").lower() in _BUTTON_TYPES and field.tag == "input":
            continue
        named = field.get("aria-label", "").strip() or field.get("aria-labelledby")
        if (
            not named
            and field.get("id") not in page.labelled
            and not any(a.tag == "label" for a in page.ancestors(field))
        ):
            yield f"field without a label: {shown(field)}"


def _names(page: Page) -> Iterator[str]:
    for element in page.all("a", "button", "summary"):
        if not page.has_name(element):
            yield f"nothing says what this is: {shown(element)}"
    yield from (f"image without alt: {e.get('src', '')}" for e in page.all("img") if "alt" not in e.attrib)


def _links(page: Page) -> Iterator[str]:
    for link in page.all("a"):
        address = link.get("href")
        if address is None:
            continue
        if address.strip() in {"", "#"} or address.lower().startswith("javascript:"):
            yield f"link that leads nowhere: {shown(link)}"
        elif address.startswith("#") and address[1:] not in page.ids:
            yield f"link to a missing part of the page: {address}"


def _forms(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if form.get("method", "get").lower() != "post":
            continue
        inside = {e.get("name") for e in form.iter("input") if e.get("type") == "hidden"}
        for needed in ("csrf_token", "_once"):
            if needed not in inside:
                yield f"POST form without {needed}: {shown(form)}"


def _content_policy(page: Page) -> Iterator[str]:
    for element in page.elements:
        if "style" in element.attrib:
            yield f"inline style on {shown(element)}"
        yield from (f"inline script {name} on {shown(element)}" for name in element.attrib if name.startswith("on"))
    for script in page.all("script"):
        runs = script.get("type", "").lower() in _SCRIPT_TYPES
        if runs and "src" not in script.attrib and not script.get("nonce"):
            yield "inline <script> without a nonce"
    yield from ("<style> without a nonce" for style in page.all("style") if not style.get("nonce"))


def _nesting(page: Page) -> Iterator[str]:
    for element in page.elements:
        parent = page.parents.get(element)
        if parent is None:
            continue
        if element.tag in _BLOCKS and parent.tag in _PHRASING_ONLY:
            yield f"{shown(element)} inside {shown(parent)}"
        if element.tag not in _CHILDREN.get(parent.tag, {element.tag}):
            yield f"{shown(element)} directly inside {shown(parent)}"
        if element.tag in _INTERACTIVE and element.get("type") != "hidden":
            yield from (
                f"{shown(element)} inside {shown(a)}" for a in page.ancestors(element) if a.tag in {"a", "button"}
            )


RULES: tuple[Callable[[Page], Iterator[Any]], ...] = (
    _title_and_headings,
    _ids_and_references,
    _fields,
    _names,
    _links,
    _forms,
    _content_policy,
    _nesting,
)
