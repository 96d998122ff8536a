"""The vocabulary of skills: the lead keeps it, technicians suggest what it lacks."""

from operator import attrgetter
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from hub.accounts.policy import is_technician
from hub.core.forms import HubForm
from hub.core.lists import Column, Filter, Listing
from hub.core.spreadsheets import UnreadableFile
from hub.core.spreadsheets.tables import Problem
from hub.core.web import allowed, saves
from hub.core.words import counted
from hub.directory import policy, queries, services, vocabulary_file
from hub.directory.forms import (
    GROUPS,
    AcceptSuggestionForm,
    DeclineSuggestionForm,
    MergeForm,
    RecogniseSuggestionForm,
    SuggestForm,
    VocabularyFileForm,
    VocabularyForm,
)
from hub.directory.models import Level, Skill, SkillGroup, SkillSuggestion
from hub.directory.queries import UnknownSkill
from hub.directory.services import SkillNameTaken
from hub.directory.views import bp


@bp.get("/vocabulary")
@allowed(policy.keeps_vocabulary)
def vocabulary() -> ResponseReturnValue:
    rows = queries.vocabulary_rows(current_user.institution_id)
    listing = Listing(
        name="skills",
        noun=("skill", "skills"),
        rows=rows,
        columns=[
            Column("name", "Name", lambda row: row.name, Skill.name),
            Column("group", "Kind", lambda row: str(row.group), Skill.group),
            Column("synonyms", "Other names", lambda row: ";".join(row.synonyms)),
            Column("abbreviations", "Short forms", lambda row: ";".join(row.abbreviations)),
            *(_count(rows, key, label) for key, label in COUNTS.items()),
        ],
        default_order=(Skill.name, Skill.id),
        filters_offered=[Filter("group", "Kind of skill", lambda: GROUPS, Skill.group.in_)],
        search=queries.names_like,
        entities=False,
        per_page=50,
    )
    waiting = queries.waiting_suggestions(current_user.institution_id)
    return listing.answer("directory/vocabulary.html", groups=GROUPS, suggestions=waiting)


COUNTS = {"people": "Have it", "teachers": "Can teach it", "learners": "Want to learn it"}


def _count(rows: Select[Any], key: str, label: str) -> Column:
    return Column(key, label, attrgetter(key), rows.selected_columns[key], numeric=True)


@bp.route("/vocabulary/new", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary)
@saves
def new_skill() -> ResponseReturnValue:
    form = VocabularyForm()
    if form.validate_on_submit():
        try:
            services.add_to_vocabulary(current_user.institution, actor=current_user, **form.values)
        except SkillNameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            flash(f"{form.name.data} is in the vocabulary.", "success")
            return redirect(url_for("directory.vocabulary"))
    return render_template("directory/new_skill.html", form=form), 422 if form.errors else 200


@bp.route("/vocabulary/import", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary)
@saves
def import_skills() -> ResponseReturnValue:
    form = VocabularyFileForm()
    problems: list[Problem] = []
    if form.validate_on_submit():
        try:
            lines, problems = vocabulary_file.read(form.file.data.read())
        except UnreadableFile as refusal:
            form.refuse(form.file, refusal)
        else:
            if not problems:
                brought = services.import_vocabulary(current_user.institution, lines, actor=current_user)
                flash(f"{brought.added} added, {brought.changed} changed, {brought.same} as they were.", "success")
                return redirect(url_for("directory.vocabulary"))
            form.file.errors = [f"Nothing is stored: {counted(len(problems), 'row')} to put right first."]
    return render_template("directory/import_skills.html", form=form, problems=problems), 422 if form.errors else 200


@bp.route("/vocabulary/<int:skill_id>", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary, get=queries.skill)
@saves
def edit_skill(skill: Skill) -> ResponseReturnValue:
    form = VocabularyForm(skill)
    if form.validate_on_submit():
        try:
            services.change_in_vocabulary(skill, actor=current_user, **form.values)
        except SkillNameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            flash(f"{skill.name} is saved. Whoever has it is found by what it is called now.", "success")
            return redirect(url_for("directory.vocabulary"))
    return render_template(
        "directory/edit_skill.html", form=form, skill=skill, people=len(queries.holders(skill))
    ), 422 if form.errors else 200


