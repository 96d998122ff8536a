"""Skills sharing: what people ask to learn and offer to teach, and the sessions that come of it."""

from flask import Flask

from hub.core import navigation
from hub.skills import views


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
    app.register_blueprint(views.bp)
    navigation.main.add("skills", "Skills", "skills.home", 30)
