"""The evidence ledger: what happened, for which theme, and what proves it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
