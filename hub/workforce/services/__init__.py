"""What is done with staff files: sending them, saying what their columns are, deciding, reading and storing."""

from hub.workforce.services.feeding import CannotFeed, Fed, feed
from hub.workforce.services.sending import (
    ColumnsLacking,
    LooksWrong,
    MeantTwice,
    confirm,
    discard,
    let_go_of_old,
    name_columns,
    send,
    work_of,
)
from hub.workforce.services.working import work

__all__ = [
    "CannotFeed",
    "ColumnsLacking",
    "Fed",
    "LooksWrong",
    "MeantTwice",
    "confirm",
    "discard",
    "feed",
    "let_go_of_old",
    "name_columns",
    "send",
    "work",
    "work_of",
]
