"""Importing the staff list: send a file, say what its columns are, see what it would change, have it stored."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.models import Person
from hub.core import progress
from hub.core.errors import MoveRefused
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.spreadsheets import UnreadableFile
from hub.core.web import allowed, saves, takes
from hub.workforce import policy, queries, services
from hub.workforce.forms import ConfirmForm, SendForm, columns_form, filled, meanings
from hub.workforce.models import UNDER_WAY, Finding, Sort, StaffImport, Stage
from hub.workforce.reading.files import LARGEST
from hub.workforce.views.blueprint import bp
from hub.workforce.wording import SORTS, STAGES

FIRST = 5  # of each sort, on the page of a file


def leavers(read: StaffImport) -> int | str:
    """How many leave by what was, or would be, stored."""
    if not read.counts:
        return ""
    return int(read.counts["leaves"]) + (int(read.counts["missing"]) if read.missing_leave else 0)


IMPORTS = [
    Column("file", "File", lambda i: i.file_name),
    Column("sent", "Sent", lambda i: i.sent_at, StaffImport.sent_at),
    Column("by", "By", lambda i: i.owner.name if i.owner else "The nightly feed", Person.name),
    Column("state", "State", lambda i: STAGES[i.stage][0], StaffImport.stage),
    Column("joined", "Join", lambda i: i.counts.get("joins", ""), numeric=True),
    Column("changed", "Change", lambda i: i.counts.get("changes", ""), numeric=True),
    Column("left", "Leave", leavers, numeric=True),
]
FINDINGS = [
    Column("sort", "What", lambda f: SORTS[f.sort], Finding.sort),
    Column("row", "Row", lambda f: f.row, Finding.row, numeric=True),
    Column("who", "Who", lambda f: f.who, Finding.who),
    Column("column", "Column", lambda f: f.column, Finding.column),
    Column("what", "In words", lambda f: f.what),
    Column("example", "Such as", lambda f: f.example),
]


@bp.get("/staff-list")
@allowed(policy.can_import)
def staff_list() -> ResponseReturnValue:
    listing = Listing(
        name="staff-files",
        noun=("staff file", "staff files"),
        rows=queries.imports(current_user.institution_id),
        columns=IMPORTS,
        default_order=(StaffImport.sent_at.desc(), StaffImport.id.desc()),
    )
    return listing.answer("workforce/staff_list.html", stages=STAGES, leavers=leavers)


@bp.route("/staff-list/send", methods=["GET", "POST"])
@takes(LARGEST + 1024 * 1024)
@allowed(policy.can_import)
@saves
def send_file() -> ResponseReturnValue:
    form = SendForm()
    if form.validate_on_submit():
        upload = form.file.data
        try:
            sent = services.send(upload.read(), upload.filename or "", actor=current_user)
        except UnreadableFile as refusal:
            form.refuse(form.file, refusal)
        else:
            return redirect(url_for("workforce.staff_import", import_id=sent.id))
    return render_template("workforce/send_file.html", form=form), 422 if form.errors else 200


@bp.route("/staff-list/<int:import_id>", methods=["GET", "POST"])
@allowed(policy.can_import, get=queries.staff_import)
@saves
def staff_import(read: StaffImport) -> ResponseReturnValue:
    if read.stage != Stage.CHECKED and request.method == "POST":
        raise MoveRefused("This file can no longer be stored: its page says how it stands.")
    if read.stage != Stage.CHECKED:
        return _as_it_is(read)
    form = ConfirmForm(version_of=read, counts=read.counts)
    if form.validate_on_submit():
        try:
            services.confirm(read, missing_leave=form.missing_leave, has_looked=form.was_looked_at, actor=current_user)
        except services.LooksWrong as refusal:
            form.refuse(form.has_looked, refusal)
        else:
            return redirect(url_for("workforce.staff_import", import_id=read.id))
    first = {sort: queries.first_findings(read.id, sort, FIRST) for sort in Sort if _number(read, sort)}
    return render_template(
        "workforce/decide.html", form=form, read=read, first=first, sorts=SORTS
    ), 422 if form.errors else 200


def _number(read: StaffImport, sort: Sort) -> int:
    return int(read.counts[{Sort.ERROR: "errors", Sort.NOTE: "notes"}.get(sort, str(sort))])


def _as_it_is(read: StaffImport) -> ResponseReturnValue:
    if read.stage in UNDER_WAY:
        at = progress.of(services.work_of(read.id))
        return render_template("workforce/under_way.html", read=read, at=at, is_storing=read.stage == Stage.CONFIRMED)
    return render_template("workforce/decided.html", read=read, stages=STAGES, leavers=leavers(read))


@bp.route("/staff-list/<int:import_id>/columns", methods=["GET", "POST"])
@allowed(policy.can_import, get=queries.staff_import)
@saves
def name_columns(read: StaffImport) -> ResponseReturnValue:
    if not policy.can_map(current_user, read):
        return redirect(url_for("workforce.staff_import", import_id=read.id))
    form = columns_form(read.columns)(version_of=read, data=filled(read.columns))
    if form.validate_on_submit():
        try:
            services.name_columns(read, meanings(form, read.columns), actor=current_user)
        except (services.ColumnsLacking, services.MeantTwice) as refusal:
            form.form_errors.append(str(refusal))
        else:
            return redirect(url_for("workforce.staff_import", import_id=read.id))
    return render_template("workforce/name_columns.html", form=form, read=read), 422 if form.errors else 200


@bp.get("/staff-list/<int:import_id>/findings")
@allowed(policy.can_import, get=queries.staff_import)
def findings(read: StaffImport) -> ResponseReturnValue:
    listing = Listing(
        name="staff-file-findings",
        noun=("line", "lines"),
        rows=queries.findings(read.id),
        columns=FINDINGS,
        default_order=(Finding.id,),
        search=lambda words: matching(words, Finding.who),
        filters_offered=[
            Filter(
                "what",
                "What",
                lambda: {sort.value: text for sort, text in SORTS.items()},
                lambda chosen: Finding.sort.in_([Sort(value) for value in chosen]),
                counts=lambda: queries.findings_by_sort(read.id),
            )
        ],
    )
    return listing.answer("workforce/findings.html", read=read, sorts=SORTS)


@bp.post("/staff-list/<int:import_id>/discard")
@allowed(policy.can_import, get=queries.staff_import)
@saves
def discard(read: StaffImport) -> ResponseReturnValue:
    services.discard(read, actor=current_user)
    flash("The file and everything that was found in it are gone. The staff list is as it was.", "success")
    return redirect(url_for("workforce.staff_list"))
