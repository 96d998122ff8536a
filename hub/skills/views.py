"""Pages of skills sharing: /skills/…"""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask import request as received
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.core.clock import today
from hub.core.downloads import download
from hub.core.limits import limited, this_session
from hub.core.text import one_line
from hub.core.web import allowed, saves
from hub.core.words import day
from hub.skills import exports, lists, policy, queries, services
from hub.skills.forms import (
    AnswerForm,
    AskForm,
    AskPersonForm,
    CancelForm,
    ConfirmForm,
    DeliverForm,
    OfferForm,
    ScheduleForm,
    SessionForm,
    offer_defaults,
    session_values,
)
from hub.skills.models import Kind, Offer, PlaceStage, Request, Session
from hub.skills.tasks import KINDS
from hub.skills.workflow import OFFER, REQUEST, SESSION, main_action

bp = Blueprint("skills", __name__, url_prefix="/skills")


# -- what there is -----------------------------------------------------------------------------------------------------


@bp.get("")
@allowed(is_signed_in)
def home() -> ResponseReturnValue:
    return render_template(
        "skills/home.html",
        waiting=[(KINDS[kind], subject_id, title) for kind, subject_id, title, _ in queries.waiting_for(current_user)],
        booked=queries.booked_by(current_user),
        matching=queries.worth_joining(current_user),
        answerable=queries.answerable(current_user),
        requests=queries.requests_of(current_user),
        offers=queries.offers_of(current_user),
    )


@bp.get("/sessions")
@allowed(is_signed_in)
def sessions() -> ResponseReturnValue:
    view = received.args.get("view", "coming")
    if view not in lists.SESSION_VIEWS:
        abort(404)
    return lists.sessions(current_user, view).answer("skills/sessions.html", view=view)


@bp.get("/requests")
@allowed(is_signed_in)
def requests() -> ResponseReturnValue:
    return lists.requests(current_user).answer("skills/requests.html")


@bp.get("/offers")
@allowed(is_signed_in)
def offers() -> ResponseReturnValue:
    return lists.offers(current_user).answer("skills/offers.html")


@bp.get("/hours")
@allowed(policy.can_share)
def hours() -> ResponseReturnValue:
    taught, learnt = queries.minutes_shared(current_user)
    return lists.hours(current_user).answer("skills/hours.html", taught=taught, learnt=learnt)


# -- asking ------------------------------------------------------------------------------------------------------------


@bp.route("/requests/ask", methods=["GET", "POST"])
@limited("skills.ask", this_session, most=20, within=timedelta(hours=1))
@allowed(policy.can_share)
@saves
def ask() -> ResponseReturnValue:
    to = one_line(received.args.get("to", ""))
    asked = queries.colleague(to, of=current_user) if to else None
    if asked is None and to not in {"", current_user.slug}:  # who asks themselves asks everybody
        abort(404)
    suggested = {
        "skill": received.args.get("skill"),
        "kind": Kind.ADVICE if asked else None,
        "expires_on": today() + timedelta(days=42),
    }
    form = AskPersonForm(data=suggested) if asked else AskForm(data=suggested)
    if form.validate_on_submit():
        made = services.ask(
            kind=Kind(form.kind.data),
            what=form.what.data,
            when_suits=form.when_suits.data or "",
            expires_on=form.expires_on.data,
            skill=queries.skill(form.skill.data) if form.skill.data else None,
            asked=asked,
            actor=current_user,
        )
        flash(f"{asked.first_name} has been asked." if asked else "Your request is out.", "success")
        return redirect(url_for("skills.request", request_id=made.id))
    return render_template("skills/ask.html", form=form, asked=asked), 422 if form.errors else 200


@bp.get("/requests/<int:request_id>")
@allowed(policy.can_see_request, get=queries.request)
def request(asked: Request) -> ResponseReturnValue:
    offer, session = queries.answer_to(asked), queries.session_for(asked)
    if offer is not None and not policy.can_see_offer(current_user, offer):
        offer = None
    if session is not None and not policy.can_see_session(current_user, session):
        session = None
    return render_template(
        "skills/request.html",
        asked=asked,
        offer=offer,
        session=session,
        may_answer=policy.can_answer(current_user, asked),
        may_withdraw=REQUEST.can(asked, "withdraw", current_user),
        may_decline=offer is not None and OFFER.can(offer, "decline", current_user),
        may_schedule=offer is not None and policy.can_schedule(current_user, offer),
    )


