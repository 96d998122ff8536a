"""One's own account: password, sessions, colours."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import passwords, policy, queries, services
from hub.accounts.forms import ChangePasswordForm, ProveForm
from hub.accounts.models import SignIn
from hub.accounts.views.blueprint import bp, browser, home, remember
from hub.accounts.wording import browser_name
from hub.core.limits import FIVE_MINUTES, from_where, limited, this_session
from hub.core.templating import LOOKS
from hub.core.web import allowed, only, own_path, public, saves

A_YEAR = 365 * 24 * 3600


@bp.route("/me/password", methods=["GET", "POST"])
@limited("change_password", this_session, most=10, within=FIVE_MINUTES)
@allowed(policy.is_signed_in)
@saves
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        person, by = current_user._get_current_object(), passwords.hasher()
        try:
            services.change_password(person, form.current.data, form.password.data, hasher=by)
        except services.WrongPassword as refusal:
            form.refuse(form.current, refusal)
        except passwords.WeakPassword as refusal:
            form.refuse(form.password, refusal)
        else:
            services.open_session(person, browser=browser(), second_step_from=person.second_step_from)
            remember(person)
            flash("Your password is changed. Every other browser is signed out.", "success")
            return redirect(url_for("accounts.sessions"))
    return render_template("accounts/change_password.html", form=form), 422 if form.errors else 200


@bp.route("/me/confirm", methods=["GET", "POST"])
@limited("prove", this_session, most=10, within=FIVE_MINUTES)
@allowed(policy.is_signed_in)
@saves
def prove() -> ResponseReturnValue:
    form = ProveForm()
    if form.validate_on_submit():
        person = current_user._get_current_object()
        try:
            services.prove(person, form.password.data, hasher=passwords.hasher())
        except services.WrongPassword as refusal:
            form.refuse(form.password, refusal)
        else:
            remember(person)
            return redirect(own_path(request.args.get("next")) or home())
    return render_template("accounts/prove.html", form=form), 422 if form.errors else 200


@bp.get("/me/sessions")
@allowed(policy.is_signed_in)
def sessions() -> ResponseReturnValue:
    here = queries.hashed(current_user.sign_in_token)
    found = [(s, browser_name(s.browser), s.token_hash == here) for s in queries.open_sessions(current_user.id)]
    step = queries.second_step(current_user.id)
    return render_template("accounts/sessions.html", sessions=found, step=step)


def _own_session(session_id: int) -> SignIn:
    return queries.session_of_person(session_id, current_user.id)


@bp.post("/me/sessions/<int:session_id>/end")
@allowed(policy.is_own_session, get=_own_session)
@saves
def end_session(ended: SignIn) -> ResponseReturnValue:
    services.end_session(ended)
    flash("That browser is signed out.", "success")
    return redirect(url_for("accounts.sessions"))


@bp.post("/me/sessions/end-others")
@allowed(policy.is_signed_in)
@saves
def end_other_sessions() -> ResponseReturnValue:
    services.close_other_sessions(current_user)
    flash("Every other browser is signed out.", "success")
    return redirect(url_for("accounts.sessions"))


@bp.post("/look")
@public
@limited("look", from_where, most=300, within=FIVE_MINUTES)
@saves
def look() -> ResponseReturnValue:
    chosen = only("look")
    if chosen not in LOOKS:
        abort(400)
    response = redirect(own_path(only("next", "")) or home())
    response.set_cookie(
        "look",
        chosen,
        max_age=A_YEAR,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response
