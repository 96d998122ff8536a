"""The evidence ledger: what happened, for which theme, and what proves it."""

from flask import Flask

from hub.core import navigation
from hub.evidence import receivers  # noqa: F401 -- connects the signals
from hub.evidence.policy import can_read_ledger
from hub.evidence.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    navigation.me.add("mine", "My impact record", "evidence.mine", 20)
    navigation.lead.add("ledger", "Evidence ledger", "evidence.ledger", 32, can_read_ledger)
