"""The Technicians' Hub: one Flask application, many feature packages."""

from typing import Any

from flask import Flask

from hub import accounts, awards, directory, evidence, fund, jobs, notifications, pages, plan, registration, skills
from hub.core import db, faults, kit, templating, web

FEATURES = (accounts, notifications, directory, skills, registration, fund, awards, evidence, plan, pages, jobs)


def create_app(config: Any = "config.Config") -> Flask:
    """Build the application: settings, extensions, then each feature package."""
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.from_object(config)
    db.init_app(app)
    web.init_app(app)
    templating.init_app(app)
    faults.init_app(app)
    kit.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
    return app
