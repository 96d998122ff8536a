"""Professional registration: registers, journeys, mentors, competence statements."""

from flask import Flask

from hub.core import navigation
from hub.directory import profile_parts
from hub.registration import receivers, views  # noqa: F401 -- receivers follow new profiles
from hub.registration.policy import can_lead


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
    app.register_blueprint(views.bp)
    profile_parts.add("registration", views.profiles.on_profile)
    navigation.main.add("registration", "Registration", "registration.home", 50)
    navigation.lead.add("mentoring", "Mentoring", "registration.mentoring", 50, can_lead)
