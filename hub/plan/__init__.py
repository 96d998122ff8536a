"""The action plan: actions, milestones, indicators, RAG, import, and the documents made of it."""

from flask import Flask

from hub.core import navigation
from hub.plan import receivers  # noqa: F401 -- connects the signals
from hub.plan.policy import can_lead, can_read_plans
from hub.plan.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    navigation.lead.add("plan", "Action plan", "plan.current", 20, can_read_plans)
    navigation.lead.add("inbox", "Evidence inbox", "plan.inbox", 30, can_lead)
