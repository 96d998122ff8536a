"""The Technicians' Hub: one Flask application, many feature packages."""

from pathlib import Path
from typing import Any

from flask import Flask

from hub import (
    accounts,
    attribution,
    awards,
    charters,
    directory,
    evidence,
    fund,
    galleries,
    jobs,
    notifications,
    packs,
    pages,
    plan,
    registration,
    skills,
    workforce,
)
from hub.core import db, faults, kit, settings, templating, web

FEATURES = (
    accounts,
    notifications,
    directory,
    workforce,
    skills,
    registration,
    fund,
    awards,
    attribution,
    galleries,
    evidence,
    charters,
    plan,
    packs,
    pages,
    jobs,
)


def create_app(config: Any = "config.Config", *, serves: bool = True) -> Flask:
    """Build the application: settings, extensions, then each feature package.

    One that *serves* real people does not start with settings that are a trap; commands that look at it do.
    """
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.from_object(config)
    Path(app.config["VAR"]).mkdir(parents=True, exist_ok=True)
    if serves:
        settings.refuse_unsafe(app.config)
    db.init_app(app)
    templating.init_app(app)
    web.init_app(app)
    faults.init_app(app)
    kit.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
    return app
