"""The workforce as the staff list has it: importing the list, and the contracts that it tells of."""

from flask import Flask

from hub.core import navigation
from hub.workforce import policy, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    navigation.upkeep.add("staff-list", "Staff list", "workforce.staff_list", 82, policy.can_import)
