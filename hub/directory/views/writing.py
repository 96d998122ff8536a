"""What a profile said before, and who else may write it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.web import allowed, saves
from hub.directory import policy, queries, services
from hub.directory.fields import FIELDS
from hub.directory.forms import EditorForm, WriteProfileForm, audiences
from hub.directory.history import told
from hub.directory.models import Profile, ProfileChange, ProfileEditor
from hub.directory.services import NotTheirs
from hub.directory.views import bp
from hub.directory.views.own import mine


@bp.get("/me/history")
@allowed(policy.owns, get=mine)
def history(profile: Profile) -> ResponseReturnValue:
    called = audiences(profile.person.institution, public=True)
    changes = [(change, told(change, called)) for change in queries.history_of(profile.id)]
    return render_template("directory/history.html", changes=changes)


@bp.post("/me/history/<int:change_id>/take-back")
@allowed(policy.owns_change, get=queries.change)
@saves
def take_back(change: ProfileChange) -> ResponseReturnValue:
    services.take_back(change, actor=current_user)
    flash("It is as it was before that change.", "success")
    return redirect(url_for("directory.history"))


@bp.route("/me/editors", methods=["GET", "POST"])
@allowed(policy.owns, get=mine)
@saves
def editors(profile: Profile) -> ResponseReturnValue:
    form = EditorForm(profile)
    if form.validate_on_submit() and form.person is not None:
        try:
            services.let_write(profile, colleague=form.person, actor=current_user)
        except NotTheirs as refusal:
            form.refuse(form.colleague, refusal)
        else:
            flash(f"{form.person.name} may write your profile, and has been told.", "success")
            return redirect(url_for("directory.editors"))
    return render_template(
        "directory/editors.html",
        form=form,
        mine=queries.editors(profile_id=profile.id),
        others=queries.editors(person_id=current_user.id),
    ), 422 if form.errors else 200


@bp.post("/editors/<int:editor_id>/stop")
@allowed(policy.owns_editor, get=queries.editor)
@saves
def stop_writing(editor: ProfileEditor) -> ResponseReturnValue:
    services.stop_writing(editor, actor=current_user)
    flash("Done. The profile is written by its owner again.", "success")
    return redirect(url_for("directory.editors"))


@bp.route("/<slug>/write", methods=["GET", "POST"])
@allowed(policy.can_write, get=queries.profile_to_write)
@saves
def write_profile(profile: Profile) -> ResponseReturnValue:
    if profile.person_id == current_user.id:
        return redirect(url_for("directory.edit_profile"))
    form = WriteProfileForm(profile)
    if form.validate_on_submit():
        services.edit_profile(profile, actor=current_user, values=form.values)
        flash(f"Saved. {profile.person.first_name} is told, and can take it back.", "success")
        return redirect(url_for("directory.write_profile", slug=profile.person.slug))
    return render_template(
        "directory/write_profile.html", form=form, profile=profile, fields=FIELDS
    ), 422 if form.errors else 200
