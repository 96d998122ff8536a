"""Charters besides the Commitment: their points as each institution words them, and what stands on them."""

from flask import Flask

from hub.charters import receivers  # noqa: F401 -- connects the signals
from hub.charters.policy import can_read
from hub.charters.views import bp
from hub.core import navigation


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    navigation.upkeep.add("charters", "Charters", "charters.list_all", 40, can_read)
