"""The fund's blueprint, and what several of its pages share."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.clock import today
from hub.core.words import at_time
from hub.fund import services
from hub.fund.forms import SectionForm
from hub.fund.models import Application
from hub.fund.progress import ACTIVITY, COSTS, ELIGIBILITY, Section, missing, sections, state, stops

bp = Blueprint("fund", __name__, url_prefix="/fund")


def to_application(application: Application) -> ResponseReturnValue:
    return redirect(url_for("fund.application", application_id=application.id))


def keep_section(application: Application, form: SectionForm, template: str, **context: Any) -> ResponseReturnValue:
    """One section of an application: kept by its button, by “later”, or by the script while it is written."""
    wants_json = request.accept_mimetypes.best == "application/json"
    with_gaps = wants_json or "later" in request.form
    if form.validate_on_submit() or (form.is_submitted() and with_gaps and form.has_only_gaps()):
        services.answer(application, actor=current_user, **form.answers())
        if wants_json:
            return jsonify(saved=at_time(application.saved_at), version=application.version)
        flash("Saved.", "success")
        return redirect(url_for("fund.application", application_id=application.id))
    if wants_json:
        return jsonify(errors=form.errors), 422
    page = render_template(template, form=form, application=application, **context)
    return page, 422 if form.errors else 200


Task = tuple[str, str, str, str]  # name, state, note, address


def task_groups(application: Application) -> list[tuple[str, list[Task]]]:
    """The form as a list of tasks with their states."""
    asked = sections(application.round.scheme)
    tasks = {s: _task(application, s) for s in asked}
    ready = all(state(application, s) == "done" for s in asked)
    check = (
        "Check your answers and send",
        "todo" if ready else "blocked",
        "" if ready else "When the sections above are done",
        _to("fund.check", application),
    )
    return [
        *([("First", [tasks[ELIGIBILITY]])] if ELIGIBILITY in tasks else []),
        ("What it is", [tasks[ACTIVITY], tasks[COSTS], _share(application)]),
        ("Your case", [tasks[s] for s in asked if s not in {ELIGIBILITY, ACTIVITY, COSTS}]),
        ("Send it", [check]),
    ]


def _task(application: Application, section: Section) -> Task:
    note = _note(application, section.endpoint)
    return (section.name, state(application, section), note, _to(section.endpoint, application))


def _share(application: Application) -> Task:
    """The department's share has no answer that must be given, unless the fund asks for one."""
    where = _to("fund.match", application)
    name = "Your department’s share, and other money"
    if state(application, ACTIVITY) == "blocked":
        return (name, "blocked", "", where)
    if application.match_pence or application.round.scheme.match_percent:
        return (name, "done" if application.match_pence else "todo", "", where)
    return (name, "done", "None: that is fine", where)


def _to(endpoint: str, application: Application) -> str:
    return url_for(endpoint, application_id=application.id)


def _note(application: Application, endpoint: str) -> str:
    if endpoint == "fund.costs" and application.cost_lines:
        lines = len(application.cost_lines)
        return f"{lines} {'line' if lines == 1 else 'lines'}"
    if endpoint == "fund.activity":
        return application.provider
    return ""


def next_task(application: Application) -> tuple[str, str]:
    """The first section that is not done, else the check: text and address of the one main button."""
    for section in sections(application.round.scheme):
        if missing(application, section):
            begun = any(state(application, s) in {"started", "done"} for s in sections(application.round.scheme))
            name = section.name[:1].lower() + section.name[1:]
            return (f"{'Carry on' if begun else 'Start'}: {name}", _to(section.endpoint, application))
    return ("Check your answers and send", _to("fund.check", application))


def found_stops(application: Application) -> list[tuple[str, str, str, str]]:
    """What stops it from being sent, as the checklist macro wants it."""
    return [("stop", words, "Mend this", _to(endpoint, application)) for words, endpoint in stops(application, today())]
