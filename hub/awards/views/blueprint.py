"""The blueprint that the awards' pages share."""

from flask import Blueprint

bp = Blueprint("awards", __name__, url_prefix="/awards")
