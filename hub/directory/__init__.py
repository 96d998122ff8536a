"""The directory: who the technicians are, what they know, and who may see it."""

from flask import Flask

from hub.directory import receivers  # noqa: F401 -- follows changes of people


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
