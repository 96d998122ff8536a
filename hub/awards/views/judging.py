"""Pages of judges and their chair."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.awards import conflicts, policy, queries, ranking, services
from hub.awards.forms import DecideForm, StepAsideForm, WithholdForm, score_form, scored
from hub.awards.models import Category, Cycle, Nomination, Outcome, Stage, Verdict
from hub.awards.views.blueprint import bp
from hub.awards.workflow import CYCLE
from hub.core.errors import Refusal
from hub.core.web import allowed, saves


@bp.get("/cycles/<int:cycle_id>/judging")
@allowed(policy.can_judge_cycle, get=queries.cycle)
def judging(cycle: Cycle) -> ResponseReturnValue:
    nominations = queries.to_judge(cycle, user=current_user)
    done = [one for one in nominations if one.judgement_of(current_user)]
    return render_template(
        "awards/judging.html",
        cycle=cycle,
        nominations=nominations,
        done={one.id for one in done},
        first=next((one for one in nominations if one not in done), None),
        leads=policy.leads_decision(current_user, cycle),
    )


@bp.route("/nominations/<int:nomination_id>/judge", methods=["GET", "POST"])
@allowed(policy.sits_on_its_cycle, get=queries.nomination)
@saves
def judge(nomination: Nomination) -> ResponseReturnValue:
    """All on one screen: whether I may, the case, my scores; then the others'."""
    if not policy.can_judge(current_user, nomination):
        abort(404)
    criteria = nomination.category.criteria
    form = score_form(criteria)(version_of=nomination, data=scored(nomination, current_user))
    if form.validate_on_submit():
        points = {c.id: (int(form[f"points_{c.id}"].data), form[f"why_{c.id}"].data) for c in criteria}
        services.score(nomination, points=points, actor=current_user)
        flash("Your scores are kept. Nobody is told before the announcement.", "success")
        return redirect(url_for("awards.judging", cycle_id=nomination.cycle_id))
    others = policy.sees_others(current_user, nomination)
    own = nomination.judgement_of(current_user)
    stands = own is not None and queries.others_scored(nomination, current_user)
    page = render_template(
        "awards/judge.html",
        form=form,
        nomination=nomination,
        own=own,
        stands=stands,
        others=[j for j in nomination.judgements if j.person_id != current_user.id and j.scores] if others else [],
        may_score=policy.can_score(current_user, nomination),
    )
    return page, 422 if form.errors else 200


@bp.route("/nominations/<int:nomination_id>/abstain", methods=["GET", "POST"])
@allowed(policy.sits_on_its_cycle, get=queries.nomination)
@saves
def abstain(nomination: Nomination) -> ResponseReturnValue:
    return _step_aside(nomination, Verdict.ABSTAINED)


@bp.route("/nominations/<int:nomination_id>/conflict", methods=["GET", "POST"])
@allowed(policy.sits_on_its_cycle, get=queries.nomination)
@saves
def conflict(nomination: Nomination) -> ResponseReturnValue:
    return _step_aside(nomination, Verdict.CONFLICT)


def _step_aside(nomination: Nomination, verdict: Verdict) -> ResponseReturnValue:
    if not policy.can_judge(current_user, nomination):
        abort(404)
    form = StepAsideForm(version_of=nomination)
    if form.validate_on_submit():
        deed = services.declare_conflict if verdict == Verdict.CONFLICT else services.abstain
        deed(nomination, reason=form.reason.data, actor=current_user)
        flash("Noted. Only the chair reads why.", "success")
        return redirect(url_for("awards.judging", cycle_id=nomination.cycle_id))
    page = render_template("awards/step_aside.html", form=form, nomination=nomination, verdict=verdict)
    return page, 422 if form.errors else 200


@bp.get("/cycles/<int:cycle_id>/decisions")
@allowed(policy.leads_decision, get=queries.cycle)
def decisions(cycle: Cycle) -> ResponseReturnValue:
    """Every award with its nominations in order of score, ties and conflicts shown."""
    seen = queries.nominations_of(cycle, user=current_user)
    shown = [one for one in seen if one.stage != Stage.AWAITING_CONSENT]
    groups = [
        (award, _standings(award, [one for one in shown if one.category_id == award.id])) for award in cycle.categories
    ]
    judges = [judge.person for judge in cycle.judges]
    ties = {one.id: [(judge, t) for judge in judges if (t := conflicts.tie(judge, one))] for one in shown}
    return render_template(
        "awards/decisions.html",
        cycle=cycle,
        groups=groups,
        ties=ties,
        is_chair=policy.chairs(current_user, cycle),
        may_close=CYCLE.can(cycle, "decide", current_user),
        may_reconsider=CYCLE.can(cycle, "reconsider", current_user),
    )


def _standings(award: Category, nominations: list[Nomination]) -> list[ranking.Standing]:
    """In order of score, unless the reader still has to score one of them: an order is a score too."""
    if any(policy.has_yet_to_judge(current_user, one) for one in nominations):
        return ranking.unranked(nominations)
    return ranking.ranked(nominations, award.criteria)


@bp.route("/nominations/<int:nomination_id>/decide", methods=["GET", "POST"])
@allowed(policy.leads_its_decision, get=queries.nomination)
@saves
def decide(nomination: Nomination) -> ResponseReturnValue:
    if not policy.can_decide(current_user, nomination):
        abort(404)
    form = DecideForm(version_of=nomination, data={"outcome": nomination.outcome, "feedback": nomination.feedback})
    if form.validate_on_submit():
        try:
            services.decide(
                nomination,
                outcome=Outcome(form.outcome.data),
                feedback=form.feedback.data or "",
                actor=current_user,
            )
        except services.NoReasonGiven as refusal:
            form.refuse(form.feedback, refusal)
        except Refusal as refusal:
            form.refuse(form.outcome, refusal)
        else:
            flash("Decided. Nobody is told before the announcement.", "success")
            return redirect(url_for("awards.decisions", cycle_id=nomination.cycle_id))
    waits = policy.has_yet_to_judge(current_user, nomination)
    scores = [] if waits else [j for j in nomination.judgements if j.scores]
    page = render_template("awards/decide.html", form=form, nomination=nomination, scores=scores, waits=waits)
    return page, 422 if form.errors else 200


@bp.route("/categories/<int:category_id>/withhold", methods=["GET", "POST"])
@allowed(policy.leads_its_decision, get=queries.category)
@saves
def withhold(category: Category) -> ResponseReturnValue:
    form = WithholdForm()
    if form.validate_on_submit():
        try:
            services.withhold(category, because=form.because.data, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.because, refusal)
        else:
            flash(f"{category.name} is withheld this time.", "success")
            return redirect(url_for("awards.decisions", cycle_id=category.cycle_id))
    return render_template("awards/withhold.html", form=form, category=category), 422 if form.errors else 200


@bp.post("/cycles/<int:cycle_id>/close-decisions")
@allowed(policy.leads_decision, get=queries.cycle)
@saves
def close_decisions(cycle: Cycle) -> ResponseReturnValue:
    services.close_decisions(cycle, actor=current_user)
    flash("Everything is decided. The lead announces it.", "success")
    return redirect(url_for("awards.decisions", cycle_id=cycle.id))


@bp.post("/cycles/<int:cycle_id>/reconsider")
@allowed(policy.leads_decision, get=queries.cycle)
@saves
def reconsider(cycle: Cycle) -> ResponseReturnValue:
    services.reconsider(cycle, actor=current_user)
    flash("The decisions are open again.", "success")
    return redirect(url_for("awards.decisions", cycle_id=cycle.id))
