"""Evidence brought by hand: bringing it, what it says by version, what was agreed about it, taking it out of use."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core import storage
from hub.core.storage import NotAllowed, StoredFile
from hub.core.web import allowed, saves
from hub.evidence import policy, queries, services
from hub.evidence.forms import ConsentForm, ItemForm, TakeOutForm
from hub.evidence.models import Item, ItemVersion, Scope
from hub.evidence.uses import Use, uses_of
from hub.evidence.views.blueprint import bp


@bp.route("/items/new", methods=["GET", "POST"])
@allowed(policy.can_add_item)
@saves
def add_item() -> ResponseReturnValue:
    form = ItemForm()
    if form.validate_on_submit():
        try:
            item = _added(form)
        except NotAllowed as refusal:
            form.refuse(form.file, refusal)
        else:
            if item.about_somebody:
                flash(
                    "Thank you. It stays inside the hub until they agree to more: say what they agreed to.", "success"
                )
                return redirect(url_for("evidence.record_consent", item_id=item.id))
            flash("Thank you. The lead sees it in the evidence inbox.", "success")
            return redirect(url_for("evidence.item", item_id=item.id))
    return render_template("evidence/add_item.html", form=form), 422 if form.errors else 200


def _added(form: ItemForm) -> Item:
    about = form.about
    return services.add_item(
        actor=current_user,
        title=about.title,
        theme=about.theme,
        happened_on=about.happened_on,
        sort=about.sort,
        text=form.text.data or "",
        source=about.source,
        link=form.link.data or None,
        file=_kept(form),
        unit_id=about.unit_id,
        people=about.people,
        figure=about.figure,
        figure_unit=about.figure_unit,
        scope=Scope(form.scope.data),
        use_until=form.use_until.data,
        about_somebody=form.is_about_somebody,
    )


def _kept(form: ItemForm) -> StoredFile | None:
    upload = form.file.data
    return storage.keep(upload.read(), upload.filename, owner=current_user) if upload else None


@bp.get("/items/<int:item_id>")
@allowed(policy.can_read_item, get=queries.item)
def item(item: Item) -> ResponseReturnValue:
    """Once it is out of use, only that it was: nothing of what it said."""
    return render_template(
        "evidence/item.html",
        item=item,
        entry=queries.entry_of(item) if policy.can_read_ledger(current_user) else None,
        uses=_uses(item),
        can_edit=policy.can_edit_item(current_user, item),
        can_take_out=policy.can_take_out(current_user, item) and item.withdrawn_at is None,
    )


def _uses(item: Item) -> list[Use]:
    """Where it is used, for those who may read all that."""
    entry = queries.entry_of(item)
    return uses_of([entry.id], current_user) if entry and policy.can_take_out(current_user, item) else []


@bp.get("/items/<int:item_id>/files/<int:number>")
@allowed(policy.can_read_version, get=queries.item_version)
def item_file(version: ItemVersion) -> ResponseReturnValue:
    if version.file is None or not version.item.is_usable:
        abort(404)
    return storage.send(version.file)


@bp.route("/items/<int:item_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_edit_item, get=queries.item)
@saves
def edit_item(item: Item) -> ResponseReturnValue:
    if not item.is_usable:
        return redirect(url_for("evidence.item", item_id=item.id))
    form = ItemForm(item)
    if form.validate_on_submit():
        try:
            _edit(item, form)
        except NotAllowed as refusal:
            form.refuse(form.file, refusal)
        else:
            return redirect(url_for("evidence.item", item_id=item.id))
    return render_template("evidence/edit_item.html", form=form, item=item), 422 if form.errors else 200


def _edit(item: Item, form: ItemForm) -> None:
    file = _kept(form) or item.latest.file
    services.edit_item(item, form.about, actor=current_user)
    if not item.about_somebody:
        services.set_reach(item, scope=Scope(form.scope.data), use_until=form.use_until.data)
    text, link = form.text.data or "", form.link.data or None
    is_new = services.add_version(item, text=text, link=link, file=file, actor=current_user)
    if is_new and item.about_somebody:
        flash("Saved as a new version. It stays inside the hub until they agree to it as it is now.", "warning")
    else:
        flash("Saved as a new version." if is_new else "Saved.", "success")


@bp.route("/items/<int:item_id>/consent", methods=["GET", "POST"])
@allowed(policy.can_edit_item, get=queries.item)
@saves
def record_consent(item: Item) -> ResponseReturnValue:
    form = ConsentForm(item)
    if form.validate_on_submit():
        services.record_consent(item, form.permission, actor=current_user)
        flash(f"On record. It may travel as far as this: {item.scope.label.lower()}.", "success")
        return redirect(url_for("evidence.item", item_id=item.id))
    return render_template("evidence/record_consent.html", form=form, item=item), 422 if form.errors else 200


@bp.route("/items/<int:item_id>/take-out", methods=["GET", "POST"])
@allowed(policy.can_take_out, get=queries.item)
@saves
def take_out(item: Item) -> ResponseReturnValue:
    """What uses it now; sent off, nothing does."""
    if item.withdrawn_at is not None:
        return redirect(url_for("evidence.item", item_id=item.id))
    form = TakeOutForm(version_of=item)
    if form.validate_on_submit():
        services.take_out(item, actor=current_user)
        flash("It is out of use. Nobody is shown anything of it any more.", "success")
        return redirect(url_for("evidence.item", item_id=item.id))
    return render_template("evidence/take_out.html", form=form, item=item, uses=_uses(item))


@bp.post("/items/<int:item_id>/put-back")
@allowed(policy.can_edit_item, get=queries.item)
@saves
def put_back(item: Item) -> ResponseReturnValue:
    services.put_back(item, actor=current_user)
    flash("It is used again, and waits in the evidence inbox.", "success")
    return redirect(url_for("evidence.item", item_id=item.id))
