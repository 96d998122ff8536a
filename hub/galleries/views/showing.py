"""What everybody sees: a published gallery."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from hub.core.web import public
from hub.galleries import queries
from hub.galleries.views.blueprint import bp


@bp.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    gallery = queries.published_gallery(slug)
    g.institution = gallery.institution
    return render_template("galleries/show.html", gallery=gallery, shown=queries.shown_in(gallery))
