"""From one plan to the next: carrying forward, and saying what became of each action."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.web import allowed, saves
from hub.plan import policy, queries, services
from hub.plan.forms import PlanForm
from hub.plan.life_forms import CourseForm, PredecessorForm
from hub.plan.models import Course, Plan, Trajectory
from hub.plan.views.blueprint import bp


@bp.route("/<int:plan_id>/next", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.plan)
@saves
def carry_forward(plan: Plan) -> ResponseReturnValue:
    form = PlanForm(version_of=plan)
    if form.validate_on_submit():
        try:
            after = services.carry_forward(
                plan, actor=current_user, name=form.name.data, starts_on=form.starts_on.data, ends_on=form.ends_on.data
            )
        except services.NoSuchCourse as refusal:
            form.refuse(form.starts_on, refusal)
        else:
            flash("Everything that is not done was carried into the new draft.", "success")
            return redirect(url_for("plan.lineage", plan_id=after.id))
    return render_template("plan/carry_forward.html", form=form, plan=plan), 422 if form.errors else 200


@bp.route("/<int:plan_id>/lineage", methods=["GET", "POST"])
@allowed(policy.can_edit, get=queries.plan)
@saves
def lineage(plan: Plan) -> ResponseReturnValue:
    """What became of each action of the plan before; which plan that is, if nobody has said so."""
    earlier = [] if plan.predecessor_id else queries.possible_predecessors(plan)
    form = PredecessorForm(version_of=plan, plans=earlier)
    if form.validate_on_submit():
        services.follow(plan, queries.plan(int(form.predecessor.data)), actor=current_user)
        return redirect(url_for("plan.lineage", plan_id=plan.id))
    found = queries.trajectories(plan.id)
    return render_template(
        "plan/lineage.html",
        plan=plan,
        form=form if earlier else None,
        trajectories=found,
        figures=queries.trajectory_figures(found, queries.action_ids(plan.id)),
    ), 422 if form.errors else 200


@bp.route("/trajectories/<int:trajectory_id>", methods=["GET", "POST"])
@allowed(policy.can_trace, get=queries.trajectory)
@saves
def decide_course(trajectory: Trajectory) -> ResponseReturnValue:
    filled = {
        "course": trajectory.course,
        "into": [str(one.action_id) for one in trajectory.successors],
        "reason": trajectory.reason,
    }
    form = CourseForm(version_of=trajectory, actions=queries.actions(trajectory.plan_id), data=filled)
    if form.validate_on_submit():
        course = Course(form.course.data)
        try:
            services.decide_course(
                trajectory,
                actor=current_user,
                course=course,
                into=[int(key) for key in form.into.data],
                reason=form.reason.data or "",
            )
        except services.NoSuchCourse as refusal:
            form.refuse(form.reason if course == Course.STOPPED else form.into, refusal)
        else:
            return redirect(url_for("plan.lineage", plan_id=trajectory.plan_id))
    return render_template("plan/decide_course.html", form=form, trajectory=trajectory), 422 if form.errors else 200
