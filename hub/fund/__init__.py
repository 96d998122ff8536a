"""The technicians' development fund: rounds, applications, decisions, claims, reports."""

from flask import Flask

from hub.accounts.policy import is_lead
from hub.core import navigation
from hub.fund import receivers, views

__all__ = ["init_app", "receivers"]


def init_app(app: Flask) -> None:
    """Register what this feature adds to the application."""
    app.register_blueprint(views.bp)
    navigation.main.add("fund", "Fund", "fund.home", 40)
    navigation.lead.add("fund_rounds", "Fund rounds", "fund.rounds", 40, is_lead)
