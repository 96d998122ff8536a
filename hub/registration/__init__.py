"""Professional registration: registers, journeys, mentors, competence statements."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
