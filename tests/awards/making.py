"""Makers of what the awards have."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from hub.accounts.models import Institution
from hub.awards import queries, services, signals
from hub.awards.models import Outcome, Relation
from hub.core import clock
from hub.core.db import db
from hub.notifications.models import Notice
from tests import factories

_n = count(1)
LEVELS = ["Not yet", "A little", "Clearly", "Strongly", "As nobody else"]


def colleague(of, **given):
    return factories.person(db.session.get_one(Institution, of.institution_id), **given)


def cycle(lead=None, *, chair=None, judges=(), live=True, **given):
    """A cycle with one award of two criteria, open since yesterday unless *live* is false."""
    lead = lead or factories.lead()
    wanted = {
        "scheme_name": "Technician Awards",
        "name": f"Technician Awards {next(_n)}",
        "opens_at": clock.now() - timedelta(days=1),
        "closes_at": clock.now() + timedelta(days=10),
        "judging_until": clock.now() + timedelta(days=30),
        "chair": chair or colleague(lead),
    }
    institution = db.session.get_one(Institution, lead.institution_id)
    made = services.new_cycle(institution, **wanted | given, actor=lead)
    if not made.categories:
        category(made, lead)
    for judge in judges:
        services.add_judge(made, judge, actor=lead)
    if live:
        services.go_live(made, actor=lead)
    return made


def category(of, lead, **given):
    rules = {
        "name": f"Award {next(_n)}",
        "description": "For those who teach",
        "word_limit": 150,
        "self_allowed": False,
        "team_allowed": True,
    }
    made = services.add_category(of, **rules | given, actor=lead)
    for name, weight in (("Difference made", 75), ("Sharing", 25)):
        services.add_criterion(made, name=name, question="How much?", weight=weight, levels=LEVELS, actor=lead)
    return made


def draft(of, nominee=None, *, by=None, also=(), **written):
    """A finished draft in the first award of a cycle."""
    award = of.categories[0]
    by = by or colleague(of)
    made = services.begin(award, nominee or colleague(of), actor=by)
    for other in also:
        services.name(made, other, actor=by)
    words = {"situation": "Nobody could book it.", "action": "She wrote a rota.", "result": "62 of 62 came."}
    services.keep(made, **{"relation": Relation.COLLEAGUE, "evidence": ""} | words | written, actor=by)
    return made


def sent(of, nominee=None, **given):
    made = draft(of, nominee, **given)
    services.send(made, actor=made.nominator)
    return made


def consented(of, nominee=None, *, publicity=True, **given):
    made = sent(of, nominee, **given)
    for one in list(made.nominees):
        services.answer(made, consents=True, publicity=publicity, actor=one.person)
    return made


def shortlisted(of, lead, nominee=None, **given):
    """Ready for the judges, in a cycle that is being judged afterwards."""
    made = consented(of, nominee, **given)
    services.pass_check(made, actor=lead)
    services.shortlist(made, actor=lead)
    return made


def points(nomination, *given):
    criteria = nomination.category.criteria
    return {c.id: (n, "Because of the rota.") for c, n in zip(criteria, given or (4, 4), strict=True)}


def decided(nomination, outcome, by, feedback="Tell us more about the numbers."):
    services.decide(nomination, outcome=outcome, feedback=feedback, actor=by)


def announced(lead, *, publicity=True, outcome=Outcome.WINNER):
    """One nomination whose result everybody was told."""
    made = cycle(lead)
    nomination = shortlisted(made, lead, publicity=publicity)
    services.close_cycle(made, actor=lead)
    decided(nomination, outcome, made.chair)
    if outcome != Outcome.WINNER:
        services.withhold(made.categories[0], because="None was strong enough.", actor=made.chair)
    services.close_decisions(made, actor=made.chair)
    services.announce(queries.cycle(made.id), actor=lead)
    return nomination


@contextmanager
def facts():
    """What is announced inside the block, as (which, title, people, actor)."""
    seen = []

    def note_accepted(sender, actor):
        seen.append(("accepted", sender.evidence_title, sender.evidence_people, actor))

    def note_announced(sender, actor):
        seen.append(("announced", sender.evidence_title, sender.evidence_people, actor))

    with (
        signals.nomination_accepted.connected_to(note_accepted),
        signals.award_announced.connected_to(note_announced),
    ):
        yield seen


def told(person):
    rows = db.session.query(Notice).filter_by(recipient_id=person.id).order_by(Notice.id)
    return [row.kind.removeprefix("awards.") for row in rows if row.kind.startswith("awards.")]
