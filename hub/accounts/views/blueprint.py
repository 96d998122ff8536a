"""The blueprint, and what several of its views need."""

from functools import wraps
from time import monotonic, sleep
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from markupsafe import Markup

from hub.accounts.models import Person, SignIn
from hub.core.clock import today
from hub.core.limits import from_where
from hub.core.navigation import place
from hub.core.web import View
from hub.core.words import day

bp = Blueprint("accounts", __name__)


def home() -> str:
    return place("pages.my_hub") or "/"


def first_page(person: Person) -> str:
    """Where somebody comes who has just got an account: a technician meets the record that is there already."""
    return (place("directory.welcome") if person.is_technician else "") or home()


def remember(person: Person) -> None:
    """Hand the browser the cookie of the session that was just opened; nothing of an earlier one stays in it."""
    session.clear()
    login_user(person)


def come_in(opened: SignIn, following: str) -> ResponseReturnValue:
    """The next page after the first step: the second step, or where somebody wanted to go."""
    if opened.awaits_code:
        session.clear()
        session["half"] = opened.person.sign_in_token
        return redirect(url_for("accounts.sign_in_code", next=following))
    remember(opened.person)
    if opened.second_step_from and opened.second_step_from > today():
        text = Markup(
            "From {} on you sign in with a second step. <a href='{}'>Set it up now</a>: it takes two minutes."
        )
        flash(text.format(day(opened.second_step_from), url_for("accounts.second_step")), "warning")
    return redirect(following)


def evenly(view: View) -> View:
    """Answer a form no sooner than others: a stopwatch does not tell whether there was anything to do.

    Stands outside ``saves``, so that nothing is held meanwhile.
    """

    @wraps(view)
    def waiting(*args: Any, **kwargs: Any) -> Any:
        begun = monotonic()
        answer = view(*args, **kwargs)
        if request.method == "POST":
            sleep(max(0.0, current_app.config["EVEN_SECONDS"] - (monotonic() - begun)))
        return answer

    return waiting


def account_from_where() -> str:
    """Counted per account and address, so that nobody can lock somebody else out."""
    return f"{request.form.get('email', '').strip().lower()[:254]} {from_where()}"


def browser() -> str:
    return request.headers.get("User-Agent", "")
