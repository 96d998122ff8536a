"""What is done to profiles, to skills and their vocabulary, and to the index of both."""

from hub.directory.services.index import follow_people, follow_unit, follow_vocabulary, reindex, reindex_all, together
from hub.directory.services.profiles import (
    EDITABLE,
    NotAgreed,
    agree_to_public,
    confirm,
    describe_photograph,
    edit_profile,
    missing_parts,
    remove_photograph,
    report,
    set_photograph,
    withdraw_public,
)
from hub.directory.services.skills import (
    MOST_SKILLS,
    Claim,
    TooManySkills,
    add_skill_to,
    add_skills_to,
    remove_skill,
    start_learning,
)
from hub.directory.services.vocabulary import load_vocabulary

__all__ = [
    "EDITABLE",
    "MOST_SKILLS",
    "Claim",
    "NotAgreed",
    "TooManySkills",
    "add_skill_to",
    "add_skills_to",
    "agree_to_public",
    "confirm",
    "describe_photograph",
    "edit_profile",
    "follow_people",
    "follow_unit",
    "follow_vocabulary",
    "load_vocabulary",
    "missing_parts",
    "reindex",
    "reindex_all",
    "remove_photograph",
    "remove_skill",
    "report",
    "set_photograph",
    "start_learning",
    "together",
    "withdraw_public",
]
