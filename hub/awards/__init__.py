"""Awards: categories, nominations, consent, judging, winners."""

from flask import Flask

from hub.accounts.policy import is_lead
from hub.awards import views
from hub.core import navigation
from hub.directory import profile_parts


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
    app.register_blueprint(views.bp)
    profile_parts.add("awards", views.profiles.on_profile)
    navigation.main.add("awards", "Awards", "awards.home", 60)
    navigation.lead.add("award-cycles", "Award cycles", "awards.cycles", 60, is_lead)
