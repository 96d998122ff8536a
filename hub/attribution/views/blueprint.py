"""Where the pages of attribution live."""

from flask import Blueprint

bp = Blueprint("attribution", __name__, url_prefix="/credit")
