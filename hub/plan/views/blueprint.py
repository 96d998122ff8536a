"""The blueprint that all pages of the plan share."""

from flask import Blueprint

bp = Blueprint("plan", __name__, url_prefix="/plans")
