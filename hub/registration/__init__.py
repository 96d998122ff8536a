"""Professional registration: registers, journeys, mentors, competence statements."""

from flask import Flask

from hub.core import navigation
from hub.registration import views
from hub.registration.policy import can_lead


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
    app.register_blueprint(views.bp)
    navigation.main.add("registration", "Registration", "registration.home", 50)
    navigation.lead.add("mentoring", "Mentoring", "registration.mentoring", 50, can_lead)
