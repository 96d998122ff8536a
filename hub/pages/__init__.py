"""Pages that draw on many features: my hub, impact, the public page, and the small print."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
