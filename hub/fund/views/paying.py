"""After the award: accepting, claiming, being paid; and awards from the reserve list."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core import storage
from hub.core.errors import Refusal
from hub.core.storage import NotAllowed
from hub.core.web import allowed, saves
from hub.fund import policy, queries, services
from hub.fund.forms import AmountForm, ClaimForm, FinishForm, PaidForm, ReasonForm, upload_of
from hub.fund.models import Application, Claim, Receipt, Stage
from hub.fund.views.blueprint import bp, to_application


@bp.post("/applications/<int:application_id>/accept")
@allowed(policy.is_applicant, get=queries.application)
@saves
def accept(application: Application) -> ResponseReturnValue:
    services.accept(application, actor=current_user)
    flash("Accepted. Enjoy it, and keep your receipts.", "success")
    return to_application(application)


@bp.route("/applications/<int:application_id>/finish", methods=["GET", "POST"])
@allowed(policy.is_applicant, get=queries.application)
@saves
def finish(application: Application) -> ResponseReturnValue:
    form = FinishForm(data={"done_on": application.ends_on}, version_of=application)
    if form.validate_on_submit():
        try:
            services.finish(application, done_on=form.done_on.data, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.done_on, refusal)
        else:
            onward = "fund.claim" if policy.can_claim(current_user, application) else "fund.application"
            return redirect(url_for(onward, application_id=application.id))
    return render_template("fund/finish.html", form=form, application=application), 422 if form.errors else 200


@bp.route("/applications/<int:application_id>/claim", methods=["GET", "POST"])
@allowed(policy.is_applicant, get=queries.application)
@saves
def claim(application: Application) -> ResponseReturnValue:
    form = ClaimForm(data=_as_claimed(application), version_of=application)
    if application.stage == Stage.ACCEPTED:
        del form.is_last  # before the activity is over there is only a part to claim
    if form.validate_on_submit():
        try:
            _send_claim(application, form)
        except NotAllowed as refusal:
            form.refuse(form.receipt_1, refusal)
        except Refusal as refusal:
            form.refuse(form.receipt_1 if "receipt" in str(refusal) else form.pence, refusal)
        else:
            flash("Your claim is with the lead.", "success")
            return to_application(application)
    page = render_template(
        "fund/claim.html",
        form=form,
        application=application,
        may_claim=policy.can_claim(current_user, application),
        may_end=policy.can_end_claims(current_user, application),
    )
    return page, 422 if form.errors else 200


def _as_claimed(application: Application) -> dict[str, Any]:
    kept = application.open_claim
    if kept is None:
        return {"pence": application.claimable_pence or None, "is_last": "yes"}
    return {"pence": kept.pence, "note_text": kept.note, "is_last": "yes" if kept.is_last else "no"}


def _send_claim(application: Application, form: ClaimForm) -> None:
    files = [f for f in map(upload_of, (form.receipt_1, form.receipt_2, form.receipt_3)) if f]
    services.claim(
        application,
        pence=form.pence.data,
        note_text=form.note_text.data or "",
        files=files,
        is_last="is_last" in form and form.is_last.data == "yes",
        actor=current_user,
    )


@bp.post("/applications/<int:application_id>/claims/end")
@allowed(policy.is_applicant, get=queries.application)
@saves
def end_claims(application: Application) -> ResponseReturnValue:
    services.end_claims(application, actor=current_user)
    flash("Thank you. What is left goes back to the round.", "success")
    return to_application(application)


@bp.get("/receipts/<int:receipt_id>")
@allowed(policy.can_fetch_receipt, get=queries.receipt)
def receipt(receipt: Receipt) -> Response:
    return storage.send(receipt.file)


@bp.route("/claims/<int:claim_id>/settle", methods=["GET", "POST"])
@allowed(policy.settles, get=queries.claim)
@saves
def settle(claim: Claim) -> ResponseReturnValue:
    form = PaidForm(version_of=claim)
    if form.validate_on_submit():
        try:
            services.mark_paid(claim, paid_on=form.paid_on.data, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.paid_on, refusal)
        else:
            flash("Noted as paid. The technician is told.", "success")
            return to_application(claim.application)
    page = render_template("fund/settle.html", form=form, claim=claim, may_pay=policy.pays(current_user, claim))
    return page, 422 if form.errors else 200


@bp.post("/claims/<int:claim_id>/approve")
@allowed(policy.settles, get=queries.claim)
@saves
def approve_claim(claim: Claim) -> ResponseReturnValue:
    services.approve_claim(claim, actor=current_user)
    flash("Approved. What was not spent is back in the round." if claim.is_last else "Approved.", "success")
    return redirect(url_for("fund.settle", claim_id=claim.id))


@bp.route("/claims/<int:claim_id>/return", methods=["GET", "POST"])
@allowed(policy.settles, get=queries.claim)
@saves
def return_claim(claim: Claim) -> ResponseReturnValue:
    form = ReasonForm(version_of=claim)
    if form.validate_on_submit():
        services.return_claim(claim, reason=form.reason.data, actor=current_user)
        flash("Sent back with your words.", "success")
        return to_application(claim.application)
    return render_template("fund/return_claim.html", form=form, claim=claim), 422 if form.errors else 200


@bp.route("/applications/<int:application_id>/award", methods=["GET", "POST"])
@allowed(policy.runs, get=queries.application)
@saves
def award(application: Application) -> ResponseReturnValue:
    if application.stage != Stage.RESERVE:
        abort(404)
    form = AmountForm(data={"pence": application.asked_pence}, version_of=application)
    if form.validate_on_submit():
        try:
            services.award_from_reserve(application, pence=form.pence.data, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.pence, refusal)
        else:
            flash(f"Awarded to {application.applicant.name}.", "success")
            return to_application(application)
    left = queries.left_in(application.round)
    page = render_template("fund/award.html", form=form, application=application, left=left)
    return page, 422 if form.errors else 200
