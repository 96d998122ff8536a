"""What a lead sees and does: counts and outcomes, never drafts or notes; matching rounds; who is registered."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.core.web import allowed, saves
from hub.registration import guidance, lists, policy, queries, services
from hub.registration.forms import OUTCOMES, OverrideForm, ProposeForm, RoundForm
from hub.registration.models import MatchedPair, MatchingRound, Wish
from hub.registration.refusals import AlreadyPaired, CannotPair, MentorFull, NothingToMatch, NotReadyYet
from hub.registration.stages import CameBy, PairStage, RoundStage
from hub.registration.views.blueprint import bp, me

PAIR_WORDS = {
    PairStage.PROPOSED: "Proposed",
    PairStage.AGREED: "Agreed",
    PairStage.ACTIVE: "Active",
    PairStage.PAUSED: "Paused",
    PairStage.CLOSED: "Closed",
    PairStage.EVALUATED: "Looked back on",
    PairStage.DECLINED: "Did not come about",
}


@bp.get("/mentoring")
@allowed(policy.can_lead)
def mentoring() -> ResponseReturnValue:
    own = me().institution_id
    mentors = queries.all_mentors(own)
    return render_template(
        "registration/mentoring.html",
        pairs=queries.pairs_by_stage(own),
        outcomes=queries.closed_by_outcome(own),
        waiting=queries.waiting_wishes(own),
        places=sum(offer.free for offer in queries.offers_of(mentors)),
        mentors=len(mentors),
        rounds=queries.rounds(own),
        pair_words=PAIR_WORDS,
        outcome_words=OUTCOMES,
        RoundStage=RoundStage,
    )


@bp.route("/rounds/new", methods=["GET", "POST"])
@allowed(policy.can_lead)
@saves
def new_round() -> ResponseReturnValue:
    form = RoundForm()
    if form.validate_on_submit():
        try:
            made = services.preview_round(name=form.name.data, actor=me())
        except NothingToMatch as refusal:
            form.refuse(form.name, refusal)
        else:
            return redirect(url_for("registration.matching_round", round_id=made.id))
    waiting = queries.waiting_wishes(me().institution_id)
    return render_template("registration/new_round.html", form=form, waiting=waiting), 422 if form.errors else 200


@bp.get("/rounds/<int:round_id>")
@allowed(policy.leads_round, get=queries.matching_round)
def matching_round(matched: MatchingRound) -> ResponseReturnValue:
    return render_template(
        "registration/matching_round.html",
        matched=matched,
        found=[pair for pair in matched.pairs if pair.mentor is not None],
        unmatched=[pair for pair in matched.pairs if pair.mentor is None],
        is_preview=matched.stage == RoundStage.PREVIEW,
    )


@bp.post("/rounds/<int:round_id>/propose")
@allowed(policy.leads_round, get=queries.matching_round)
@saves
def propose_round(matched: MatchingRound) -> ResponseReturnValue:
    proposed = services.propose_round(matched, actor=me())
    flash(f"{len(proposed)} pairs are asked. Each becomes real when both say yes.", "success")
    return redirect(url_for("registration.matching_round", round_id=matched.id))


@bp.post("/rounds/<int:round_id>/discard")
@allowed(policy.leads_round, get=queries.matching_round)
@saves
def discard_round(matched: MatchingRound) -> ResponseReturnValue:
    services.discard_round(matched, actor=me())
    flash("Discarded. Nobody was told of it.", "success")
    return redirect(url_for("registration.mentoring"))


@bp.route("/rounds/<int:round_id>/pairs/<int:pair_id>", methods=["GET", "POST"])
@allowed(policy.leads_pair, get=queries.pair_in_round)
@saves
def override(pair: MatchedPair) -> ResponseReturnValue:
    form = OverrideForm(data={"mentor": str(pair.mentor_id or "")})
    form.offer(_mentors_of(me().institution_id))
    if form.validate_on_submit():
        mentor = queries.mentor(int(form.mentor.data)) if form.mentor.data else None
        try:
            services.override(pair.round, pair, mentor=mentor, actor=me())
        except (CannotPair, MentorFull) as refusal:
            form.refuse(form.mentor, refusal)
        else:
            flash("Changed.", "success")
            return redirect(url_for("registration.matching_round", round_id=pair.round_id))
    return render_template("registration/override.html", form=form, pair=pair), 422 if form.errors else 200


def _mentors_of(institution_id: int) -> dict[str, str]:
    found = queries.all_mentors(institution_id)
    return {str(one.id): f"{one.person.name} ({', '.join(one.register_names)})" for one in found}


@bp.route("/wishes/<int:wish_id>/propose", methods=["GET", "POST"])
@allowed(policy.can_propose_for, get=queries.wish)
@saves
def propose(wish: Wish) -> ResponseReturnValue:
    form = ProposeForm(version_of=wish)
    form.offer(_mentors_of(me().institution_id))
    if form.validate_on_submit():
        mentor = queries.mentor(int(form.mentor.data))
        try:
            services.propose(mentor, wish.journey, came_by=CameBy.LEAD, actor=me())
        except (CannotPair, MentorFull, AlreadyPaired, NotReadyYet) as refusal:
            form.refuse(form.mentor, refusal)
        else:
            flash(f"{wish.journey.person.name} and {mentor.person.name} are asked.", "success")
            return redirect(url_for("registration.mentoring"))
    return render_template("registration/propose.html", form=form, wish=wish), 422 if form.errors else 200


@bp.get("/registered")
@allowed(policy.can_lead)
def registered() -> ResponseReturnValue:
    own = me().institution_id
    series = queries.registered_by_month(own)
    return lists.registrations(own).answer(
        "registration/registered.html",
        series=series,
        stages=queries.interested_and_under_way(own),
        words=guidance.WORDS,
    )
