"""The blueprint, and what several of its views need."""

from datetime import timedelta

from flask import Blueprint, request, session
from flask_login import login_user

from hub.accounts.models import Person
from hub.core.navigation import place

bp = Blueprint("accounts", __name__)

FIVE_MINUTES = timedelta(minutes=5)


def home() -> str:
    return place("pages.my_hub") or "/"


def remember(person: Person) -> None:
    """Hand the browser the cookie of the session that was just opened; nothing of an earlier one stays in it."""
    session.clear()
    login_user(person)


def from_where() -> str:
    return request.remote_addr or ""


def account_from_where() -> str:
    """Counted per account and address, so that nobody can lock somebody else out."""
    return f"{request.form.get('email', '').strip().lower()[:254]} {from_where()}"


def browser() -> str:
    return request.headers.get("User-Agent", "")
