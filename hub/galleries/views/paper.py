"""Galleries on paper: who printed what, the documents themselves, and what must come down again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_technician
from hub.core.downloads import PDF, download, file_name
from hub.core.web import allowed, only, saves
from hub.directory import queries as directory
from hub.galleries import paper, policy, queries, services
from hub.galleries.models import Gallery, Paper, Printing
from hub.galleries.views.blueprint import bp


@bp.post("/<int:gallery_id>/print")
@allowed(policy.edits, get=queries.gallery)
@saves
def print_gallery(gallery: Gallery) -> ResponseReturnValue:
    """Note who prints it, then hand it over."""
    wanted = only("paper")
    if wanted not in set(Paper):
        abort(404)
    printing = services.note_printing(gallery, Paper(wanted), actor=current_user)
    return redirect(url_for("galleries.pdf", printing_id=printing.id))


@bp.get("/printings/<int:printing_id>/gallery.pdf")
@allowed(policy.printed, get=queries.printing)
def pdf(printing: Printing) -> ResponseReturnValue:
    """Of those on record for it, the ones whom the gallery still shows."""
    gallery = queries.gallery(printing.gallery_id)
    shown = queries.still_shown(printing, queries.shown_in(gallery))
    if not shown:
        abort(404)
    name = file_name(f"{gallery.title}, {printing.paper.label}", "pdf")
    return download(paper.of_gallery(gallery, printing.paper, shown), PDF, name)


@bp.get("/my-card.pdf")
@allowed(is_technician)
def my_card() -> ResponseReturnValue:
    card = paper.of_oneself(directory.profile_of(current_user.id))
    return download(card, PDF, file_name(f"Card, {current_user.name}", "pdf"))


@bp.route("/printings/<int:printing_id>/take-down", methods=["GET", "POST"])
@allowed(policy.edits, get=queries.printing)
@saves
def take_down(printing: Printing) -> ResponseReturnValue:
    """Whose cards must come down, and that they are down."""
    if request.method == "POST":
        services.confirm_down(printing, actor=current_user)
        flash("Thank you. It is on record that they are down.", "success")
        return redirect(url_for("galleries.gallery", gallery_id=printing.gallery_id))
    return render_template("galleries/take_down.html", printing=printing)
