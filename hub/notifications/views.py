"""The bell, one's own choices, and the outbox for those who look after the hub."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, or_

from hub.accounts.policy import is_signed_in
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed, own_path, saves
from hub.notifications import letters, policy, queries, services, transport
from hub.notifications.forms import PreferencesForm
from hub.notifications.models import Notice, OutboxMail, Stage

bp = Blueprint("notifications", __name__)

STAGES = {
    Stage.WAITING: ("Waiting", "wait"),
    Stage.SENDING: ("Being sent", "wait"),
    Stage.SENT: ("Sent", "good"),
    Stage.FAILED: ("Will be tried again", "need"),
    Stage.DEAD: ("Given up", "stop"),
    Stage.SKIPPED: ("Not sent: out of date", "plain"),
}


def _notices_with(words: str) -> ColumnElement[bool]:
    return matching(words, Notice.title, Notice.body)


@bp.get("/me/notices")
@allowed(is_signed_in)
def inbox() -> ResponseReturnValue:
    listing = Listing(
        name="notices",
        noun=("notice", "notices"),
        rows=queries.notices(current_user),
        columns=[
            Column("at", "When", lambda n: n.at, Notice.at),
            Column("title", "Notice", lambda n: n.title),
            Column("body", "More", lambda n: n.body),
            Column("read", "Read", lambda n: n.read_at),
        ],
        default_order=(Notice.at.desc(), Notice.id.desc()),
        search=_notices_with,
        filters_offered=[
            Filter("state", "State", lambda: {"new": "New", "read": "Read"}, _in_state),
        ],
    )
    return listing.answer("notifications/inbox.html")


def _in_state(chosen: list[str]) -> ColumnElement[bool]:
    wanted = {"new": Notice.read_at.is_(None), "read": Notice.read_at.is_not(None)}
    return or_(*(wanted[state] for state in chosen))


@bp.post("/me/notices/<int:notice_id>/open")
@allowed(policy.is_own_notice, get=queries.notice)
@saves
def open_notice(notice: Notice) -> ResponseReturnValue:
    """Reading a notice is a deed: it leaves the bell. A GET could not note that."""
    services.mark_read(notice)
    return redirect(own_path(notice.path) or url_for("notifications.inbox"))


@bp.post("/me/notices/read")
@allowed(is_signed_in)
@saves
def mark_all_read() -> ResponseReturnValue:
    services.mark_all_read(current_user)
    return redirect(url_for("notifications.inbox"))


@bp.route("/me/notices/preferences", methods=["GET", "POST"])
@allowed(is_signed_in)
@saves
def preferences() -> ResponseReturnValue:
    form = PreferencesForm.filled(queries.preferences(current_user.id))
    if form.validate_on_submit():
        services.choose(current_user, form.chosen())
        flash("From now on you hear from us as you chose.", "success")
        return redirect(url_for("notifications.preferences"))
    return render_template("notifications/preferences.html", form=form), 422 if form.errors else 200


def _mails_with(words: str) -> ColumnElement[bool]:
    return matching(words, OutboxMail.subject, OutboxMail.address)


@bp.get("/mail")
@allowed(policy.can_see_outbox)
def outbox() -> ResponseReturnValue:
    listing = Listing(
        name="mail",
        noun=("mail", "mails"),
        rows=queries.outbox(current_user.institution_id),
        columns=[
            Column("queued", "Written", lambda m: m.queued_at, OutboxMail.queued_at),
            Column("to", "To", lambda m: m.address, OutboxMail.address),
            Column("subject", "Subject", lambda m: m.subject, OutboxMail.subject),
            Column("stage", "State", lambda m: STAGES[m.stage][0], OutboxMail.stage),
            Column("tries", "Tries", lambda m: m.tries, OutboxMail.tries, numeric=True),
            Column("trouble", "What the mail server said", lambda m: m.trouble),
        ],
        default_order=(OutboxMail.queued_at.desc(), OutboxMail.id.desc()),
        search=_mails_with,
        filters_offered=[
            Filter(
                "stage",
                "State",
                lambda: {s.value: STAGES[s][0] for s in Stage},
                lambda chosen: OutboxMail.stage.in_([Stage(value) for value in chosen]),
            ),
        ],
    )
    return listing.answer("notifications/outbox.html", stages=STAGES)


@bp.get("/mail/<int:mail_id>")
@allowed(policy.can_see_outbox, get=queries.mail)
def mail(mail: OutboxMail) -> ResponseReturnValue:
    """As it was sent into a folder; before that, or when it went to a server, as it is kept, but no link to sign in."""
    sent = transport.folder().text_of(mail.message_id)
    kept = letters.plain_text(mail) if mail.notices or (mail.text and not mail.is_private) else None
    return render_template("notifications/mail.html", mail=mail, text=sent or kept, state=STAGES[mail.stage])


@bp.post("/mail/<int:mail_id>/try-again")
@allowed(policy.can_try_again, get=queries.mail)
@saves
def try_again(mail: OutboxMail) -> ResponseReturnValue:
    services.try_again(mail, actor=current_user)
    flash(f"The mail to {mail.address} is tried again within a minute.", "success")
    return redirect(url_for("notifications.outbox"))
