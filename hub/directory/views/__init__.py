"""The pages of the directory, under /people."""

from flask import Blueprint

bp = Blueprint("directory", __name__, url_prefix="/people")

from hub.directory.views import finding, own, profiles, units, vocabulary, writing  # noqa: E402, F401 -- they add their pages to bp
