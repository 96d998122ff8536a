"""The kit's pages for developers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the kit's pages."""
