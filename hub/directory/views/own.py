"""One's own profile: what it says, who sees it, skills, photograph, permission to be public."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.navigation import place
from hub.core.storage import NotAllowed
from hub.core.web import allowed, saves
from hub.directory import policy, queries, services
from hub.directory.fields import FIELDS, PARTS, PHOTOGRAPH_WORDINGS, WORDING_NOW, WORDINGS
from hub.directory.forms import (
    AddSkillForm,
    AgreeForm,
    CropForm,
    EditProfileForm,
    PhotographForm,
    SkillForm,
    WelcomeForm,
)
from hub.directory.models import PersonSkill, Profile
from hub.directory.queries import UnknownSkill
from hub.directory.services import NotAgreed, TooManySkills
from hub.directory.views import bp
from hub.directory.views.profiles import shown


def mine() -> Profile:
    return queries.profile_of(current_user.id)


@bp.route("/me", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def edit_profile(profile: Profile) -> ResponseReturnValue:
    form = EditProfileForm(profile)
    if form.validate_on_submit():
        try:
            services.edit_profile(profile, actor=current_user, values=form.values, visibility=form.visibility)
        except NotAgreed as refusal:
            form.refuse(form.see_name, refusal)
        else:
            flash("Saved. It takes effect at once, everywhere.", "success")
            return redirect(url_for("directory.edit_profile"))
    missing = [FIELDS[key] for key in services.missing_parts(profile)]
    return render_template(
        "directory/edit_profile.html",
        form=form,
        profile=profile,
        fields=FIELDS,
        missing=missing,
        parts_done=len(PARTS) - len(missing),
        parts_all=len(PARTS),
        agreed_on=next((c.agreed_at for c in profile.consents if c.withdrawn_at is None), None),
    ), 422 if form.errors else 200


@bp.route("/me/welcome", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def welcome(profile: Profile) -> ResponseReturnValue:
    form = WelcomeForm(profile)
    if form.validate_on_submit():
        services.welcome(
            profile,
            can_help_with=form.can_help_with.data or "",
            wishes=form.wanted,
            wrong="" if form.is_right.data == "yes" else form.wrong.data,
            actor=current_user,
        )
        flash("Thank you. Colleagues can find you now; only you decide what they see.", "success")
        return redirect(place("pages.my_hub") or url_for("directory.edit_profile"))
    return render_template(
        "directory/welcome.html", form=form, profile=profile, vocabulary=queries.skills(profile.institution_id)
    ), 422 if form.errors else 200


@bp.post("/me/confirm")
@allowed(policy.owns, get=mine)
@saves
def confirm(profile: Profile) -> ResponseReturnValue:
    services.confirm(profile, actor=current_user)
    flash("Thank you. Colleagues can see that your profile is up to date.", "success")
    return redirect(url_for("directory.edit_profile"))


@bp.get("/me/as-a-colleague")
@allowed(policy.owns, get=mine)
def see_as_colleague(profile: Profile) -> ResponseReturnValue:
    return shown(profile, policy.colleague_of(profile), preview="colleague")


@bp.get("/me/as-the-public")
@allowed(policy.owns, get=mine)
def see_as_public(profile: Profile) -> ResponseReturnValue:
    return shown(profile, policy.THE_PUBLIC, preview="public")


# -- skills ------------------------------------------------------------------------------------------------------------


@bp.route("/me/skills", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def my_skills(profile: Profile) -> ResponseReturnValue:
    form = AddSkillForm(version_of=profile)
    if form.validate_on_submit():
        try:
            skill = queries.skill_named(form.name.data, profile.institution_id)
            services.add_skill_to(profile.person, skill, form.chosen_level, current_user, **form.wishes)
        except (UnknownSkill, TooManySkills) as refusal:
            form.refuse(form.name, refusal)
        else:
            flash(f"{skill.name} is on your profile.", "success")
            return redirect(url_for("directory.my_skills"))
    return render_template(
        "directory/my_skills.html",
        form=form,
        suggestions=queries.suggestions_of(profile.person_id),
        own=sorted(profile.skills, key=lambda own: own.skill.name.casefold()),
        vocabulary=queries.skills(profile.institution_id),
    ), 422 if form.errors else 200


@bp.route("/me/skills/<int:person_skill_id>", methods=["GET", "POST"])
@allowed(policy.owns, get=queries.own_skill)
@saves
def change_skill(own: PersonSkill) -> ResponseReturnValue:
    form = SkillForm(obj=own)
    if form.validate_on_submit():
        services.add_skill_to(own.person, own.skill, form.chosen_level, current_user, **form.wishes)
        flash(f"{own.skill.name} is changed.", "success")
        return redirect(url_for("directory.my_skills"))
    return render_template("directory/change_skill.html", form=form, own=own), 422 if form.errors else 200


@bp.post("/me/skills/<int:person_skill_id>/remove")
@allowed(policy.owns, get=queries.own_skill)
@saves
def remove_skill(own: PersonSkill) -> ResponseReturnValue:
    services.remove_skill(own, actor=current_user)
    flash(f"{own.skill.name} is no longer on your profile.", "success")
    return redirect(url_for("directory.my_skills"))


# -- photograph --------------------------------------------------------------------------------------------------------


@bp.route("/me/photograph", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def photograph(profile: Profile) -> ResponseReturnValue:
    form = PhotographForm(version_of=profile, data={"alt": profile.photo.alt if profile.photo else ""})
    if form.validate_on_submit():
        try:
            _keep(profile, form)
        except NotAllowed as refusal:
            form.refuse(form.file, refusal)
        else:
            flash("Your photograph is kept. Only you see it until you choose who else does.", "success")
            return redirect(url_for("directory.crop_photograph" if form.file.data else "directory.edit_profile"))
    return render_template("directory/photograph.html", form=form, profile=profile), 422 if form.errors else 200


def _keep(profile: Profile, form: PhotographForm) -> None:
    sent = form.file.data
    if not sent and profile.photo is not None:
        services.describe_photograph(profile, alt=form.alt.data, actor=current_user)
        return
    content, name = (sent.read(), sent.filename or "") if sent else (b"", "")
    services.set_photograph(profile, content=content, name=name, alt=form.alt.data, actor=current_user)


@bp.route("/me/photograph/crop", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def crop_photograph(profile: Profile) -> ResponseReturnValue:
    if profile.photo is None:
        return redirect(url_for("directory.photograph"))
    focus = {"focus_x": profile.photo.focus_x, "focus_y": profile.photo.focus_y}
    form = CropForm(version_of=profile, data=focus)
    if form.validate_on_submit():
        services.crop_photograph(profile, focus_x=form.focus_x.data, focus_y=form.focus_y.data, actor=current_user)
        flash("That is what is seen of your photograph now.", "success")
        return redirect(url_for("directory.crop_photograph"))
    return render_template("directory/crop_photograph.html", form=form, profile=profile), 422 if form.errors else 200


@bp.post("/me/photograph/remove")
@allowed(policy.owns, get=mine)
@saves
def remove_photograph(profile: Profile) -> ResponseReturnValue:
    services.remove_photograph(profile, actor=current_user)
    flash("Your photograph is gone from the hub.", "success")
    return redirect(url_for("directory.edit_profile"))


# -- the open web ------------------------------------------------------------------------------------------------------


@bp.route("/me/public", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def agree_to_public(profile: Profile) -> ResponseReturnValue:
    form = AgreeForm(version_of=profile)
    if form.validate_on_submit():
        with_photograph = bool(form.photograph.data) and profile.photo is not None
        services.agree_to_public(profile, photograph=with_photograph, actor=current_user)
        flash("Your name, title and school are on the open web. Choose what else everyone may see.", "success")
        return redirect(url_for("directory.edit_profile"))
    return render_template(
        "directory/agree_to_public.html",
        form=form,
        profile=profile,
        wording=WORDINGS[WORDING_NOW],
        photograph_wording=PHOTOGRAPH_WORDINGS[WORDING_NOW],
    ), 422 if form.errors else 200


@bp.post("/me/public/withdraw")
@allowed(policy.owns, get=mine)
@saves
def withdraw_public(profile: Profile) -> ResponseReturnValue:
    services.withdraw_public(profile, actor=current_user)
    flash("Done. Nothing of your profile is on the open web any more.", "success")
    return redirect(url_for("directory.edit_profile"))
