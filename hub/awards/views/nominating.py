"""Pages for everybody: what is open, writing a nomination, the nominee's answers, the roll of honour."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.awards import lists, policy, queries, services
from hub.awards.forms import ConsentForm, nominate_form, written
from hub.awards.models import Category, Nomination, Relation
from hub.awards.views.blueprint import bp
from hub.awards.workflow import NOMINATION
from hub.core.errors import Refusal
from hub.core.text import one_line
from hub.core.web import allowed, only, saves


@bp.get("")
@allowed(is_signed_in)
def home() -> ResponseReturnValue:
    return render_template(
        "awards/home.html",
        cycles=queries.open_cycles(current_user.institution_id),
        judged=queries.judged_by(current_user),
        about=queries.about(current_user),
        listing=lists.mine(current_user),
        status=lists.public_status,
    )


@bp.get("/winners")
@allowed(is_signed_in)
def winners() -> ResponseReturnValue:
    return lists.winners(current_user.institution_id).answer("awards/winners.html")


@bp.get("/mine")
@allowed(is_signed_in)
def mine() -> ResponseReturnValue:
    return lists.mine(current_user).answer("awards/mine.html", status=lists.public_status)


@bp.route("/categories/<int:category_id>/start", methods=["GET", "POST"])
@allowed(is_signed_in, get=queries.category)
@saves
def start(category: Category) -> ResponseReturnValue:
    """Find the person; their button makes the draft."""
    if request.method == "POST":
        nominee = queries.technician(one_line(only("who")), of=current_user)
        nomination = services.begin(category, nominee, actor=current_user)
        return redirect(url_for("awards.nominate", nomination_id=nomination.id))
    q = one_line(request.args.get("q", ""))[:100]
    found = queries.may_be_nominated(current_user, q) if q else []
    return render_template("awards/start.html", category=category, q=q, found=found)


@bp.route("/nominations/<int:nomination_id>/nominate", methods=["GET", "POST"])
@allowed(policy.can_write, get=queries.nomination)
@saves
def nominate(nomination: Nomination) -> ResponseReturnValue:
    """The draft: kept as it is, or sent."""
    sends = "later" not in request.form
    form = nominate_form(nomination.category, finished=sends)(version_of=nomination, data=written(nomination))
    if form.validate_on_submit():
        answers = {name: form[name].data or "" for name in ("situation", "action", "result", "evidence")}
        services.keep(nomination, relation=Relation(form["relation"].data), **answers, actor=current_user)
        if sends:
            services.send(nomination, actor=current_user)
            flash(f"Sent. {nomination.names} will be asked whether they agree.", "success")
            return redirect(url_for("awards.nomination", nomination_id=nomination.id))
        flash("Kept as a draft. Nobody else sees it.", "success")
        return redirect(url_for("awards.nominate", nomination_id=nomination.id))
    page = render_template("awards/nominate.html", form=form, nomination=nomination)
    return page, 422 if form.errors else 200


@bp.route("/nominations/<int:nomination_id>/team", methods=["GET", "POST"])
@allowed(policy.can_write, get=queries.nomination)
@saves
def team(nomination: Nomination) -> ResponseReturnValue:
    """Add or take out members of a team."""
    if request.method == "POST":
        leaving = only("out", "")
        nominee = next((n for n in nomination.nominees if str(n.id) == leaving), None)
        if nominee is not None:
            services.unname(nomination, nominee, actor=current_user)
        else:
            joining = queries.technician(one_line(only("who")), of=current_user)
            services.name(nomination, joining, actor=current_user)
        return redirect(url_for("awards.team", nomination_id=nomination.id))
    q = one_line(request.args.get("q", ""))[:100]
    found = queries.may_be_nominated(current_user, q) if q else []
    return render_template("awards/team.html", nomination=nomination, q=q, found=found)


@bp.get("/nominations/<int:nomination_id>")
@allowed(policy.can_see, get=queries.nomination)
def nomination(nomination: Nomination) -> ResponseReturnValue:
    return render_template(
        "awards/nomination.html",
        nomination=nomination,
        status=lists.public_status(nomination),
        may_write=policy.can_write(current_user, nomination),
        may_answer=policy.can_answer(current_user, nomination),
        may_withdraw=NOMINATION.can(nomination, "withdraw", current_user),
    )


@bp.post("/nominations/<int:nomination_id>/withdraw")
@allowed(policy.has_written, get=queries.own_nomination)
@saves
def withdraw(own: queries.Own) -> ResponseReturnValue:
    services.withdraw(own.nomination, actor=current_user)
    flash("Your nomination is withdrawn.", "success")
    return redirect(url_for("awards.home"))


@bp.route("/nominations/<int:nomination_id>/consent", methods=["GET", "POST"])
@allowed(policy.is_asked, get=queries.own_nomination)
@saves
def consent(own: queries.Own) -> ResponseReturnValue:
    """What was written about me, and my two answers."""
    nomination = own.nomination
    mine = nomination.nominee_of(current_user)
    given = {"consents": "yes", "publicity": "yes" if mine and mine.publicity else "no"}
    form = ConsentForm(data=given if mine and mine.consents else {})
    if form.validate_on_submit():
        agreed = form.consents.data == "yes"
        try:
            services.answer(nomination, consents=agreed, publicity=form.publicity.data == "yes", actor=current_user)
        except Refusal as refusal:
            form.refuse(form.consents, refusal)
        else:
            flash("Thank you. You can change your mind until the announcement." if agreed else "Understood.", "success")
            return redirect(url_for("awards.home"))
    open_to_me = policy.can_answer(current_user, nomination)
    page = render_template("awards/consent.html", form=form, nomination=nomination, open_to_me=open_to_me, mine=mine)
    return page, 422 if form.errors else 200
