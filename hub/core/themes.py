"""The five themes of the Technician Commitment, in the order in which every plan lists them."""

from hub.core.named import Named


class Theme(Named):
    VISIBILITY = "visibility", "Visibility"
    RECOGNITION = "recognition", "Recognition"
    CAREER_DEVELOPMENT = "career_development", "Career development"
    SUSTAINABILITY = "sustainability", "Sustainability"
    EVALUATING_IMPACT = "evaluating_impact", "Evaluating impact"

    @property
    def icon(self) -> str:
        return {
            "visibility": "eye",
            "recognition": "patch-check",
            "career_development": "signpost-split",
            "sustainability": "tree",
            "evaluating_impact": "clipboard-data",
        }[self]
