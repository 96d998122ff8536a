"""What every template may use: filters, signs, the person who asks, addresses of static files that change with them."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user
from jinja2 import StrictUndefined

from hub.core import charts, clock, form_parts, navigation, plates
from hub.core.forms import post_inputs
from hub.core.icons import icon
from hub.core.rag import RAG_WORDS
from hub.core.themes import Theme
from hub.core.words import FILTERS

LOOKS = ("auto", "light", "dark")


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.undefined = StrictUndefined
    env.filters.update(FILTERS)
    env.tests["endpoint"] = navigation.is_place
    env.globals.update(
        icon=icon,
        charts=charts,
        clock=clock,
        parts=form_parts,
        plates=plates,
        place=navigation.place,
        post_inputs=post_inputs,
        themes=tuple(Theme),
        theme_of=Theme,
        rag_words=RAG_WORDS,
    )
    app.context_processor(asked)
    app.url_defaults(add_content_hash)


def asked() -> dict[str, Any]:
    """What depends on who asks, when, and in which light."""
    viewer = current_user._get_current_object() if current_user and current_user.is_authenticated else None
    look = request.cookies.get("look", "auto")
    return {
        "look": look if look in LOOKS else "auto",
        "viewer": viewer,
        "institution": viewer.institution if viewer else g.get("institution"),
        "here": "",
        "today": clock.today(),
        "now": clock.london(clock.now()),
        "csp_nonce": g.get("csp_nonce", ""),
        "navigation": navigation,
    }


def add_content_hash(endpoint: str, values: dict[str, Any]) -> None:
    """Give ``url_for('static', …)`` a ``v`` that changes with the file, so that browsers may keep it for a year."""
    if endpoint == "static" and "filename" in values:
        values.setdefault("v", content_hash(values["filename"]))


def content_hash(filename: str) -> str | None:
    """Ten hex digits of a static file's content; read once, or at each change while debugging."""
    path = Path(current_app.static_folder or "") / filename
    if not path.is_file():
        return None
    known: dict[Path, tuple[float, str]] = current_app.extensions.setdefault("content_hashes", {})
    if path not in known or (current_app.debug and known[path][0] != path.stat().st_mtime):
        known[path] = (path.stat().st_mtime, hashlib.sha256(path.read_bytes()).hexdigest()[:10])
    return known[path][1]
