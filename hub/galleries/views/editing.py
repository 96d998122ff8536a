"""Pages of leads and editors: galleries, the people in them, their words, publishing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.errors import Refusal
from hub.core.text import one_line
from hub.core.web import allowed, only, saves
from hub.galleries import lists, policy, queries, services
from hub.galleries.forms import GalleryForm, TheirWordsForm
from hub.galleries.models import Gallery, Paper, Portrait
from hub.galleries.views.blueprint import bp
from hub.galleries.workflow import GALLERY


@bp.get("")
@allowed(policy.edits)
def index() -> ResponseReturnValue:
    return lists.galleries(current_user.institution_id).answer("galleries/index.html")


@bp.route("/new", methods=["GET", "POST"])
@allowed(policy.edits)
@saves
def new() -> ResponseReturnValue:
    form = GalleryForm(data={"position": 1})
    if form.validate_on_submit():
        gallery = services.make(**_said(form), actor=current_user)
        return redirect(url_for("galleries.choose", gallery_id=gallery.id))
    return render_template("galleries/new.html", form=form), 422 if form.errors else 200


@bp.get("/<int:gallery_id>")
@allowed(policy.edits, get=queries.gallery)
def gallery(gallery: Gallery) -> ResponseReturnValue:
    shown, printings = queries.shown_in(gallery), queries.printings_of(gallery)
    mine = [printing for printing in printings if policy.printed(current_user, printing)]
    return render_template(
        "galleries/gallery.html",
        gallery=gallery,
        shown=shown,
        printings=printings,
        again={printing.id for printing in mine if queries.still_shown(printing, shown)},
        papers=tuple(Paper),
        moves={move.name for move in GALLERY.available(gallery, current_user)},
    )


@bp.route("/<int:gallery_id>/edit", methods=["GET", "POST"])
@allowed(policy.edits, get=queries.gallery)
@saves
def edit(gallery: Gallery) -> ResponseReturnValue:
    form = GalleryForm(obj=gallery)
    if form.validate_on_submit():
        try:
            services.edit(gallery, **_said(form), actor=current_user)
        except Refusal as refusal:
            form.refuse(form.title, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("galleries.gallery", gallery_id=gallery.id))
    return render_template("galleries/edit.html", form=form, gallery=gallery), 422 if form.errors else 200


def _said(form: GalleryForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "introduction": form.introduction.data or "",
        "building": form.building.data or "",
        "theme": form.chosen_theme,
        "position": form.position.data,
    }


@bp.route("/<int:gallery_id>/people", methods=["GET", "POST"])
@allowed(policy.edits, get=queries.gallery)
@saves
def choose(gallery: Gallery) -> ResponseReturnValue:
    """Find people; the button beside one puts them in, or asks them."""
    if request.method == "POST":
        person = queries.technician(one_line(only("who")), current_user)
        portrait = services.choose(gallery, person, actor=current_user)
        said = "is in the gallery: their page is public already" if portrait.is_shown else "has been asked"
        flash(f"{person.name} {said}.", "success")
        return redirect(url_for("galleries.choose", gallery_id=gallery.id))
    q = one_line(request.args.get("q", ""))[:100]
    found = queries.technicians_named(q, current_user)
    return render_template("galleries/choose.html", gallery=gallery, q=q, found=found)


@bp.post("/<int:gallery_id>/publish")
@allowed(policy.edits, get=queries.gallery)
@saves
def publish(gallery: Gallery) -> ResponseReturnValue:
    services.publish(gallery, actor=current_user)
    flash("Published. Anybody can see it now.", "success")
    return redirect(url_for("galleries.gallery", gallery_id=gallery.id))


@bp.post("/<int:gallery_id>/withdraw")
@allowed(policy.edits, get=queries.gallery)
@saves
def withdraw(gallery: Gallery) -> ResponseReturnValue:
    services.withdraw(gallery, actor=current_user)
    flash("The gallery is off the open web.", "success")
    return redirect(url_for("galleries.gallery", gallery_id=gallery.id))


@bp.route("/portraits/<int:portrait_id>/words", methods=["GET", "POST"])
@allowed(policy.edits, get=queries.portrait)
@saves
def words(portrait: Portrait) -> ResponseReturnValue:
    """An editor writes for somebody, who reads it before anybody else does."""
    form = TheirWordsForm(obj=portrait)
    if form.validate_on_submit():
        services.write(portrait, does=form.does.data or "", quote=form.quote.data or "", actor=current_user)
        flash("Kept. It is shown once they have agreed to it." if not portrait.approved else "Kept.", "success")
        return redirect(url_for("galleries.gallery", gallery_id=portrait.gallery_id))
    return render_template("galleries/words.html", form=form, portrait=portrait), 422 if form.errors else 200


@bp.post("/portraits/<int:portrait_id>/up")
@allowed(policy.edits, get=queries.portrait)
@saves
def move_up(portrait: Portrait) -> ResponseReturnValue:
    services.move_up(portrait, actor=current_user)
    return redirect(url_for("galleries.gallery", gallery_id=portrait.gallery_id) + "#people")


@bp.post("/portraits/<int:portrait_id>/out")
@allowed(policy.edits, get=queries.portrait)
@saves
def take_out(portrait: Portrait) -> ResponseReturnValue:
    services.take_out(portrait, actor=current_user)
    flash(f"{portrait.person.name} is no longer in the gallery.", "success")
    return redirect(url_for("galleries.gallery", gallery_id=portrait.gallery_id) + "#people")
