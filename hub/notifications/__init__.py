"""Telling people what concerns them: the bell, the outbox, their own choices."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
