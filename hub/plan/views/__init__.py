"""Pages of the plan, by what they are about."""

from hub.plan.views import (
    actions,
    check_ins,
    consultation,
    coverage,
    documents,
    imports,
    inbox,
    lineage,
    mapping,
    measuring,
    monthly,
    rules,
    tracker,
    versions,
)
from hub.plan.views.blueprint import bp

__all__ = [
    "actions",
    "bp",
    "check_ins",
    "consultation",
    "coverage",
    "documents",
    "imports",
    "inbox",
    "lineage",
    "mapping",
    "measuring",
    "monthly",
    "rules",
    "tracker",
    "versions",
]
