"""The blueprint of all views here."""

from flask import Blueprint

bp = Blueprint("workforce", __name__)
