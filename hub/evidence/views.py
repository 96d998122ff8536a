"""Pages of the ledger: all entries, one item brought by hand, and bringing one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.core import storage
from hub.core.lists import Column, Filter, Listing
from hub.core.storage import NotAllowed
from hub.core.themes import Theme
from hub.core.web import allowed, saves
from hub.evidence import policy, queries, services
from hub.evidence.forms import AddItemForm
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, Item, Scope

bp = Blueprint("evidence", __name__, url_prefix="/evidence")


@bp.get("/ledger")
@allowed(policy.can_read_ledger)
def ledger() -> ResponseReturnValue:
    return Listing(
        name="evidence",
        noun=("piece of evidence", "pieces of evidence"),
        rows=queries.entries(current_user.institution_id),
        columns=(
            Column("title", "What happened", lambda e: e.as_listed, Entry.title),
            Column("kind", "Kind", lambda e: KINDS[e.kind].label),
            Column("theme", "Theme", lambda e: e.theme.label, Entry.theme),
            Column("happened", "Date", lambda e: e.happened_on, Entry.happened_on),
            Column("unit", "Unit", lambda e: e.unit.name if e.unit else ""),
            Column("people", "People", lambda e: e.people, Entry.people, numeric=True),
        ),
        default_order=queries.NEWEST_FIRST,
        filters_offered=(
            Filter("theme", "Theme", lambda: {t.value: t.label for t in Theme}, Entry.theme.in_),
            Filter("kind", "Kind", lambda: {key: kind.label for key, kind in KINDS.items()}, Entry.kind.in_),
        ),
        search=queries.matches,
    ).answer("evidence/ledger.html", kinds=KINDS)


@bp.get("/mine")
@allowed(is_signed_in)
def mine() -> ResponseReturnValue:
    """What somebody did that counts, as they may show it to whom they like."""
    return Listing(
        name="my-impact",
        noun=("thing you did counts", "things you did count"),
        rows=queries.counting_for(current_user.id),
        columns=(
            Column("title", "What happened", lambda e: e.title, Entry.title),
            Column("kind", "Kind", lambda e: KINDS[e.kind].label),
            Column("theme", "Theme", lambda e: e.theme.label, Entry.theme),
            Column("happened", "Date", lambda e: e.happened_on, Entry.happened_on),
        ),
        default_order=queries.NEWEST_FIRST,
    ).answer("evidence/mine.html", kinds=KINDS)


@bp.route("/items/new", methods=["GET", "POST"])
@allowed(policy.can_add_item)
@saves
def add_item() -> ResponseReturnValue:
    form = AddItemForm()
    if form.validate_on_submit():
        try:
            item = _added(form)
        except NotAllowed as refusal:
            form.refuse(form.file, refusal)
        else:
            flash("Thank you. The lead sees it in the evidence inbox.", "success")
            return redirect(url_for("evidence.item", item_id=item.id))
    return render_template("evidence/add_item.html", form=form), 422 if form.errors else 200


def _added(form: AddItemForm) -> Item:
    upload = form.file.data
    file = storage.keep(upload.read(), upload.filename, owner=current_user) if upload else None
    return services.add_item(
        actor=current_user,
        title=form.title.data,
        theme=Theme(form.theme.data),
        happened_on=form.happened_on.data,
        text=form.text.data or "",
        source=form.source.data or "",
        link=form.link.data or None,
        file=file,
        people=form.people.data or 0,
        scope=Scope(form.scope.data),
        use_until=form.use_until.data,
    )


@bp.get("/items/<int:item_id>")
@allowed(policy.can_read_item, get=queries.item)
def item(item: Item) -> ResponseReturnValue:
    return render_template("evidence/item.html", item=item)


@bp.get("/items/<int:item_id>/file")
@allowed(policy.can_read_item, get=queries.item)
def item_file(item: Item) -> ResponseReturnValue:
    if item.file is None:
        return render_template("errors/404.html", reason="", back=None), 404
    return storage.send(item.file)
