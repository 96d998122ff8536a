"""``python -m hub <command>``: running, migrating, checking, the demo, and the plan reader."""

from hub.cli.commands import main

__all__ = ["main"]
