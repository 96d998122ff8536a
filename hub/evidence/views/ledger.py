"""The ledger: all entries, one with its history, correcting it, the table of kinds; and everybody's own record."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.accounts.policy import is_signed_in
from hub.core.clock import today
from hub.core.lists import Column, Filter, Listing
from hub.core.themes import Theme
from hub.core.web import allowed, saves
from hub.evidence import policy, queries, services
from hub.evidence.forms import correct_form
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.evidence.uses import uses_of
from hub.evidence.views.blueprint import bp

YEARS = 6  # academic years that the ledger can be narrowed to


@bp.get("/ledger")
@allowed(policy.can_read_ledger)
def ledger() -> ResponseReturnValue:
    listing = Listing(
        name="evidence",
        noun=("piece of evidence", "pieces of evidence"),
        rows=queries.entries(current_user.institution_id),
        columns=(
            Column("title", "What happened", lambda e: e.title, Entry.title),
            Column("kind", "Kind", lambda e: KINDS[e.kind].label, Entry.kind),
            Column("theme", "Theme", lambda e: e.theme.label, Entry.theme),
            Column("happened", "Date", lambda e: e.happened_on, Entry.happened_on),
            Column("unit", "Unit", lambda e: e.unit.name if e.unit else ""),
            Column("quantity", "Figure", lambda e: e.quantity, Entry.quantity, numeric=True),
            Column("counted", "What is counted", lambda e: KINDS[e.kind].unit, beside=True),
            Column("people", "People", lambda e: e.people, Entry.people, numeric=True),
            Column("standing", "Standing", lambda e: e.standing, beside=True),
        ),
        default_order=queries.NEWEST_FIRST,
        filters_offered=_filters(),
        search=queries.matches,
    )
    return listing.answer("evidence/ledger.html", kinds=KINDS, together=_together(listing))


def _together(listing: Listing) -> str:
    """What may be said of all that is shown, where that is everything of one kind that counts."""
    chosen = {key: values for key, values in listing.chosen.items() if values}
    if listing.q or chosen != {"kind": chosen.get("kind", [])[:1], "standing": ["counts"]}:
        return ""
    (kind,) = chosen["kind"]
    found = queries.totals_by_kind(current_user.institution_id).get(kind)
    return KINDS[kind].said(found.n, found.quantity, found.people) if found else ""


def _filters() -> tuple[Filter, ...]:
    standing = queries.standing()
    return (
        Filter("theme", "Theme", Theme.choices, Entry.theme.in_),
        Filter("kind", "Kind", lambda: {key: kind.label for key, kind in KINDS.items()}, Entry.kind.in_),
        Filter("year", "Academic year", _years, lambda chosen: queries.any_of(queries.in_year(int(y)) for y in chosen)),
        Filter("unit", "Unit", _units, lambda chosen: Entry.unit_id.in_([int(u) for u in chosen])),
        Filter(
            "source",
            "How it came",
            lambda: {"itself": "By itself", "hand": "Brought by hand"},
            lambda chosen: queries.any_of(queries.by_hand() if c == "hand" else ~queries.by_hand() for c in chosen),
        ),
        Filter(
            "standing",
            "Standing",
            lambda: {"counts": "Counts", "corrected": "Corrected", "withdrawn": "Withdrawn"},
            lambda chosen: queries.any_of(standing[c] for c in chosen),
        ),
    )


def _years() -> dict[str, str]:
    newest = today().year if today().month >= 8 else today().year - 1
    return {str(year): f"{year} to {year + 1}" for year in range(newest, newest - YEARS, -1)}


def _units() -> dict[str, str]:
    return {str(unit.id): unit.name for unit in accounts.units(current_user.institution_id)}


@bp.get("/entries/<int:entry_id>")
@allowed(policy.can_read_entry, get=queries.entry)
def entry(entry: Entry) -> ResponseReturnValue:
    reads_ledger = policy.can_read_ledger(current_user)
    return render_template(
        "evidence/entry.html",
        entry=entry,
        kind=KINDS[entry.kind],
        history=queries.history(entry) if reads_ledger else [entry],
        uses=uses_of([entry.id], current_user) if reads_ledger else [],
        reads_ledger=reads_ledger,
        sees_whom=current_user.is_lead and bool(KINDS[entry.kind].endpoint),  # where the proof is private, so are they
        counts_for_me=any(person.id == current_user.id for person in entry.whom),
        source=_source(entry),
    )


def _source(entry: Entry) -> str:
    """The page of the proof, for those whom it is shown to."""
    kind = KINDS[entry.kind]
    if not kind.endpoint or not current_user.is_lead or entry.anonymised_on:
        return ""
    values: dict[str, Any] = {kind.argument: entry.source_id}
    return url_for(kind.endpoint, **values)


@bp.route("/entries/<int:entry_id>/correct", methods=["GET", "POST"])
@allowed(policy.can_correct, get=queries.entry)
@saves
def correct(entry: Entry) -> ResponseReturnValue:
    form = correct_form(entry)
    if form.validate_on_submit():
        try:
            second = services.correct(entry, reason=form.reason.data, actor=current_user, **form.said)
        except services.NothingCorrected as refusal:
            form.refuse(form.quantity, refusal)
        else:
            flash("Corrected. The first entry stays to be read, and counts no more.", "success")
            return redirect(url_for("evidence.entry", entry_id=second.id))
    return render_template("evidence/correct.html", form=form, entry=entry), 422 if form.errors else 200


@bp.get("/kinds")
@allowed(policy.can_read_ledger)
def kinds() -> ResponseReturnValue:
    """What counts as evidence, of which theme, and what may be said of it."""
    totals = queries.totals_by_kind(current_user.institution_id)
    return render_template("evidence/kinds.html", kinds=KINDS, totals=totals)


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
    ).answer("evidence/mine.html", kinds=KINDS, agreed=queries.agreed_by(current_user.id))
