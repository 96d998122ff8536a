"""Writing about the areas, talking about the drafts, taking them along, and the person who vouches."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.accounts import queries as accounts
from hub.core.downloads import DOCX, TEXT, download, file_name
from hub.core.forms import HubForm
from hub.core.web import allowed, saves
from hub.core.words import at_time
from hub.registration import exports, guidance, policy, queries, registers, services
from hub.registration.forms import CommentForm, StatementForm, SupporterForm, SupportForm
from hub.registration.models import Journey, Statement
from hub.registration.queries import Thread
from hub.registration.refusals import DraftsStandStill, WrongSupporter
from hub.registration.registers import Area
from hub.registration.views.blueprint import bp, me, seen_journey, seen_statement


def _area_of(statement: Statement) -> Area:
    journey = statement.journey
    register = registers.all_registers()[journey.register or ""]
    return register.framework_of(journey.framework).area(statement.area)


@bp.route("/journeys/<int:journey_id>/areas/<area>", methods=["GET", "POST"])
@allowed(policy.can_read, get=seen_statement)
@saves
def area(statement: Statement) -> ResponseReturnValue:
    owns = policy.can_write(me(), statement)
    form = StatementForm(obj=statement) if owns else None
    if form is not None and form.validate_on_submit() and _fits(form, statement):
        try:
            services.save_statement(statement, text=form.text.data or "", keep=True, actor=me())
        except DraftsStandStill as refusal:
            form.refuse(form.text, refusal)
        else:
            flash(f"Saved, {statement.words} words.", "success")
            return redirect(url_for("registration.journey", journey_id=statement.journey_id))
    shown = _area_page(statement, form, CommentForm())
    return shown, 422 if form is not None and form.errors else 200


def _fits(form: StatementForm, statement: Statement) -> bool:
    over = len((form.text.data or "").split()) - _area_of(statement).words
    if over > 0:
        form.refuse(form.text, DraftsStandStill(f"Shorten this by {over} {'word' if over == 1 else 'words'}."))
    return over <= 0


def _area_page(statement: Statement, form: HubForm | None, comment_form: CommentForm) -> str:
    return render_template(
        "registration/area.html",
        statement=statement,
        journey=statement.journey,
        area=_area_of(statement),
        form=form,
        comment_form=comment_form,
        owns=policy.can_write(me(), statement),
        writable=policy.is_writable(statement.journey),
        codes=_codes(statement),
    )


def _codes(statement: Statement) -> list[str]:
    register = registers.all_registers()[statement.journey.register or ""]
    return [one.code for one in register.framework_of(statement.journey.framework).areas]


@bp.post("/journeys/<int:journey_id>/areas/<area>/autosave")
@allowed(policy.can_write, get=seen_statement)
@saves
def autosave(statement: Statement) -> ResponseReturnValue:
    form = StatementForm(version_of=statement)
    if not form.validate_on_submit():
        return jsonify(errors=form.errors), 422
    services.save_statement(statement, text=form.text.data or "", keep=False, actor=me())
    saved_at = at_time(statement.saved_at) if statement.saved_at else ""
    return jsonify(saved=saved_at, version=statement.version)


@bp.post("/journeys/<int:journey_id>/areas/<area>/comments")
@allowed(policy.can_read, get=lambda journey_id, area: queries.thread_for(journey_id, area, viewer=me()))
@saves
def comment(thread: Thread) -> ResponseReturnValue:
    form = CommentForm()
    statement = thread.statement
    if form.validate_on_submit():
        services.comment(statement, text=form.comment.data, actor=me())
        flash("Your comment is there.", "success")
        return redirect(url_for("registration.area", journey_id=statement.journey_id, area=statement.area))
    own = StatementForm(formdata=None, obj=statement) if policy.can_write(me(), statement) else None
    return _area_page(statement, own, form), 422


@bp.get("/journeys/<int:journey_id>/drafts")
@allowed(policy.is_owner_or_mentor, get=seen_journey)
def drafts(journey: Journey) -> ResponseReturnValue:
    """All drafts on one page, or with ``?export`` as a file to take along."""
    name = f"{journey.person.name}, {journey.register or 'drafts'}"
    if request.args.get("export") == "docx":
        return download(exports.as_docx(journey), DOCX, file_name(name, "docx"))
    if request.args.get("export") == "txt":
        return download(exports.as_text(journey).encode(), TEXT, file_name(name, "txt"))
    return render_template(
        "registration/drafts.html",
        journey=journey,
        areas=guidance.areas(journey),
        texts={one.area: one.text for one in journey.statements},
    )


@bp.route("/journeys/<int:journey_id>/supporter", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def supporter(journey: Journey) -> ResponseReturnValue:
    form = SupporterForm(version_of=journey)
    if form.validate_on_submit():
        try:
            person = accounts.person_by_email(form.email.data)
            known = person if person is not None and person.institution_id == journey.institution_id else None
            services.name_supporter(
                journey,
                person=known,
                name=form.name.data,
                email=form.email.data,
                agreed=form.agreed.data,
                actor=me(),
            )
        except (WrongSupporter, DraftsStandStill) as refusal:
            form.refuse(form.email, refusal)
        else:
            flash(f"{journey.supporter_name} is asked." if known else "Your supporter is named.", "success")
            return redirect(url_for("registration.journey", journey_id=journey.id))
    return render_template("registration/supporter.html", form=form, journey=journey), 422 if form.errors else 200


@bp.route("/journeys/<int:journey_id>/support", methods=["GET", "POST"])
@allowed(policy.is_supporter, get=lambda journey_id: queries.supported_journey(journey_id, viewer=me()))
@saves
def support(journey: Journey) -> ResponseReturnValue:
    form = SupportForm(version_of=journey)
    if form.validate_on_submit():
        services.support(journey, agreed=form.answer.data == "yes", actor=me())
        flash(f"{journey.person.first_name} has been told. Thank you.", "success")
        return redirect(url_for("registration.home"))
    return render_template("registration/support.html", form=form, journey=journey), 422 if form.errors else 200
