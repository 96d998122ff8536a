"""Somebody's page, and what can be said about it."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.core import storage
from hub.core.caching import revalidated
from hub.core.downloads import download
from hub.core.limits import limited, this_session
from hub.core.markdown import as_html
from hub.core.navigation import place
from hub.core.text import lines
from hub.core.web import allowed, public, saves
from hub.directory import exports, policy, profile_parts, queries, services
from hub.directory.fields import working_days
from hub.directory.forms import REPORTS, ReportForm
from hub.directory.listing import people_alike
from hub.directory.models import Level, PersonSkill, Profile
from hub.directory.policy import Viewer
from hub.directory.views import bp


def visible_profile(slug: str) -> Profile:
    """The profile, if the person who asks may know of it at all; otherwise there is no such page."""
    return _known(queries.profile_by_slug(slug))


def _known(profile: Profile) -> Profile:
    if not policy.visible("name", profile, policy.viewer_of(current_user)):
        abort(404)
    return profile


@bp.get("/<slug>")
@public
def profile(slug: str) -> ResponseReturnValue:
    return shown(visible_profile(slug), policy.viewer_of(current_user))


def shown(profile: Profile, viewer: Viewer, preview: str = "") -> str:
    """The page as *viewer* sees it."""
    sees = policy.visible_fields(profile, viewer)
    known = sorted(
        (s for s in profile.skills if s.level), key=lambda s: (-(s.level or Level.LEARNING).step, s.skill.name)
    )
    is_colleague = viewer.is_technician and viewer.person_id is not None
    return render_template(
        "directory/profile.html",
        profile=profile,
        person=profile.person,
        sees=sees,
        preview=preview,
        is_public=policy.audience_of("name", profile) == policy.PUBLIC,
        biography=as_html(profile.biography) if "biography" in sees else "",
        helps=lines(profile.can_help_with),
        machines=lines(profile.equipment),
        days=working_days(profile.working_days),
        known=known,
        may_confirm=is_colleague and viewer.person_id != profile.person_id and not preview,
        confirmed=queries.confirmations_of(profile.person_id) if "skills" in sees else {},
        alike=people_alike(viewer, profile, known) if "skills" in sees and is_colleague else [],
        may_write=viewer.person_id is not None and queries.editor_of(profile, viewer.person_id) is not None,
        disciplines=lines(profile.disciplines),
        fellowships=lines(profile.fellowships),
        wishes=sorted(s.skill.name for s in profile.skills if s.wants_to_learn),
        more=profile_parts.drawn(profile, viewer),
        ask=place("skills.ask"),
    )


@bp.get("/<slug>/card.vcf")
@public
def address_card(slug: str) -> ResponseReturnValue:
    profile = visible_profile(slug)
    card = exports.address_card(profile, policy.visible_fields(profile, policy.viewer_of(current_user)))
    return download(card.encode(), "text/vcard; charset=utf-8", f"{profile.person.slug}.vcf")


def claimed(person_skill_id: int) -> PersonSkill:
    """A skill on a profile, if the person who asks may see it there; otherwise there is none."""
    own = queries.claimed_skill(person_skill_id)
    if own.level is None or not policy.visible("skills", own.profile, policy.viewer_of(current_user)):
        abort(404)
    return own


@bp.post("/skills/<int:person_skill_id>/confirm")
@allowed(policy.can_confirm_skill, get=claimed)
@saves
def confirm_skill(own: PersonSkill) -> ResponseReturnValue:
    services.confirm_skill(own, actor=current_user)
    flash(f"You have confirmed {own.skill.name}.", "success")
    return redirect(url_for("directory.profile", slug=own.person.slug))


@bp.post("/skills/<int:person_skill_id>/unconfirm")
@allowed(policy.can_confirm_skill, get=claimed)
@saves
def unconfirm_skill(own: PersonSkill) -> ResponseReturnValue:
    services.take_confirmation_back(own, actor=current_user)
    flash(f"You no longer confirm {own.skill.name}.", "success")
    return redirect(url_for("directory.profile", slug=own.person.slug))


@bp.get("/profiles/<int:profile_id>")
@allowed(is_signed_in, get=lambda profile_id: _known(queries.profile_by_id(profile_id)))
def profile_by_id(profile: Profile) -> ResponseReturnValue:
    return redirect(url_for("directory.profile", slug=profile.person.slug))


@bp.get("/<slug>/photograph")
@public
@revalidated
def photo(slug: str) -> ResponseReturnValue:
    """Whole, or cut to the size that the question names."""
    profile, size = visible_profile(slug), request.args.get("size", "")
    if profile.photo is None or not policy.visible("photograph", profile, policy.viewer_of(current_user)):
        abort(404)
    if size and size not in storage.SIZES:
        abort(404)
    return storage.send(profile.photo, inline=True, size=size)


@bp.route("/<slug>/report", methods=["GET", "POST"])
@limited("directory.report", this_session, most=20, within=timedelta(hours=1))
@allowed(policy.can_report, get=visible_profile)
@saves
def report(profile: Profile) -> ResponseReturnValue:
    form = ReportForm(version_of=profile)
    if form.validate_on_submit():
        services.report(profile, what=REPORTS[form.what.data], words=form.words.data or "", actor=current_user)
        flash("Thank you. The lead and the person have been told.", "success")
        return redirect(url_for("directory.profile", slug=profile.person.slug))
    return render_template("directory/report.html", form=form, person=profile.person), 422 if form.errors else 200
