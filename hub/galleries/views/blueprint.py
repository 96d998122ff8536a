"""The blueprint that the galleries' pages share."""

from flask import Blueprint

bp = Blueprint("galleries", __name__, url_prefix="/galleries")
