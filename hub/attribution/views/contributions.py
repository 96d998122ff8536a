"""Contributions: one’s own, those that a lead sees, those on a profile; and how a paper says it."""

from flask import flash, get_template_attribute, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from hub.attribution import lists, policy, queries, services, wording
from hub.attribution.forms import ContributionForm, WordingForm
from hub.attribution.models import Contribution, CreditForm
from hub.attribution.views.blueprint import bp
from hub.core.db import db
from hub.core.web import allowed, saves
from hub.directory.forms import audiences
from hub.directory.models import Profile
from hub.directory.policy import Viewer, shows
from hub.directory.services import NotAgreed


@bp.get("/")
@allowed(policy.is_signed_in)
def home() -> ResponseReturnValue:
    """What waits to be read, one’s own contributions, and the documents."""
    newest = queries.contributions_of(current_user.id).order_by(*queries.BY_YEAR).limit(5)
    return render_template(
        "attribution/home.html",
        waiting=db.session.scalars(queries.waiting_for(current_user)).all(),
        newest=db.session.scalars(newest).all(),
        documents=db.session.scalars(queries.published(current_user)).all(),
    )


@bp.get("/mine")
@allowed(policy.is_technician)
def mine() -> ResponseReturnValue:
    return lists.mine(current_user).answer("attribution/mine.html", removed=queries.removed_by(current_user.id))


@bp.get("/contributions")
@allowed(policy.is_lead)
def contributions() -> ResponseReturnValue:
    figures = queries.figures(current_user.institution_id)
    listing = lists.contributions(current_user, figures)
    return listing.answer("attribution/contributions.html", kept=figures.kept_closer)


@bp.route("/contributions/new", methods=["GET", "POST"])
@allowed(policy.is_technician)
@saves
def record() -> ResponseReturnValue:
    form = ContributionForm()
    if form.validate_on_submit():
        try:
            made = services.record(form.details, actor=current_user)
        except NotAgreed as refusal:
            form.refuse(form.shown_to, refusal)
        else:
            flash("Recorded. Here is how the paper can say it.", "success")
            return redirect(url_for("attribution.contribution", contribution_id=made.id))
    return render_template("attribution/record.html", form=form), 422 if form.errors else 200


@bp.get("/contributions/<int:contribution_id>")
@allowed(policy.can_read, get=queries.contribution)
def contribution(contribution: Contribution) -> ResponseReturnValue:
    facts = wording.facts_of(contribution)
    return render_template(
        "attribution/contribution.html",
        contribution=contribution,
        sentence=wording.sentence(contribution.credit, facts),
        statement=wording.credit_statement(contribution.credit, facts),
        instead=wording.sentence(CreditForm.FACILITY, facts),
        where=wording.WHERE_IT_STANDS[contribution.credit],
        shown_to=audiences(current_user.institution, public=True)[contribution.shown_to],
    )


@bp.route("/contributions/<int:contribution_id>/edit", methods=["GET", "POST"])
@allowed(policy.owns, get=queries.contribution)
@saves
def edit(contribution: Contribution) -> ResponseReturnValue:
    form = ContributionForm(contribution)
    if form.validate_on_submit():
        try:
            services.edit(contribution, form.details, actor=current_user)
        except NotAgreed as refusal:
            form.refuse(form.shown_to, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("attribution.contribution", contribution_id=contribution.id))
    return render_template("attribution/edit.html", form=form, contribution=contribution), 422 if form.errors else 200


@bp.post("/contributions/<int:contribution_id>/remove")
@allowed(policy.owns, get=queries.contribution)
@saves
def remove(contribution: Contribution) -> ResponseReturnValue:
    services.remove(contribution, actor=current_user)
    flash("Removed. You can put it back for thirty days: it stands at the end of this page.", "success")
    return redirect(url_for("attribution.mine"))


@bp.post("/contributions/<int:contribution_id>/put-back")
@allowed(policy.can_put_back, get=queries.contribution)
@saves
def put_back(contribution: Contribution) -> ResponseReturnValue:
    services.put_back(contribution, actor=current_user)
    flash("It is back, as it was.", "success")
    return redirect(url_for("attribution.contribution", contribution_id=contribution.id))


@bp.get("/wording")
@allowed(policy.is_signed_in)
def word() -> ResponseReturnValue:
    """Sentences from facts that are typed here and stored nowhere."""
    unit = current_user.unit.name if current_user.unit else ""
    known = {"place": unit, "institution": current_user.institution.name}
    form = WordingForm(request.args or None, data=known)
    is_answered = bool(request.args) and form.validate()
    return render_template(
        "attribution/word.html",
        form=form,
        cases=wording.CASES,
        case=wording.CASES[form.case.data] if is_answered else None,
        sentences=_sentences(form.facts) if is_answered else [],
        statement=wording.credit_statement(CreditForm.NAMED, form.facts) if is_answered else "",
    ), 422 if form.errors else 200


def _sentences(facts: wording.Facts) -> list[tuple[CreditForm, str]]:
    """One for each form of credit that can be said of these facts."""
    said = ((credit, wording.sentence(credit, facts)) for credit in CreditForm)
    return [(credit, text) for credit, text in said if text]


def on_profile(profile: Profile, viewer: Viewer) -> Markup:
    """What *viewer* may see of somebody’s contributions, as a part of their profile."""
    shown = [one for one in queries.shown_in(profile.person_id) if shows(one.shown_to, profile, viewer)]
    draw = get_template_attribute("components/attribution.html", "on_profile")
    return draw(profile.person, shown) if shown else Markup("")
