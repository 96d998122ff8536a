"""The action plan: actions, milestones, indicators, RAG, import, and the documents made of it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