@bp.route("/vocabulary/<int:skill_id>/merge", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary, get=queries.skill)
@saves
def merge_skill(skill: Skill) -> ResponseReturnValue:
    form = MergeForm(version_of=skill)
    if form.validate_on_submit():
        try:
            into = queries.skill_named(form.into.data, skill.institution_id)
            services.merge_skills(skill, into=into, actor=current_user)
        except (UnknownSkill, services.SameSkill) as refusal:
            form.refuse(form.into, refusal)
        else:
            flash(f"They are one skill now: {into.name}.", "success")
            return redirect(url_for("directory.vocabulary"))
    return render_template(
        "directory/merge_skill.html",
        form=form,
        skill=skill,
        people=len(queries.holders(skill)),
        vocabulary=[one for one in queries.skills(skill.institution_id) if one.id != skill.id],
    ), 422 if form.errors else 200


@bp.post("/vocabulary/<int:skill_id>/remove")
@allowed(policy.keeps_vocabulary, get=queries.skill)
@saves
def delete_skill(skill: Skill) -> ResponseReturnValue:
    name = skill.name
    services.remove_from_vocabulary(skill, actor=current_user)
    flash(f"{name} is no longer in the vocabulary.", "success")
    return redirect(url_for("directory.vocabulary"))


# -- suggestions -------------------------------------------------------------------------------------------------------


@bp.route("/me/skills/suggest", methods=["GET", "POST"])
@allowed(is_technician)
@saves
def suggest_skill() -> ResponseReturnValue:
    form = SuggestForm()
    if form.validate_on_submit():
        try:
            services.suggest_skill(
                current_user._get_current_object(),
                name=form.name.data,
                about=form.about.data or "",
                level=Level(form.level.data) if form.level.data else None,
            )
        except SkillNameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            flash("Thank you. The lead is told, and you hear of the answer.", "success")
            return redirect(url_for("directory.my_skills"))
    return render_template("directory/suggest_skill.html", form=form), 422 if form.errors else 200


@bp.route("/suggestions/<int:suggestion_id>", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary, get=queries.suggestion)
@saves
def accept_suggestion(asked: SkillSuggestion) -> ResponseReturnValue:
    form = AcceptSuggestionForm(version_of=asked, data={"name": asked.name})
    if form.validate_on_submit():
        group = SkillGroup(form.group.data)
        try:
            services.accept_suggestion(asked, name=form.name.data, group=group, actor=current_user)
        except SkillNameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            return _answered(asked)
    return _suggestion("accept_suggestion", asked, form)


@bp.route("/suggestions/<int:suggestion_id>/known", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary, get=queries.suggestion)
@saves
def recognise_suggestion(asked: SkillSuggestion) -> ResponseReturnValue:
    form = RecogniseSuggestionForm(version_of=asked)
    if form.validate_on_submit():
        try:
            skill = queries.skill_named(form.known_as.data, asked.institution_id)
            services.recognise_suggestion(asked, skill=skill, actor=current_user)
        except UnknownSkill as refusal:
            form.refuse(form.known_as, refusal)
        else:
            return _answered(asked)
    return _suggestion("recognise_suggestion", asked, form)


@bp.route("/suggestions/<int:suggestion_id>/decline", methods=["GET", "POST"])
@allowed(policy.keeps_vocabulary, get=queries.suggestion)
@saves
def decline_suggestion(asked: SkillSuggestion) -> ResponseReturnValue:
    form = DeclineSuggestionForm(version_of=asked)
    if form.validate_on_submit():
        services.decline_suggestion(asked, answer=form.answer.data, actor=current_user)
        return _answered(asked)
    return _suggestion("decline_suggestion", asked, form)


def _answered(asked: SkillSuggestion) -> ResponseReturnValue:
    flash(f"{asked.person.name} is told.", "success")
    return redirect(url_for("directory.vocabulary"))


def _suggestion(here: str, asked: SkillSuggestion, form: HubForm) -> ResponseReturnValue:
    vocabulary = queries.skills(asked.institution_id) if here == "recognise_suggestion" else ()
    return render_template(
        "directory/suggestion.html", form=form, asked=asked, way=here, vocabulary=vocabulary
    ), 422 if form.errors else 200
