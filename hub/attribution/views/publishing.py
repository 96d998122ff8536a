"""Writing and publishing documents, and who has read them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.attribution import lists, policy, queries, services
from hub.attribution.forms import NewDocumentForm, NextVersionForm, VersionForm
from hub.attribution.models import Document, DocumentEdition, DocumentKind
from hub.attribution.views.blueprint import bp
from hub.core.markdown import as_html
from hub.core.web import allowed, saves


@bp.route("/documents/new", methods=["GET", "POST"])
@allowed(policy.can_publish)
@saves
def new_document() -> ResponseReturnValue:
    form = NewDocumentForm()
    if form.validate_on_submit():
        made = services.new_document(DocumentKind(form.kind.data), form.written, actor=current_user)
        flash("Kept as a draft. Read it once more, then publish it.", "success")
        return redirect(url_for("attribution.version", edition_id=made.id))
    return render_template("attribution/new_document.html", form=form), 422 if form.errors else 200


@bp.get("/documents/<int:document_id>/versions")
@allowed(policy.can_publish, get=queries.document)
def versions(document: Document) -> ResponseReturnValue:
    """Every version, and how many have read the one in force."""
    edition = document.current
    return render_template(
        "attribution/versions.html",
        document=document,
        edition=edition,
        shares=queries.progress(edition) if edition else [],
        names=policy.can_see_readers(current_user),
    )


@bp.post("/documents/<int:document_id>/versions/new")
@allowed(policy.can_publish, get=queries.document)
@saves
def new_version(document: Document) -> ResponseReturnValue:
    made = services.new_version(document, actor=current_user)
    return redirect(url_for("attribution.edit_version", edition_id=made.id))


@bp.get("/versions/<int:edition_id>")
@allowed(policy.can_publish, get=queries.edition)
def version(edition: DocumentEdition) -> ResponseReturnValue:
    """A version as it will be read, or as it was."""
    return render_template("attribution/version.html", edition=edition, body=as_html(edition.text, headings=True))


@bp.route("/versions/<int:edition_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_edit, get=queries.edition)
@saves
def edit_version(edition: DocumentEdition) -> ResponseReturnValue:
    form = NextVersionForm(edition) if edition.number > 1 else VersionForm(edition)
    if form.validate_on_submit():
        services.rewrite(edition, form.written, actor=current_user)
        flash("Saved. Nobody else sees it before it is published.", "success")
        return redirect(url_for("attribution.version", edition_id=edition.id))
    return render_template("attribution/edit_version.html", form=form, edition=edition), 422 if form.errors else 200


@bp.post("/versions/<int:edition_id>/publish")
@allowed(policy.can_edit, get=queries.edition)
@saves
def publish(edition: DocumentEdition) -> ResponseReturnValue:
    services.publish(edition, actor=current_user)
    flash("Published. Those it is for find it on their hub, and are told tomorrow morning.", "success")
    return redirect(url_for("attribution.versions", document_id=edition.document_id))


@bp.post("/versions/<int:edition_id>/discard")
@allowed(policy.can_edit, get=queries.edition)
@saves
def discard(edition: DocumentEdition) -> ResponseReturnValue:
    services.discard(edition, actor=current_user)
    flash("The draft is thrown away.", "success")
    return redirect(url_for("attribution.documents"))


@bp.post("/versions/<int:edition_id>/withdraw")
@allowed(policy.can_withdraw, get=queries.edition)
@saves
def withdraw(edition: DocumentEdition) -> ResponseReturnValue:
    services.withdraw(edition, actor=current_user)
    flash("Withdrawn. Nobody is shown it or asked to read it any more.", "success")
    return redirect(url_for("attribution.versions", document_id=edition.document_id))


@bp.get("/documents/<int:document_id>/readers")
@allowed(policy.can_see_readers, get=queries.in_force)
def readers(edition: DocumentEdition) -> ResponseReturnValue:
    """Who has read the version in force, by name."""
    return lists.readers(edition).answer("attribution/readers.html", edition=edition)