@bp.route("/requests/<int:request_id>/answer", methods=["GET", "POST"])
@allowed(policy.may_answer, get=queries.request)
@saves
def answer(asked: Request) -> ResponseReturnValue:
    form = AnswerForm(version_of=asked)
    if form.validate_on_submit():
        made = services.answer(asked, summary=form.summary.data, actor=current_user)
        flash(f"{asked.asker.first_name} has been told. Set a date when you have agreed one.", "success")
        return redirect(url_for("skills.schedule", offer_id=made.id))
    return render_template("skills/answer.html", form=form, asked=asked), 422 if form.errors else 200


@bp.post("/requests/<int:request_id>/withdraw")
@allowed(policy.is_asker, get=queries.request)
@saves
def withdraw_request(asked: Request) -> ResponseReturnValue:
    services.withdraw_request(asked, actor=current_user)
    flash("Your request is withdrawn.", "success")
    return redirect(url_for("skills.home"))


# -- offering ----------------------------------------------------------------------------------------------------------


@bp.route("/offers/new", methods=["GET", "POST"])
@allowed(policy.can_share)
@saves
def new_offer() -> ResponseReturnValue:
    form = OfferForm(data={"minutes": 60, "capacity": 3, "skill": received.args.get("skill")})
    if form.validate_on_submit():
        made = services.offer(
            kind=Kind(form.kind.data),
            skill=queries.skill(form.skill.data),
            summary=form.summary.data,
            minutes=form.minutes.data,
            capacity=form.capacity.data,
            prerequisites=form.prerequisites.data or "",
            expires_on=form.expires_on.data,
            actor=current_user,
        )
        flash("Your offer is open. Set a date for a session whenever you like.", "success")
        return redirect(url_for("skills.offer", offer_id=made.id))
    return render_template("skills/new_offer.html", form=form), 422 if form.errors else 200


@bp.get("/offers/<int:offer_id>")
@allowed(policy.can_see_offer, get=queries.offer)
def offer(offer: Offer) -> ResponseReturnValue:
    return render_template(
        "skills/offer.html",
        offer=offer,
        may_schedule=policy.can_schedule(current_user, offer),
        may_withdraw=OFFER.can(offer, "withdraw", current_user),
    )


@bp.post("/offers/<int:offer_id>/withdraw")
@allowed(policy.is_offerer, get=queries.offer)
@saves
def withdraw_offer(offer: Offer) -> ResponseReturnValue:
    services.withdraw_offer(offer, actor=current_user)
    flash("Your offer is withdrawn.", "success")
    return redirect(url_for("skills.home"))


@bp.post("/offers/<int:offer_id>/decline")
@allowed(policy.is_asked_back, get=queries.offer)
@saves
def decline(offer: Offer) -> ResponseReturnValue:
    services.decline(offer, actor=current_user)
    flash(f"{offer.host.first_name} has been told. Your request is open again.", "success")
    return redirect(url_for("skills.request", request_id=offer.request_id))


# -- sessions ----------------------------------------------------------------------------------------------------------


@bp.route("/offers/<int:offer_id>/schedule", methods=["GET", "POST"])
@allowed(policy.is_offerer, get=queries.offer)
@saves
def schedule(offer: Offer) -> ResponseReturnValue:
    form = ScheduleForm(version_of=offer, data=offer_defaults(offer))
    if form.validate_on_submit():
        try:
            made = services.schedule(offer, **form.values(), actor=current_user)
        except services.StartsInThePast as refusal:
            form.refuse(form.starts_at, refusal)
        else:
            flash("Your manager has been asked." if made.needs_approval else "The session is arranged.", "success")
            return redirect(url_for("skills.session", session_id=made.id))
    return render_template("skills/schedule.html", form=form, offer=offer), 422 if form.errors else 200


@bp.get("/sessions/<int:session_id>")
@allowed(policy.can_see_session, get=queries.session)
def session(session: Session) -> ResponseReturnValue:
    return render_template(
        "skills/session.html",
        session=session,
        mine=session.place_of(current_user),
        action=main_action(session, current_user),
        may_change=policy.can_change_session(current_user, session),
        may_cancel=SESSION.can(session, "cancel", current_user),
        feedback=[p for p in session.places if p.feedback] if policy.can_read_feedback(current_user, session) else [],
    )


