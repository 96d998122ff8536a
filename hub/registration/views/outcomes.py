"""What the technician reports: sent, decided, registered, renewed, lapsed; and the proof that only they see."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.core import storage
from hub.core.storage import NotAllowed
from hub.core.web import allowed, saves
from hub.registration import guidance, policy, registers, services
from hub.registration.forms import DecisionForm, LapseForm, NumberForm, RenewForm, SubmitForm
from hub.registration.models import Journey
from hub.registration.refusals import DatesDoNotFit, NotReadyYet
from hub.registration.views.blueprint import bp, me, seen_journey
from hub.registration.workflow import JOURNEY


def _back_to(journey: Journey) -> ResponseReturnValue:
    return redirect(url_for("registration.journey", journey_id=journey.id))


@bp.route("/journeys/<int:journey_id>/submit", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def submit(journey: Journey) -> ResponseReturnValue:
    form = SubmitForm(version_of=journey)
    if form.validate_on_submit():
        try:
            services.submit(journey, submitted_on=form.submitted_on.data, actor=me())
        except (DatesDoNotFit, NotReadyYet) as refusal:
            form.refuse(form.submitted_on, refusal)
        else:
            flash("Good luck. Tell the hub when the body answers.", "success")
            return _back_to(journey)
    can_send = JOURNEY.can(journey, "submit", me())
    areas = guidance.areas(journey)
    shown = render_template("registration/submit.html", form=form, journey=journey, areas=areas, can_send=can_send)
    return shown, 422 if form.errors else 200


@bp.route("/journeys/<int:journey_id>/decision", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def decision(journey: Journey) -> ResponseReturnValue:
    form = DecisionForm(version_of=journey)
    if form.validate_on_submit():
        awarded = form.outcome.data == "awarded"
        try:
            services.report_decision(journey, awarded=awarded, decided_on=form.decided_on.data, actor=me())
        except DatesDoNotFit as refusal:
            form.refuse(form.decided_on, refusal)
        else:
            if awarded:
                flash("Congratulations!", "success")
                return redirect(url_for("registration.enter_number", journey_id=journey.id))
            return _back_to(journey)
    return render_template("registration/decision.html", form=form, journey=journey), 422 if form.errors else 200


@bp.route("/journeys/<int:journey_id>/number", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def enter_number(journey: Journey) -> ResponseReturnValue:
    register = registers.register_of(journey.register)
    form = NumberForm(version_of=journey, data={"fee": register.likely_fee_pence if register else None})
    if form.validate_on_submit():
        try:
            proof = form.proof.data and storage.keep(form.proof.data.read(), form.proof.data.filename, owner=me())
            services.register(journey, proof=proof or None, actor=me(), **form.values())
        except NotAllowed as refusal:
            form.refuse(form.proof, refusal)
        except DatesDoNotFit as refusal:
            form.refuse(form.registered_on, refusal)
        else:
            flash(f"You may write {journey.register_name} after your name.", "success")
            return _back_to(journey)
    shown = render_template("registration/enter_number.html", form=form, journey=journey, register=register)
    return shown, 422 if form.errors else 200


@bp.route("/journeys/<int:journey_id>/renew", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def renew(journey: Journey) -> ResponseReturnValue:
    form = RenewForm(version_of=journey)
    if form.validate_on_submit():
        try:
            services.renew(journey, renewal_on=form.renewal_on.data, actor=me())
        except DatesDoNotFit as refusal:
            form.refuse(form.renewal_on, refusal)
        else:
            flash("Renewed. You are told 90, 30 and 7 days before the next time.", "success")
            return _back_to(journey)
    register = registers.register_of(journey.register)
    shown = render_template("registration/renew.html", form=form, journey=journey, register=register)
    return shown, 422 if form.errors else 200


@bp.route("/journeys/<int:journey_id>/lapse", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def lapse(journey: Journey) -> ResponseReturnValue:
    form = LapseForm(version_of=journey)
    if form.validate_on_submit():
        try:
            services.lapse(journey, lapsed_on=form.lapsed_on.data, actor=me())
        except DatesDoNotFit as refusal:
            form.refuse(form.lapsed_on, refusal)
        else:
            flash("Noted. The years before stay counted.", "success")
            return _back_to(journey)
    return render_template("registration/lapse.html", form=form, journey=journey), 422 if form.errors else 200


@bp.get("/journeys/<int:journey_id>/proof")
@allowed(policy.can_see_proof, get=seen_journey)
def proof(journey: Journey) -> ResponseReturnValue:
    if journey.proof is None:
        abort(404)
    return storage.send(journey.proof)
