"""Galleries: curated pages of technicians who agreed to be shown, with cards and posters to print."""

from flask import Flask

from hub.core import navigation
from hub.galleries import policy, receivers, views  # noqa: F401 -- receivers follow changes of people


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
    app.register_blueprint(views.bp)
    navigation.lead.add("galleries", "Galleries", "galleries.index", 70, policy.edits)