@bp.get("/sessions/<int:session_id>/calendar")
@allowed(policy.can_see_session, get=queries.session)
def calendar(session: Session) -> ResponseReturnValue:
    entry = exports.calendar(session).encode()
    return download(entry, "text/calendar; charset=utf-8", f"session-{session.id}.ics")


@bp.route("/sessions/<int:session_id>/change", methods=["GET", "POST"])
@allowed(policy.is_host, get=queries.session)
@saves
def change_session(session: Session) -> ResponseReturnValue:
    form = SessionForm(version_of=session, data=session_values(session))
    if form.validate_on_submit():
        try:
            services.change_session(session, **form.values(), actor=current_user)
        except services.StartsInThePast as refusal:
            form.refuse(form.starts_at, refusal)
        except services.FewerThanBooked as refusal:
            form.refuse(form.capacity, refusal)
        else:
            flash("The session is changed.", "success")
            return redirect(url_for("skills.session", session_id=session.id))
    return render_template("skills/change_session.html", form=form, session=session), 422 if form.errors else 200


@bp.post("/sessions/<int:session_id>/approve")
@allowed(policy.may_approve, get=queries.session)
@saves
def approve(session: Session) -> ResponseReturnValue:
    services.approve(session, actor=current_user)
    flash(f"{session.host.first_name} has been told that you agree.", "success")
    return redirect(url_for("skills.session", session_id=session.id))


@bp.route("/sessions/<int:session_id>/cancel", methods=["GET", "POST"])
@allowed(policy.may_cancel, get=queries.session)
@saves
def cancel(session: Session) -> ResponseReturnValue:
    form = CancelForm(version_of=session)
    if form.validate_on_submit():
        services.cancel(session, because=form.because.data, actor=current_user)
        flash("The session is cancelled, and everybody with a place is told.", "success")
        return redirect(url_for("skills.session", session_id=session.id))
    return render_template("skills/cancel.html", form=form, session=session), 422 if form.errors else 200


@bp.post("/sessions/<int:session_id>/book")
@allowed(policy.can_share, get=queries.session)
@saves
def book(session: Session) -> ResponseReturnValue:
    place = services.book(session, actor=current_user)
    if place.stage == PlaceStage.BOOKED:
        flash(f"You have a place on {day(session.starts_at)}.", "success")
    else:
        flash("You are on the waiting list and will be told when a place is free.", "message")
    return redirect(url_for("skills.session", session_id=session.id))


@bp.post("/sessions/<int:session_id>/leave")
@allowed(policy.can_share, get=queries.session)
@saves
def leave(session: Session) -> ResponseReturnValue:
    services.leave(session, actor=current_user)
    flash("You have given up your place. Whoever waited longest has it.", "success")
    return redirect(url_for("skills.session", session_id=session.id))


@bp.route("/sessions/<int:session_id>/deliver", methods=["GET", "POST"])
@allowed(policy.is_host, get=queries.session)
@saves
def deliver(session: Session) -> ResponseReturnValue:
    form = DeliverForm(version_of=session)
    form.offer(session.places_in(PlaceStage.BOOKED))
    if form.validate_on_submit():
        try:
            services.deliver(session, attended={int(one) for one in form.attended.data}, actor=current_user)
        except (services.NobodyCame, services.NotHeldYet) as refusal:
            form.refuse(form.attended, refusal)
        else:
            flash("Thank you. Those who came are asked to confirm it.", "success")
            return redirect(url_for("skills.session", session_id=session.id))
    return render_template("skills/deliver.html", form=form, session=session), 422 if form.errors else 200


@bp.route("/sessions/<int:session_id>/confirm", methods=["GET", "POST"])
@allowed(policy.has_attended, get=queries.session)
@saves
def confirm(session: Session) -> ResponseReturnValue:
    form = ConfirmForm(version_of=session)
    if form.validate_on_submit():
        services.confirm(
            session,
            was_there=form.was_there.data == "yes",
            feedback=form.feedback.data or "",
            add_to_profile=form.add_to_profile.data,
            actor=current_user,
        )
        flash("Thank you: your answer is kept.", "success")
        return redirect(url_for("skills.session", session_id=session.id))
    open_to_me = policy.can_confirm(current_user, session)
    page = render_template("skills/confirm.html", form=form, session=session, open_to_me=open_to_me)
    return page, 422 if form.errors else 200
