"""Evidence packs: what was chosen, numbered, frozen and sent, and what of it may be sent no longer."""

from flask import Flask

from hub.core import navigation
from hub.packs import receivers  # noqa: F401 -- connects the signals
from hub.packs.policy import can_read_packs
from hub.packs.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    navigation.lead.add("packs", "Evidence packs", "packs.list_all", 34, can_read_packs)
