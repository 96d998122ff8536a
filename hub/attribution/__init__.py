"""Fair attribution: who contributed what to which output, how that is said, and the documents that everybody knows."""

from flask import Flask

from hub.attribution import receivers, views  # noqa: F401 -- receivers follow what leaves the open web
from hub.attribution.policy import can_publish, is_lead
from hub.core import navigation
from hub.directory import profile_parts


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    profile_parts.add("attribution", views.on_profile)
    navigation.main.add("attribution", "Credit", "attribution.home", 55)
    navigation.lead.add("contributions", "Contributions", "attribution.contributions", 45, is_lead)
    navigation.upkeep.add("documents", "Documents", "attribution.documents", 70, can_publish)
