"""Guidance and statements of expectations as their readers find them."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.attribution import lists, policy, queries, services
from hub.attribution.models import Document, DocumentEdition, ReadReceipt
from hub.attribution.views.blueprint import bp
from hub.core.markdown import as_html
from hub.core.web import allowed, public, saves


def readable(document_id: int) -> tuple[Document, DocumentEdition]:
    """The document and its version in force, if the person who asks may read that; otherwise there is no such page."""
    found = queries.document(document_id)
    if found.current is None or not policy.can_read_document(current_user, found):
        abort(404)
    return found, found.current


@bp.get("/documents")
@allowed(policy.is_signed_in)
def documents() -> ResponseReturnValue:
    listing = lists.documents(current_user)
    return listing.answer("attribution/documents.html", publishes=policy.can_publish(current_user))


@bp.get("/documents/<int:document_id>")
@public
def document(document_id: int) -> ResponseReturnValue:
    found, edition = readable(document_id)
    g.institution = found.institution
    is_here = current_user.is_authenticated and current_user.institution_id == found.institution_id
    mine = queries.my_receipt(found, current_user.id) if is_here else None
    return render_template(
        "attribution/document.html",
        document=found,
        edition=edition,
        body=as_html(edition.text, headings=True),
        mine=mine,
        is_asked=is_here and policy.can_confirm(current_user, edition) and not _counts(mine, edition),
        publishes=is_here and policy.can_publish(current_user),
    )


def _counts(receipt: ReadReceipt | None, edition: DocumentEdition) -> bool:
    return receipt is not None and receipt.edition.number >= edition.counts_from


@bp.post("/versions/<int:edition_id>/confirm")
@allowed(policy.can_confirm, get=queries.edition)
@saves
def confirm(edition: DocumentEdition) -> ResponseReturnValue:
    services.confirm(edition, actor=current_user)
    flash("Thank you. That you have read it is on record.", "success")
    return redirect(url_for("attribution.document", document_id=edition.document_id))
