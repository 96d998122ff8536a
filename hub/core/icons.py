"""Bootstrap's icons, drawn in place from the wheel's sprite: only what a page shows travels to the browser."""

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup


@cache
def _drawings() -> dict[str, str]:
    """What each icon of the sprite is drawn with, by name."""
    sprite = files("flask_bootstrap").joinpath("static/bootstrap5/icons/bootstrap-icons.svg").read_text("utf-8")
    return dict(re.findall(r'<symbol [^>]*id="([^"]+)">(.*?)</symbol>', sprite, re.DOTALL))


@cache
def icon(name: str, extra: str = "") -> Markup:
    """One icon: decoration, so hidden from assistive technology.

    :raises KeyError: if Bootstrap has no icon of that name
    """
    classes = f"icon {extra}".strip()
    drawing = Markup(_drawings()[name])  # noqa: S704  # from the wheel, not from a person
    return Markup('<svg class="{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>').format(classes, drawing)
