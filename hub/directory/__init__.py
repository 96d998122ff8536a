"""The directory: who the technicians are, what they know, and who may see it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
