"""The five themes of the Technician Commitment, in the order in which every plan lists them."""

from enum import StrEnum


class Theme(StrEnum):
    VISIBILITY = "visibility"
    RECOGNITION = "recognition"
    CAREER_DEVELOPMENT = "career_development"
    SUSTAINABILITY = "sustainability"
    EVALUATING_IMPACT = "evaluating_impact"

    @property
    def label(self) -> str:
        return _SIGNS[self][0]

    @property
    def icon(self) -> str:
        return _SIGNS[self][1]


_SIGNS = {
    Theme.VISIBILITY: ("Visibility", "eye"),
    Theme.RECOGNITION: ("Recognition", "patch-check"),
    Theme.CAREER_DEVELOPMENT: ("Career development", "signpost-split"),
    Theme.SUSTAINABILITY: ("Sustainability", "tree"),
    Theme.EVALUATING_IMPACT: ("Evaluating impact", "clipboard-data"),
}
