"""Consultation: what people say about the plan’s wording, and what came of it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, or_

from hub.core.errors import Refusal
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed, saves
from hub.plan import policy, queries, services
from hub.plan.life_forms import AnswerForm, CommentForm
from hub.plan.models import Action, Plan, PlanComment, Verdict
from hub.plan.snapshots import WORDING, told, wording
from hub.plan.views.blueprint import bp

UNNAMED = "Somebody"
STATES = {"waiting": "Not answered yet", "changed": "We changed the wording", "unchanged": "No change"}


@bp.get("/<int:plan_id>/consultation")
@allowed(policy.can_read, get=queries.plan)
def consultation(plan: Plan) -> ResponseReturnValue:
    return _said_of(plan).answer(
        "plan/consultation.html",
        plan=plan,
        counts=queries.comment_counts(plan.id),
        coverage=queries.coverage(plan.id),
        told=told,
        by=by,
        can_lead=policy.can_edit(current_user, plan),
    )


def _said_of(plan: Plan) -> Listing:
    return Listing(
        name="comments",
        noun=("comment", "comments"),
        rows=queries.comments_of(plan.id),
        columns=(
            Column("action", "Action", lambda c: c.action.objective, Action.objective),
            Column("said", "What was said", lambda c: c.text),
            Column("by", "By", by),
            Column("on", "Date", lambda c: c.written_at, PlanComment.written_at),
            Column("verdict", "What came of it", lambda c: STATES[c.verdict or "waiting"]),
            Column("because", "Because", lambda c: c.answer),
        ),
        default_order=(PlanComment.written_at.desc(), PlanComment.id.desc()),
        filters_offered=(Filter("state", "What came of it", lambda: STATES, _in_state),),
        search=lambda q: matching(q, PlanComment.text, Action.objective),
    )


def by(comment: PlanComment) -> str:
    return UNNAMED if comment.unnamed else comment.author.name


def _in_state(chosen: list[str]) -> ColumnElement[bool]:
    verdicts = [PlanComment.verdict == Verdict(state) for state in chosen if state != "waiting"]
    return or_(*verdicts, *([PlanComment.verdict.is_(None)] if "waiting" in chosen else []))


@bp.get("/actions/<int:action_id>/comments")
@allowed(policy.can_read_action, get=queries.action)
def comments(action: Action) -> ResponseReturnValue:
    return _thread(action, CommentForm(version_of=action))


@bp.post("/actions/<int:action_id>/comments")
@allowed(policy.can_comment, get=queries.action)
@saves
def add_comment(action: Action) -> ResponseReturnValue:
    form = CommentForm(version_of=action)
    if form.validate_on_submit():
        services.add_comment(action, actor=current_user, text=form.text.data, unnamed=form.unnamed.data)
        flash("Your comment is there. You can change it until it is answered.", "success")
        return redirect(url_for("plan.comments", action_id=action.id))
    return _thread(action, form), 422


def _thread(action: Action, form: CommentForm) -> str:
    return render_template(
        "plan/comments.html",
        action=action,
        wording=wording(action),
        names=WORDING,
        comments=queries.comments_on(action.id),
        form=form if policy.can_comment(current_user, action) else None,
        told=told,
        by=by,
        can_answer=policy.can_edit_action(current_user, action),
    )


@bp.route("/comments/<int:comment_id>", methods=["GET", "POST"])
@allowed(policy.can_change_comment, get=queries.comment)
@saves
def edit_comment(comment: PlanComment) -> ResponseReturnValue:
    form = CommentForm(version_of=comment, data={"text": comment.text, "unnamed": comment.unnamed})
    if form.validate_on_submit():
        services.edit_comment(comment, actor=current_user, text=form.text.data, unnamed=form.unnamed.data)
        flash("Saved.", "success")
        return redirect(url_for("plan.comments", action_id=comment.action_id))
    return render_template("plan/edit_comment.html", form=form, comment=comment), 422 if form.errors else 200


@bp.post("/comments/<int:comment_id>/remove")
@allowed(policy.can_change_comment, get=queries.comment)
@saves
def remove_comment(comment: PlanComment) -> ResponseReturnValue:
    services.remove_comment(comment, actor=current_user)
    flash("Your comment is gone.", "success")
    return redirect(url_for("plan.comments", action_id=comment.action_id))


@bp.route("/comments/<int:comment_id>/answer", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.comment)
@saves
def answer_comment(comment: PlanComment) -> ResponseReturnValue:
    form = AnswerForm(version_of=comment)
    if form.validate_on_submit():
        try:
            services.answer_comment(
                comment, actor=current_user, verdict=Verdict(form.verdict.data), answer=form.answer.data
            )
        except Refusal as refusal:
            form.refuse(form.verdict, refusal)
        else:
            flash("Answered.", "success")
            return redirect(url_for("plan.comments", action_id=comment.action_id))
    changes = told(comment.wording, wording(comment.action))
    return render_template(
        "plan/answer_comment.html", form=form, comment=comment, changes=changes, by=by
    ), 422 if form.errors else 200
