"""The directory: who the technicians are, what they know, and who may see it."""

from flask import Flask

from hub.accounts.policy import is_technician
from hub.core import navigation
from hub.directory import policy, receivers, views  # noqa: F401 -- receivers follow changes of people


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    navigation.main.add("directory", "Directory", "directory.search", 20)
    navigation.upkeep.add("vocabulary", "Vocabulary of skills", "directory.vocabulary", 87, policy.keeps_vocabulary)
    navigation.me.add("profile", "My profile", "directory.edit_profile", 10, rule=is_technician)
