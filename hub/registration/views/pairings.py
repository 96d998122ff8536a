"""One pairing: answering, agreeing how to work, meeting, closing. Only the two come in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.accounts.models import Person
from hub.core.forms import HubForm
from hub.core.web import allowed, saves
from hub.registration import policy, services
from hub.registration.forms import AgreementForm, CloseForm, DeclineForm, EvaluationForm, MeetingForm, NoteForm
from hub.registration.models import Mentoring
from hub.registration.refusals import DatesDoNotFit
from hub.registration.stages import LIVE, Outcome, Reason
from hub.registration.views.blueprint import bp, me, own_pair
from hub.registration.workflow import MENTORING


def _back_to(pair: Mentoring, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("registration.pairing", mentoring_id=pair.id))


def _other(pair: Mentoring) -> Person:
    return pair.mentee if me().id == pair.mentor_id else pair.mentor


def _page(name: str, pair: Mentoring, form: HubForm) -> ResponseReturnValue:
    shown = render_template(f"registration/{name}.html", form=form, pair=pair, other=_other(pair))
    return shown, 422 if form.errors else 200


@bp.get("/pairings/<int:mentoring_id>")
@allowed(policy.in_pair, get=own_pair)
def pairing(pair: Mentoring) -> ResponseReturnValue:
    return render_template(
        "registration/pairing.html",
        pair=pair,
        other=_other(pair),
        is_mentor=me().id == pair.mentor_id,
        live=pair.stage in LIVE,
        must_answer=policy.has_yet_to_answer(me(), pair),
        can={move.name for move in MENTORING.available(pair, me())},
    )


@bp.post("/pairings/<int:mentoring_id>/accept")
@allowed(policy.in_pair, get=own_pair)
@saves
def accept(pair: Mentoring) -> ResponseReturnValue:
    services.accept(pair, actor=me())
    return _back_to(pair, f"You said yes to {_other(pair).first_name}.")


@bp.route("/pairings/<int:mentoring_id>/decline", methods=["GET", "POST"])
@allowed(policy.in_pair, get=own_pair)
@saves
def decline(pair: Mentoring) -> ResponseReturnValue:
    form = DeclineForm(version_of=pair)
    if form.validate_on_submit():
        services.decline(pair, reason=Reason(form.reason.data), note=form.note.data or "", actor=me())
        return _back_to(pair, f"{_other(pair).first_name} has been told, kindly.")
    return _page("decline", pair, form)


@bp.route("/pairings/<int:mentoring_id>/agreement", methods=["GET", "POST"])
@allowed(policy.in_pair, get=own_pair)
@saves
def agreement(pair: Mentoring) -> ResponseReturnValue:
    form = AgreementForm(obj=pair)
    if form.validate_on_submit():
        services.agree_how(
            pair, goals=form.goals.data, frequency=form.frequency.data, channel=form.channel.data, actor=me()
        )
        return _back_to(pair, "Your agreement is kept.")
    return _page("agreement", pair, form)


@bp.route("/pairings/<int:mentoring_id>/meeting", methods=["GET", "POST"])
@allowed(policy.in_pair, get=own_pair)
@saves
def meeting(pair: Mentoring) -> ResponseReturnValue:
    form = MeetingForm(version_of=pair, data={"minutes": 45})
    if form.validate_on_submit():
        try:
            services.log_meeting(
                pair,
                met_on=form.met_on.data,
                minutes=form.minutes.data,
                summary=form.summary.data or "",
                actor=me(),
            )
        except DatesDoNotFit as refusal:
            form.refuse(form.met_on, refusal)
        else:
            return _back_to(pair, "The meeting is noted.")
    return _page("meeting", pair, form)


@bp.route("/pairings/<int:mentoring_id>/note", methods=["GET", "POST"])
@allowed(policy.in_pair, get=own_pair)
@saves
def note(pair: Mentoring) -> ResponseReturnValue:
    form = NoteForm(version_of=pair)
    if form.validate_on_submit():
        services.write_note(pair, text=form.text.data, actor=me())
        return _back_to(pair, "Noted, for the two of you.")
    return _page("note", pair, form)


@bp.route("/pairings/<int:mentoring_id>/close", methods=["GET", "POST"])
@allowed(policy.in_pair, get=own_pair)
@saves
def close(pair: Mentoring) -> ResponseReturnValue:
    form = CloseForm(version_of=pair)
    if form.validate_on_submit():
        services.close(pair, outcome=Outcome(form.outcome.data), actor=me())
        return _back_to(pair, "Closed. Thank you both.")
    return _page("close", pair, form)


@bp.route("/pairings/<int:mentoring_id>/evaluation", methods=["GET", "POST"])
@allowed(policy.is_mentee, get=own_pair)
@saves
def evaluation(pair: Mentoring) -> ResponseReturnValue:
    form = EvaluationForm(version_of=pair)
    if form.validate_on_submit():
        services.evaluate(pair, helped=int(form.helped.data), evaluation=form.evaluation.data or "", actor=me())
        return _back_to(pair, "Thank you for looking back.")
    return _page("evaluation", pair, form)


@bp.post("/pairings/<int:mentoring_id>/pause")
@allowed(policy.in_pair, get=own_pair)
@saves
def pause(pair: Mentoring) -> ResponseReturnValue:
    services.pause(pair, actor=me())
    return _back_to(pair, "Paused. Nobody is nudged meanwhile.")


@bp.post("/pairings/<int:mentoring_id>/resume")
@allowed(policy.in_pair, get=own_pair)
@saves
def resume(pair: Mentoring) -> ResponseReturnValue:
    services.resume(pair, actor=me())
    return _back_to(pair, "On you go.")
