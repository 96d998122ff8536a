"""How the states of a staff file, and what is found in it, are called on the page."""

from hub.workforce.models import Sort, Stage

STAGES = {
    Stage.WAITING: ("Being read", "wait"),
    Stage.UNMAPPED: ("Columns to name", "need"),
    Stage.CHECKED: ("To be decided", "need"),
    Stage.CONFIRMED: ("Being stored", "wait"),
    Stage.DONE: ("Stored", "good"),
    Stage.FAILED: ("Not stored", "stop"),
    Stage.DISCARDED: ("Discarded", "plain"),
}
SORTS = {
    Sort.ERROR: "To put right",
    Sort.NOTE: "To know",
    Sort.JOINS: "Join",
    Sort.CHANGES: "Change",
    Sort.LEAVES: "Leave",
    Sort.MISSING: "Not in the file",
}
TERMS = {"1": "Open-ended", "2": "Fixed-term", "3": "Atypical"}
MODES = {
    "1": "Full-time",
    "2": "Full-time, term only",
    "3": "Part-time",
    "4": "Part-time, term only",
    "5": "Part-time",
    "6": "Dormant",
}
