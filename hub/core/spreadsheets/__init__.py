"""Spreadsheets and texts as people send them: opened so that a hostile one does no harm."""

from hub.core.spreadsheets.errors import UnreadableFile

__all__ = ["UnreadableFile"]
