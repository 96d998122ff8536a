"""Somebody's own place in a gallery: whether to be there, and with which words."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_technician
from hub.core.web import allowed, saves
from hub.directory import queries as directory
from hub.directory.fields import PHOTOGRAPH_WORDINGS, WORDING_NOW, WORDINGS
from hub.galleries import lists, policy, queries, services
from hub.galleries.forms import AgreeForm, WordsForm
from hub.galleries.models import Portrait
from hub.galleries.views.blueprint import bp
from hub.galleries.workflow import PORTRAIT


@bp.get("/mine")
@allowed(is_technician)
def mine() -> ResponseReturnValue:
    return lists.mine(current_user).answer("galleries/mine.html")


@bp.route("/portraits/<int:portrait_id>", methods=["GET", "POST"])
@allowed(policy.is_portrayed, get=queries.portrait)
@saves
def portrait(portrait: Portrait) -> ResponseReturnValue:
    """The question, or the place; what is written in it, by oneself or by an editor."""
    form = WordsForm(obj=portrait)
    if form.validate_on_submit():
        services.write(portrait, does=form.does.data or "", quote=form.quote.data or "", actor=current_user)
        services.approve(portrait, actor=current_user)
        flash("Kept, in your words.", "success")
        return redirect(url_for("galleries.portrait", portrait_id=portrait.id))
    return _shown(portrait, form), 422 if form.errors else 200


def _shown(portrait: Portrait, form: WordsForm) -> str:
    profile = directory.profile_of(current_user.id)
    return render_template(
        "galleries/portrait.html",
        form=form,
        agree_form=AgreeForm(version_of=portrait),
        moves={move.name for move in PORTRAIT.available(portrait, current_user)},
        portrait=portrait,
        wording=WORDINGS[WORDING_NOW],
        photograph_wording=PHOTOGRAPH_WORDINGS[WORDING_NOW] if profile.photo else "",
    )


@bp.post("/portraits/<int:portrait_id>/agree")
@allowed(policy.is_portrayed, get=queries.portrait)
@saves
def agree(portrait: Portrait) -> ResponseReturnValue:
    form = AgreeForm(version_of=portrait)
    if form.validate_on_submit():
        services.agree(portrait, photograph=bool(form.photograph.data), actor=current_user)
        flash(f"You are in the gallery “{portrait.gallery.title}”. You can step out at any time.", "success")
    return redirect(url_for("galleries.portrait", portrait_id=portrait.id))


@bp.post("/portraits/<int:portrait_id>/decline")
@allowed(policy.is_portrayed, get=queries.portrait)
@saves
def decline(portrait: Portrait) -> ResponseReturnValue:
    services.decline(portrait, actor=current_user)
    flash("That is fine. You are not shown, and nobody asks you again.", "success")
    return redirect(url_for("galleries.mine"))


@bp.post("/portraits/<int:portrait_id>/approve")
@allowed(policy.is_portrayed, get=queries.portrait)
@saves
def approve(portrait: Portrait) -> ResponseReturnValue:
    services.approve(portrait, actor=current_user)
    flash("Thank you. That is how it stands in the gallery.", "success")
    return redirect(url_for("galleries.portrait", portrait_id=portrait.id))


@bp.post("/portraits/<int:portrait_id>/leave")
@allowed(policy.is_portrayed, get=queries.portrait)
@saves
def leave(portrait: Portrait) -> ResponseReturnValue:
    services.leave(portrait, actor=current_user)
    flash("You are out of the gallery. Printed cards come down by the next working day.", "success")
    return redirect(url_for("galleries.mine"))
