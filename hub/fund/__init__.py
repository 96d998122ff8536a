"""The technicians' development fund: rounds, applications, decisions, claims, reports."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
