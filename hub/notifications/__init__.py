"""Telling people what concerns them: the bell, the outbox, their own choices."""

from flask import Flask

from hub.core import navigation
from hub.notifications import policy, queries, receivers, views

__all__ = ["init_app", "receivers"]


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    navigation.bell = queries.unread
    navigation.upkeep.add("mail", "Mail", "notifications.outbox", 95, policy.can_see_outbox)
