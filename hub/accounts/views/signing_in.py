"""Signing in and out: by password, by a mailed link, by invitation."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from hub.accounts import codes, passwords, queries, services
from hub.accounts.forms import (
    AcceptInvitationForm,
    ForgotPasswordForm,
    ResetPasswordForm,
    SignInCodeForm,
    SignInForm,
    SignInLinkForm,
    UseLinkForm,
)
from hub.accounts.models import OneTimeLink, Purpose
from hub.accounts.views.blueprint import (
    account_from_where,
    bp,
    browser,
    come_in,
    evenly,
    first_page,
    home,
    remember,
)
from hub.core.limits import FIVE_MINUTES, from_where, limited
from hub.core.web import own_path, public, saves

ON_ITS_WAY = "If that address has an account here, a mail is on its way. It can take a minute."


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limited("sign_in", account_from_where, most=10, within=FIVE_MINUTES)
@limited("sign_in_from", from_where, most=300, within=FIVE_MINUTES)
@saves
def sign_in() -> ResponseReturnValue:
    following = own_path(request.args.get("next")) or home()
    if current_user.is_authenticated:
        return redirect(following)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            opened = services.sign_in(form.email.data, form.password.data, hasher=passwords.hasher(), browser=browser())
        except services.WrongPassword as refusal:
            form.refuse(form.password, refusal)
        else:
            return come_in(opened, following)
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


def _account_of_half_session() -> str:
    """Counted per account wherever from: who is here knows the password already."""
    half = queries.half_session(session.get("half", ""))
    return str(half.person_id) if half else from_where()


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
@limited("sign_in_code", _account_of_half_session, most=10, within=FIVE_MINUTES)
@limited("sign_in_code_from", from_where, most=300, within=FIVE_MINUTES)
@saves
def sign_in_code() -> ResponseReturnValue:
    half = session.get("half", "")
    if queries.half_session(half) is None:
        return redirect(url_for("accounts.sign_in"))
    form, by = SignInCodeForm(), passwords.hasher()
    if form.validate_on_submit():
        try:
            person = services.pass_second_step(half, form.code.data, hasher=by, safe=codes.safe(), browser=browser())
        except services.WrongCode as refusal:
            form.refuse(form.code, refusal)
        else:
            remember(person)
            return redirect(own_path(request.args.get("next")) or home())
    return render_template("accounts/sign_in_code.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
@public
@limited("sign_out", from_where, most=300, within=FIVE_MINUTES)
@saves
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        services.close_session(current_user.sign_in_token)
    logout_user()
    session.clear()
    flash("You are signed out.", "success")
    gone = redirect(url_for("accounts.sign_in"))
    gone.headers["Clear-Site-Data"] = '"cache", "storage"'  # not cookies: the light or dark that was chosen stays
    return gone


@bp.route("/sign-in/link", methods=["GET", "POST"])
@public
@evenly
@limited("mailed_link", account_from_where, most=5, within=timedelta(minutes=15))
@limited("mailed_link_from", from_where, most=100, within=timedelta(minutes=15))
@saves
def sign_in_link() -> ResponseReturnValue:
    form = SignInLinkForm()
    if form.validate_on_submit():
        services.send_sign_in_link(form.email.data)
        flash(f"{ON_ITS_WAY} The link works once, for 15 minutes.", "success")
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/sign_in_link.html", form=form), 422 if form.errors else 200


@bp.route("/sign-in/links/<token>", methods=["GET", "POST"])
@public
@limited("use_link", from_where, most=60, within=FIVE_MINUTES)
@saves
def use_link(token: str) -> ResponseReturnValue:
    link = _link(token, Purpose.SIGN_IN)
    if link is None:
        return _over("accounts.sign_in_link")
    form = UseLinkForm()
    if form.validate_on_submit():
        person = services.use_link(token, Purpose.SIGN_IN)
        return come_in(services.begin_session(person, browser=browser()), home())
    return render_template("accounts/use_link.html", form=form, person=link.person)


@bp.route("/forgot-password", methods=["GET", "POST"])
@public
@evenly
@limited("mailed_link", account_from_where, most=5, within=timedelta(minutes=15))
@limited("mailed_link_from", from_where, most=100, within=timedelta(minutes=15))
@saves
def forgot_password() -> ResponseReturnValue:
    form = ForgotPasswordForm()
    if form.validate_on_submit():
        services.send_reset_link(form.email.data)
        flash(f"{ON_ITS_WAY} With its link you set a new password, within an hour.", "success")
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/forgot_password.html", form=form), 422 if form.errors else 200


@bp.route("/passwords/<token>", methods=["GET", "POST"])
@public
@limited("use_link", from_where, most=60, within=FIVE_MINUTES)
@saves
def reset_password(token: str) -> ResponseReturnValue:
    link = _link(token, Purpose.RESET)
    if link is None:
        return _over("accounts.forgot_password")
    form = ResetPasswordForm()
    if form.validate_on_submit():
        try:
            services.reset_password(token, form.password.data, hasher=passwords.hasher())
        except passwords.WeakPassword as refusal:
            form.refuse(form.password, refusal)
        else:
            session.clear()
            flash("Your new password is set. Sign in with it.", "success")
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/reset_password.html", form=form, person=link.person), 422 if form.errors else 200


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@public
@limited("use_link", from_where, most=60, within=FIVE_MINUTES)
@saves
def accept_invitation(token: str) -> ResponseReturnValue:
    link = _link(token, Purpose.INVITE)
    if link is None:
        return _over("accounts.forgot_password")
    form = AcceptInvitationForm()
    if form.validate_on_submit():
        try:
            person = services.accept_invitation(token, form.password.data, hasher=passwords.hasher())
        except passwords.WeakPassword as refusal:
            form.refuse(form.password, refusal)
        else:
            return come_in(services.begin_session(person, browser=browser()), first_page(person))
    return render_template(
        "accounts/accept_invitation.html", form=form, person=link.person
    ), 422 if form.errors else 200


def _link(token: str, purpose: Purpose) -> OneTimeLink | None:
    link = queries.link_of(token)
    return link if link is not None and link.purpose == purpose and queries.may_use(link) else None


def _over(another: str) -> ResponseReturnValue:
    return render_template("accounts/link_is_over.html", another=url_for(another)), 410
