"""Scheduled work: a ticker, and one row for each time a job is due."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
