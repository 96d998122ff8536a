"""Importing a plan: choose the file, see what was understood, correct it, store it."""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.errors import Refusal
from hub.core.web import allowed, saves
from hub.core.words import counted
from hub.plan import policy, queries, services
from hub.plan.comparing import compare
from hub.plan.forms import AmendingTakeForm, DatedLinesField, DraftForm, ImportForm, StoreForm, TakeForm
from hub.plan.importing import UnreadableFile
from hub.plan.models import Plan, PlanImport, Stage
from hub.plan.services.plans import NotReady
from hub.plan.views.blueprint import bp

TEXTS = ("ref", "objective", "details", "impact", "delivery", "owner", "working_group", "resource", "progress")


@bp.route("/import", methods=["GET", "POST"])
@allowed(policy.can_lead)
@saves
def import_file() -> ResponseReturnValue:
    form = ImportForm()
    if form.validate_on_submit():
        try:
            read = _read(form)
        except UnreadableFile as refusal:
            form.refuse(form.file if form.file.data else form.text, refusal)
        else:
            return redirect(url_for("plan.import_preview", import_id=read.id))
    return render_template("plan/import_file.html", form=form), 422 if form.errors else 200


def _read(form: ImportForm) -> PlanImport:
    upload = form.file.data
    if upload:
        return services.read_file(upload.read(), upload.filename or "file", actor=current_user)
    return services.read_text(form.text.data, actor=current_user)


@bp.route("/imports/<int:import_id>", methods=["GET", "POST"])
@allowed(policy.can_correct, get=queries.plan_import)
@saves
def import_preview(read: PlanImport) -> ResponseReturnValue:
    form = StoreForm(version_of=read, data=None if request.method == "POST" else _period(read))
    if form.validate_on_submit():
        try:
            plan = services.store_import(
                read,
                actor=current_user,
                name=form.name.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                owner_role=form.owner_role.data or "",
            )
        except NotReady as refusal:
            form.refuse(form.name, refusal)
        else:
            flash("The plan is stored as a draft. Nobody but you sees it until you open it to consultation.", "success")
            return redirect(url_for("plan.tracker", plan_id=plan.id))
    return render_template("plan/import_preview.html", form=form, read=read), 422 if form.errors else 200


def _period(read: PlanImport) -> dict[str, Any]:
    """A first guess: 36 months from the August before the first day that the file names."""
    days = [a[key] for a in read.preview["actions"] for key in ("start", "due") if a[key]]
    days += [t["due"] for a in read.preview["actions"] for t in a["targets"] if t["due"]]
    first = date.fromisoformat(min(days)) if days else None
    if first is None:
        return {}
    year = first.year if first.month >= 8 else first.year - 1
    return {
        "name": f"Action plan {year} to {year + 3}",
        "starts_on": date(year, 8, 1),
        "ends_on": date(year + 3, 7, 31),
    }


@bp.route("/imports/<int:import_id>/differences", methods=["GET", "POST"])
@allowed(policy.can_correct, get=queries.plan_import)
@saves
def compare_import(read: PlanImport) -> ResponseReturnValue:
    """The file beside a plan that is there, ``?plan=``, else the current one: each difference is taken or left."""
    plan = _plan_beside()
    if plan is None:
        return render_template("plan/compare_import.html", read=read, plan=None)
    found = compare(plan, read.preview["actions"])
    keys = [one.key for one in found.offered]
    form_of = AmendingTakeForm if plan.stage == Stage.PUBLISHED else TakeForm
    form = form_of(version_of=read, offered=keys, asked=request.form.getlist("take"), data=_chosen(keys))
    if form.validate_on_submit():
        try:
            reason = form.reason.data if "reason" in form else ""
            taken = services.take_over(read, plan, form.take.data, actor=current_user, reason=reason)
        except Refusal as refusal:
            form.refuse(form.take, refusal)
        else:
            flash(f"{counted(taken, 'action')} taken from the file. Everything else stays as it was.", "success")
            return redirect(url_for("plan.tracker", plan_id=plan.id))
    others = [one for one in queries.plans(current_user.institution_id) if policy.can_edit(current_user, one)]
    return render_template(
        "plan/compare_import.html", read=read, plan=plan, found=found, form=form, plans=others
    ), 422 if form.errors else 200


def _chosen(keys: list[str]) -> dict[str, Any]:
    """Everything, until somebody has chosen."""
    return {} if request.method == "POST" else {"take": keys}


def _plan_beside() -> Plan | None:
    asked = request.args.get("plan")
    if asked is None:
        return queries.current_plan(current_user.institution_id)
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 9):
        abort(404)
    plan = queries.plan(int(asked))
    if not policy.can_edit(current_user, plan):
        abort(404)
    return plan


@bp.route("/imports/<int:import_id>/actions", methods=["GET", "POST"])
@allowed(policy.can_correct, get=queries.plan_import)
@saves
def correct_draft(read: PlanImport) -> ResponseReturnValue:
    index = _index(read)
    form = DraftForm(
        version_of=read, data=None if request.method == "POST" else _filled(read.preview["actions"][index])
    )
    if form.validate_on_submit():
        services.correct(read, index, actor=current_user, **_fields(form))
        return redirect(url_for("plan.import_preview", import_id=read.id))
    return render_template("plan/correct_draft.html", form=form, read=read, index=index), 422 if form.errors else 200


@bp.post("/imports/<int:import_id>/actions/left-out")
@allowed(policy.can_correct, get=queries.plan_import)
@saves
def leave_out_draft(read: PlanImport) -> ResponseReturnValue:
    services.leave_out(read, _index(read), actor=current_user)
    flash("Left out. The file itself is unchanged.", "success")
    return redirect(url_for("plan.import_preview", import_id=read.id))


def _index(read: PlanImport) -> int:
    """Which draft is meant, by its place in the file: ``?n=``."""
    n = request.args.get("n", "")
    if not (n.isascii() and n.isdigit() and len(n) <= 4 and int(n) < len(read.preview["actions"])):
        abort(404)
    return int(n)


def _filled(draft: dict[str, Any]) -> dict[str, Any]:
    milestones = [(m["text"], _day(m["due"])) for m in draft["milestones"]]
    targets = [(f"{t['text']} | {round(t['value'])}", _day(t["due"])) for t in draft["targets"]]
    return draft | {
        "start": _day(draft["start"]),
        "due": _day(draft["due"]),
        "milestones": DatedLinesField.write(milestones),
        "targets": DatedLinesField.write(targets),
    }


def _fields(form: DraftForm) -> dict[str, Any]:
    texts = {name: form[name].data or "" for name in TEXTS}
    return texts | {
        "themes": form.themes.data,
        "start": _iso(form.start.data),
        "due": _iso(form.due.data),
        "rag": form.rag.data,
        "milestones": [{"text": text, "due": _iso(due)} for text, due in form.milestone_rows],
        "targets": [{"text": text, "value": value, "due": _iso(due)} for text, value, due in form.target_rows],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
