"""Pages of the lead: cycles, their awards, criteria and judges, screening, the announcement."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_lead
from hub.awards import lists, policy, queries, services
from hub.awards.forms import CategoryForm, CriterionForm, CycleForm, JudgeForm
from hub.awards.models import Category, Cycle, Judge, Nomination
from hub.awards.views.blueprint import bp
from hub.awards.workflow import CYCLE, NOMINATION
from hub.core.errors import Refusal
from hub.core.web import allowed, only, saves


@bp.get("/cycles")
@allowed(is_lead)
def cycles() -> ResponseReturnValue:
    return lists.cycles(current_user.institution_id).answer("awards/cycles.html")


@bp.route("/cycles/new", methods=["GET", "POST"])
@allowed(is_lead)
@saves
def new_cycle() -> ResponseReturnValue:
    form = CycleForm(data={"scheme_name": "Technician Awards"})
    if form.validate_on_submit():
        cycle = services.new_cycle(
            current_user.institution,
            scheme_name=form.scheme_name.data,
            name=form.name.data,
            opens_at=form.opens_at.data,
            closes_at=form.closes_at.data,
            judging_until=form.judging_until.data,
            chair=form.chair_person,
            actor=current_user,
        )
        flash("The cycle is prepared. It opens when you say so.", "success")
        return redirect(url_for("awards.cycle", cycle_id=cycle.id))
    return render_template("awards/new_cycle.html", form=form), 422 if form.errors else 200


@bp.get("/cycles/<int:cycle_id>")
@allowed(policy.runs, get=queries.cycle)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    return render_template(
        "awards/cycle.html",
        cycle=cycle,
        checks=services.go_live_checks(cycle),
        nominations=queries.nominations_of(cycle, user=current_user),
        moves={move.name for move in CYCLE.available(cycle, current_user)},
        next_moves=lambda n: [m for m in NOMINATION.available(n, current_user) if m.name in SCREENING],
        may_set_up=policy.can_set_up(current_user, cycle),
    )


SCREENING = {"pass_check": services.pass_check, "shortlist": services.shortlist}


@bp.post("/nominations/<int:nomination_id>/screen")
@allowed(policy.leads_its_decision, get=queries.nomination)
@saves
def screen(nomination: Nomination) -> ResponseReturnValue:
    """Eligible, then on the shortlist: whichever the button says."""
    move = SCREENING.get(only("move"))
    if move is None or not policy.handles(current_user, nomination):
        abort(404)
    move(nomination, actor=current_user)
    return redirect(url_for("awards.cycle", cycle_id=nomination.cycle_id) + "#nominations")


@bp.post("/cycles/<int:cycle_id>/go-live")
@allowed(policy.runs, get=queries.cycle)
@saves
def go_live(cycle: Cycle) -> ResponseReturnValue:
    services.go_live(cycle, actor=current_user)
    flash(f"{cycle.name} is open for nominations.", "success")
    return redirect(url_for("awards.cycle", cycle_id=cycle.id))


@bp.post("/cycles/<int:cycle_id>/close")
@allowed(policy.runs, get=queries.cycle)
@saves
def close_cycle(cycle: Cycle) -> ResponseReturnValue:
    services.close_cycle(cycle, actor=current_user)
    flash("Nominations are closed, and the judges have been asked.", "success")
    return redirect(url_for("awards.cycle", cycle_id=cycle.id))


@bp.post("/cycles/<int:cycle_id>/announce")
@allowed(policy.runs, get=queries.cycle)
@saves
def announce(cycle: Cycle) -> ResponseReturnValue:
    told = services.announce(cycle, actor=current_user)
    flash(f"Announced: nominees and nominators of {told} nominations have been told.", "success")
    return redirect(url_for("awards.winners"))


@bp.route("/cycles/<int:cycle_id>/categories/new", methods=["GET", "POST"])
@allowed(policy.runs, get=queries.cycle)
@saves
def new_category(cycle: Cycle) -> ResponseReturnValue:
    form = CategoryForm(version_of=cycle, data={"word_limit": 150})
    if form.validate_on_submit():
        category = services.add_category(
            cycle,
            name=form.name.data,
            description=form.description.data or "",
            word_limit=form.word_limit.data,
            self_allowed=form.self_allowed.data,
            team_allowed=form.team_allowed.data,
            actor=current_user,
        )
        return redirect(url_for("awards.criteria", category_id=category.id))
    return render_template("awards/new_category.html", form=form, cycle=cycle), 422 if form.errors else 200


@bp.route("/categories/<int:category_id>/criteria", methods=["GET", "POST"])
@allowed(policy.runs, get=queries.category)
@saves
def criteria(category: Category) -> ResponseReturnValue:
    """The criteria of an award, and one more."""
    form = CriterionForm()
    if form.validate_on_submit():
        try:
            services.add_criterion(
                category,
                name=form.name.data,
                question=form.question.data or "",
                weight=form.weight.data,
                levels=form.level_lines,
                actor=current_user,
            )
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            return redirect(url_for("awards.criteria", category_id=category.id))
    locked = queries.is_rubric_locked(category)
    return render_template("awards/criteria.html", form=form, category=category, locked=locked), (
        422 if form.errors else 200
    )


@bp.post("/categories/<int:category_id>/criteria/remove")
@allowed(policy.runs, get=queries.category)
@saves
def remove_criterion(category: Category) -> ResponseReturnValue:
    criterion = next((c for c in category.criteria if str(c.id) == only("criterion")), None)
    if criterion is None:
        abort(404)
    services.remove_criterion(category, criterion, actor=current_user)
    return redirect(url_for("awards.criteria", category_id=category.id))


@bp.route("/cycles/<int:cycle_id>/judges", methods=["GET", "POST"])
@allowed(policy.runs, get=queries.cycle)
@saves
def judges(cycle: Cycle) -> ResponseReturnValue:
    form = JudgeForm(version_of=cycle)
    if form.validate_on_submit():
        services.add_judge(cycle, form.judge_person, actor=current_user)
        return redirect(url_for("awards.judges", cycle_id=cycle.id))
    return render_template("awards/judges.html", form=form, cycle=cycle), 422 if form.errors else 200


@bp.post("/cycles/<int:cycle_id>/judges/acting")
@allowed(policy.runs, get=queries.cycle)
@saves
def acting_chair(cycle: Cycle) -> ResponseReturnValue:
    """Let a judge act as chair, or no longer."""
    judge = _judge(cycle)
    services.let_act_as_chair(cycle, judge, acts=not judge.acts_as_chair, actor=current_user)
    flash(f"{judge.person.name} {'decides with the chair' if judge.acts_as_chair else 'only judges'}.", "success")
    return redirect(url_for("awards.judges", cycle_id=cycle.id))


@bp.post("/cycles/<int:cycle_id>/judges/remove")
@allowed(policy.runs, get=queries.cycle)
@saves
def remove_judge(cycle: Cycle) -> ResponseReturnValue:
    services.remove_judge(cycle, _judge(cycle), actor=current_user)
    return redirect(url_for("awards.judges", cycle_id=cycle.id))


def _judge(cycle: Cycle) -> Judge:
    """Whichever the button names."""
    judge = next((j for j in cycle.judges if str(j.id) == only("judge")), None)
    return judge or abort(404)
