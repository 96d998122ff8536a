"""Offering to mentor, and finding a mentor."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.accounts.policy import is_signed_in
from hub.core.web import allowed, saves
from hub.registration import matching, policy, queries, services
from hub.registration.forms import AskForm, MentorForm, WishForm
from hub.registration.lists import mentors as mentor_list
from hub.registration.models import Journey, Mentor
from hub.registration.refusals import AlreadyPaired, CannotPair, MentorFull, NotReadyYet
from hub.registration.stages import OPEN
from hub.registration.views.blueprint import bp, me, seen_journey


@bp.get("/mentors")
@allowed(is_signed_in)
def find_mentor() -> ResponseReturnValue:
    journey = queries.under_way(me().id)
    listing = mentor_list(me().institution_id, journey)
    wish = queries.wish_of(journey.id) if journey else None
    shown = listing.items
    seeker = queries.seeker_of(wish) if wish else None
    why = {offer.id: matching.reasons(seeker, offer) for offer in queries.offers_of(shown)} if seeker else {}
    return listing.answer(
        "registration/find_mentor.html",
        journey=journey if journey and policy.can_seek_mentor(me(), journey) else None,
        wish=wish,
        why=why,
        taken=queries.open_counts([mentor.person_id for mentor in shown]),
    )


@bp.route("/mentors/offer", methods=["GET", "POST"])
@allowed(is_signed_in)
@saves
def become_mentor() -> ResponseReturnValue:
    mentor = queries.mentor_of_person(me().id)
    form = MentorForm(obj=mentor) if mentor else MentorForm(data={"capacity": 2})
    if form.validate_on_submit():
        services.offer_to_mentor(actor=me(), **form.values())
        flash("Thank you. Your offer is " + ("paused." if form.paused.data else "open."), "success")
        return redirect(url_for("registration.my_mentees"))
    return render_template("registration/become_mentor.html", form=form, mentor=mentor), 422 if form.errors else 200


@bp.route("/mentors/<int:mentor_id>/ask", methods=["GET", "POST"])
@allowed(policy.can_see_mentor, get=queries.mentor)
@saves
def ask(mentor: Mentor) -> ResponseReturnValue:
    journey = queries.under_way(me().id)
    if journey is None:
        flash("Choose a register first: mentors are found by it.", "warning")
        return redirect(url_for("registration.start"))
    form = AskForm(version_of=mentor)
    if form.validate_on_submit():
        try:
            pair = services.ask(mentor, journey, message=form.message.data, actor=me())
        except (CannotPair, MentorFull, AlreadyPaired, NotReadyYet) as refusal:
            form.refuse(form.message, refusal)
        else:
            flash(f"{mentor.person.first_name} has been asked.", "success")
            return redirect(url_for("registration.pairing", mentoring_id=pair.id))
    shown = render_template("registration/ask.html", form=form, mentor=mentor, journey=journey)
    return shown, 422 if form.errors else 200


@bp.route("/journeys/<int:journey_id>/wish", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def wish(journey: Journey) -> ResponseReturnValue:
    wished = queries.wish_of(journey.id)
    form = WishForm(obj=wished, version_of=journey) if wished else WishForm(version_of=journey, data=FRESH)
    if form.validate_on_submit():
        services.wish_for(journey, actor=me(), **form.values())
        flash("Your wishes are kept.", "success")
        return redirect(url_for("registration.find_mentor"))
    return render_template("registration/wish.html", form=form, journey=journey), 422 if form.errors else 200


FRESH = {"remote": True, "waiting": True}


@bp.get("/mentees")
@allowed(is_signed_in)
def my_mentees() -> ResponseReturnValue:
    pairs = queries.pairs_of(me().id, as_mentor=True)
    return render_template(
        "registration/my_mentees.html",
        offer=queries.mentor_of_person(me().id),
        now=[pair for pair in pairs if pair.stage in OPEN],
        before=[pair for pair in pairs if pair.stage not in OPEN],
    )
