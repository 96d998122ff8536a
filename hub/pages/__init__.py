"""Pages that draw on many features: my hub, impact, the public page, and the small print."""

from flask import Flask

from hub.core import navigation
from hub.pages.views import bp
from hub.plan.policy import can_read_plans


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    navigation.lead.add("impact", "Impact", "pages.impact", 10, can_read_plans)
