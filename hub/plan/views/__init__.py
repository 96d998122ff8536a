"""Pages of the plan, by what they are about."""

from hub.plan.views import actions, documents, imports, inbox, measuring, rules, tracker
from hub.plan.views.blueprint import bp

__all__ = ["actions", "bp", "documents", "imports", "inbox", "measuring", "rules", "tracker"]
