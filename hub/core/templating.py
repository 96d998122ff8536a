"""What every template may use: filters, signs, the person who asks, addresses of static files that change with them."""

import hashlib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask.templating import Environment as FlaskEnvironment
from flask_login import current_user
from jinja2 import StrictUndefined

from hub.core import charts, clock, form_parts, frame, navigation, plates
from hub.core.differences import pieces
from hub.core.forms import post_inputs
from hub.core.icons import icon
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.core.words import FILTERS

LOOKS = ("auto", "light", "dark")


class Environment(FlaskEnvironment):
    """Flask's, but templates read the globals straight: looking through a chain costs a tenth of a page's making."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    app.jinja_environment = Environment
    app.jinja_options = app.jinja_options | {"cache_size": -1}  # there are so many and no more: none is put out again
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.undefined = StrictUndefined
    env.filters.update(FILTERS)
    env.tests["endpoint"] = navigation.is_place
    env.globals.update(
        icon=icon,
        charts=charts,
        clock=clock,
        frame=frame,
        parts=form_parts,
        pieces=pieces,
        plates=plates,
        place=navigation.place,
        post_inputs=post_inputs,
        static_file=static_file,
        themes=tuple(Theme),
        theme_of=Theme,
        rag_words=Rag.choices(),
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


def static_file(filename: str, endpoint: str = "static") -> str:
    """The address of a file that every page names: built once, anew at each request while debugging."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("static_files", {})
    key = (request.script_root, filename)
    if key not in known or current_app.debug:
        known[key] = url_for(endpoint, filename=filename)
    return known[key]


def add_content_hash(endpoint: str, values: dict[str, Any]) -> None:
    """Give the address of a static file a ``v`` that changes with it, so that browsers may keep it for a year."""
    if "filename" in values and endpoint in {"static", "bootstrap.static"}:
        folder = (current_app.blueprints["bootstrap"] if endpoint == "bootstrap.static" else current_app).static_folder
        values.setdefault("v", content_hash(Path(folder or "") / values["filename"]))


def content_hash(path: Path) -> str | None:
    """Ten hex digits of a file's content: read once, anew at each request while debugging."""
    if not path.is_file():
        return None
    known: dict[Path, str] = current_app.extensions.setdefault("content_hashes", {})
    if path not in known or current_app.debug:
        known[path] = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    return known[path]
