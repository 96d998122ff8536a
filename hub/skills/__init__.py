"""Skills sharing: what people ask to learn and offer to teach, and the sessions that come of it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
