"""Pages of evidence packs, under /packs."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import and_

from hub.charters import queries as charters
from hub.core.downloads import DOCX, PDF, ZIP, download, file_name
from hub.core.errors import Refusal
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed, saves
from hub.packs import choosing, documents, policy, queries, services
from hub.packs.choosing import Choice
from hub.packs.comparing import differences
from hub.packs.forms import ChoiceForm, FreezeForm
from hub.packs.models import Audience, Pack, PackPiece, Stage
from hub.packs.queries import Became
from hub.packs.showing import corrected, headings, no_longer, shown
from hub.plan import queries as plans
from hub.plan.models import Plan

bp = Blueprint("packs", __name__, url_prefix="/packs")


@bp.get("/")
@allowed(policy.can_read_packs)
def list_all() -> ResponseReturnValue:
    return Listing(
        name="packs",
        noun=("evidence pack", "evidence packs"),
        rows=queries.packs(current_user.institution_id),
        columns=(
            Column("name", "Pack", lambda row: row.Pack.name, Pack.name),
            Column("audience", "For", lambda row: row.Pack.audience.label),
            Column("plan", "Plan", lambda row: row.Pack.plan.name),
            Column("frozen", "Frozen", lambda row: row.Pack.frozen_at, Pack.frozen_at),
            Column("pieces", "Pieces", lambda row: row.pieces, numeric=True),
            Column("stopped", "No longer used", lambda row: row.stopped, numeric=True),
            Column("stage", "Stage", lambda row: row.Pack.stage.label),
        ),
        default_order=queries.NEWEST_FIRST,
        filters_offered=(
            Filter("stage", "Stage", Stage.choices, Pack.stage.in_),
            Filter("audience", "For", Audience.choices, Pack.audience.in_),
        ),
        search=lambda q: matching(q, Pack.name),
        entities=False,
    ).answer(
        "packs/list_all.html",
        plan=plans.current_plan(current_user.institution_id) if policy.can_make(current_user) else None,
    )


@bp.route("/new/<int:plan_id>", methods=["GET", "POST"])
@allowed(policy.can_make, get=plans.plan)
@saves
def choose(plan: Plan) -> ResponseReturnValue:
    """What was chosen is in the address; what is sent is only the name under which it is frozen."""
    offered = charters.charters(plan.institution_id, in_force=True)
    asked = ChoiceForm(request.args or None, data={"audience": Audience.INTERNAL.value}, charters=offered)
    makes_sense = not request.args or asked.validate()
    form = FreezeForm(version_of=plan)
    if makes_sense and form.validate_on_submit():
        try:
            pack = services.freeze(
                plan, asked.choice, name=form.name.data, actor=current_user, seen=form.seen.data or ""
            )
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            return _done(pack)
    offer = choosing.offer(plan, asked.choice) if makes_sense else None
    form.seen.data = offer.mark if offer else ""
    faulty = form.errors or asked.errors
    return render_template("packs/choose.html", plan=plan, asked=asked, offer=offer, form=form), 422 if faulty else 200


def _done(pack: Pack) -> ResponseReturnValue:
    flash("It is frozen: its numbers and words stay as they are.", "success")
    return redirect(url_for("packs.pack", pack_id=pack.id))


@bp.get("/<int:pack_id>")
@allowed(policy.can_read, get=queries.pack)
def pack(pack: Pack) -> ResponseReturnValue:
    became = queries.became(pack.id)
    return _pieces(pack, became).answer(
        "packs/pack.html",
        pack=pack,
        became=became,
        stopped=no_longer(became),
        corrected=corrected(became),
        shown=shown,
        headings=headings(pack),
        can_change=policy.can_change(current_user, pack),
        can_take=policy.can_take(current_user, pack),
    )


def _pieces(pack: Pack, became: dict[int, Became]) -> Listing:
    """As they are read today: what is gone has a number and a line, what was corrected has a mark."""
    places, gone = headings(pack), queries.only_gone(became)

    def said(name: str) -> Any:
        return lambda piece: getattr(shown(piece, became.get(piece.id)), name)

    return Listing(
        name="pack",
        noun=("piece", "pieces"),
        rows=queries.pieces_of(pack.id),
        columns=(
            Column("n", "No.", lambda piece: piece.n, PackPiece.n, numeric=True),
            Column("title", "What it shows", said("title")),
            Column("heading", "For", lambda piece: places[piece.n]),
            Column("on", "Date", lambda piece: None if piece.id in gone else piece.happened_on, PackPiece.happened_on),
            Column("unit", "Unit", said("unit")),
            Column("people", "People", lambda piece: None if piece.id in gone else piece.people, numeric=True),
            *(Column(name, label, said(name), beside=True) for name, label in BESIDE.items()),
        ),
        default_order=(PackPiece.n, PackPiece.id),
        filters_offered=(
            Filter("over", "Part", lambda: _overs(pack), lambda chosen: _under(pack, chosen)),
            Filter("state", "State", {"stopped": "No longer used"}.copy, lambda _: PackPiece.stopped_at.is_not(None)),
        ),
        search=lambda q: and_(matching(q, PackPiece.title), PackPiece.id.not_in(gone)),
    )


BESIDE = {
    "gone": "No longer used",
    "corrected": "Corrected since",
    "claim": "Figures",
    "words": "Words",
    "source": "Whose words",
    "proof": "Proof",
    "file": "File",
    "file_sha256": "SHA-256 of the file",
    "sha256": "SHA-256 of the piece",
}


def _overs(pack: Pack) -> dict[str, str]:
    return {section["over"]: section["over"] for section in pack.sections}


def _under(pack: Pack, chosen: list[str]) -> Any:
    return PackPiece.n.in_({n for section in pack.sections if section["over"] in chosen for n in section["numbers"]})


# -- to take away ------------------------------------------------------------------------------------------------------


@bp.get("/<int:pack_id>/pack.pdf")
@allowed(policy.can_take, get=queries.pack)
def pdf(pack: Pack) -> ResponseReturnValue:
    return download(documents.as_pdf(_content(pack)), PDF, file_name(pack.name, "pdf"))


@bp.get("/<int:pack_id>/pack.docx")
@allowed(policy.can_take, get=queries.pack)
def docx(pack: Pack) -> ResponseReturnValue:
    return download(documents.as_docx(_content(pack)), DOCX, file_name(pack.name, "docx"))


@bp.get("/<int:pack_id>/pack.zip")
@allowed(policy.can_take, get=queries.pack)
def archive(pack: Pack) -> ResponseReturnValue:
    """The PDF with every attached file that still may be sent, and their SHA-256."""
    paper = documents.as_pdf(_content(pack))
    packed = documents.as_archive(paper, queries.pieces(pack.id), queries.gone(pack.id))
    return download(packed, ZIP, file_name(pack.name, "zip"))


def _content(pack: Pack) -> dict[str, Any]:
    return documents.content(pack, current_user.institution, queries.pieces(pack.id), queries.became(pack.id))


# -- what becomes of it ------------------------------------------------------------------------------------------------


@bp.route("/<int:pack_id>/renew", methods=["GET", "POST"])
@allowed(policy.can_change, get=queries.pack)
@saves
def renew(pack: Pack) -> ResponseReturnValue:
    """What the same choice finds today, against what was frozen; sent off, that takes the pack's place."""
    form = FreezeForm(version_of=pack, data={"name": pack.name})
    if form.validate_on_submit():
        try:
            made = services.renew(pack, name=form.name.data, actor=current_user, seen=form.seen.data or "")
        except (services.NothingGoesIn, services.OtherThanShown) as refusal:
            form.refuse(form.name, refusal)
        else:
            return _done(made)
    offer = choosing.offer(pack.plan, Choice.kept(pack.choice))
    form.seen.data = offer.mark
    changes = differences(queries.pieces(pack.id), queries.gone(pack.id), offer.goes_in)
    return render_template("packs/renew.html", pack=pack, form=form, changes=changes), 422 if form.errors else 200


@bp.post("/<int:pack_id>/retire")
@allowed(policy.can_change, get=queries.pack)
@saves
def retire(pack: Pack) -> ResponseReturnValue:
    services.retire(pack, actor=current_user)
    flash("It is retired: nobody takes it away any more.", "success")
    return redirect(url_for("packs.pack", pack_id=pack.id))
