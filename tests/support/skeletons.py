"""What a page is built of, without its words, so that a few pages stand for all that are built alike."""

from collections.abc import Iterator, Mapping
from typing import Any

import lxml.html

_BUILT_OF = ("role", "type", "aria-current", "data-theme")


def parts_of(text: str) -> frozenset[str]:
    """Every kind of element of the page *text* in its place: the tags and classes that lead to it."""
    body = lxml.html.document_fromstring(text.encode()).find("body")
    return frozenset(_parts(body, ""))


def cover(pages: Mapping[Any, frozenset[Any]], *, seen: frozenset[Any] = frozenset()) -> list[Any]:
    """A few of *pages* that have between them every part that all of them have and that nobody has *seen* yet."""
    left = {key: parts - seen for key, parts in pages.items()}
    chosen = []
    while left:
        key, parts = max(left.items(), key=lambda one: len(one[1]))
        if not parts:
            break
        chosen.append(key)
        left = {other: rest - parts for other, rest in left.items() if other != key}
    return chosen


def _parts(element: Any, place: str) -> Iterator[str]:
    if not isinstance(element.tag, str):  # a comment
        return
    own = " ".join([element.tag, *sorted(element.get("class", "").split())])
    here = f"{place}>{own}" + "".join(f"[{name}={element.get(name)}]" for name in _BUILT_OF if element.get(name))
    yield here
    for child in element:
        yield from _parts(child, here)
