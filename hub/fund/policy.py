"""Who may do what in the fund, and who is too close to an application. Pure functions of (user, object)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hub.accounts.models import Institution, Person, UnitKind
from hub.accounts.policy import is_lead
from hub.core.clock import now
from hub.fund.models import (
    Answer,
    Application,
    CaseStudy,
    Claim,
    ClaimStage,
    CoApplicant,
    CostLine,
    FollowUp,
    FundCriterion,
    PanelMember,
    Receipt,
    Round,
    RoundStage,
    Stage,
)
from hub.registration.models import Mentoring
from hub.registration.stages import LIVE, PairStage

__all__ = ["is_lead"]

ANSWERABLE = frozenset({Stage.DRAFT, Stage.RETURNED})
JUDGED = frozenset({Stage.WITH_PANEL, Stage.RESERVE})
ENDED = frozenset({PairStage.CLOSED, PairStage.EVALUATED})
MENTORING_LINGERS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Tie:
    """How somebody is tied to an application: *blocks* hides it from them, otherwise they are only told."""

    reason: str
    blocks: bool


def tie(member: Any, application: Application, *, declared: bool) -> Tie | None:
    """The strongest tie between *member* and *application*, from what the hub knows and what they declared.

    Everybody’s unit and mentoring must be loaded, as ``queries.application`` does.
    """
    those = [one for one in (application.applicant, *(c.person for c in application.partners)) if one]
    if any(member.id == one.id for one in those):
        return Tie("This is your own application.", blocks=True)
    pairs = [p for p in _mentorings_of(application) if member.id in (p.mentor_id, p.mentee_id)]
    blocked = _through_work(member, application, those) or _through_team(member, those) or _through_mentoring(pairs)
    if declared:
        return Tie("You declared a conflict.", blocks=True)
    if blocked:
        return Tie(blocked, blocks=True)
    if any(pair.stage in ENDED and pair.stage_since > now() - MENTORING_LINGERS for pair in pairs):
        return Tie("You and the applicant were mentor and mentee until less than a year ago.", blocks=False)
    near = any(member.unit_id is not None and member.unit_id == one.unit_id for one in those)
    return Tie("You and the applicant work in the same department.", blocks=False) if near else None


def _through_work(member: Any, application: Application, those: Sequence[Person]) -> str:
    if application.manager_id == member.id or any(one.manager_id == member.id for one in those):
        return "You are the applicant’s line manager."
    return "The applicant is your line manager." if any(member.manager_id == one.id for one in those) else ""


def _through_team(member: Any, those: Sequence[Person]) -> str:
    near = (one for one in those if member.unit_id is not None and member.unit_id == one.unit_id)
    is_team = any(one.unit is not None and one.unit.kind == UnitKind.TEAM for one in near)
    return "You work in the applicant’s team." if is_team else ""


def _through_mentoring(pairs: Sequence[Mentoring]) -> str:
    return "You and the applicant are mentor and mentee." if any(pair.stage in LIVE for pair in pairs) else ""


def _mentorings_of(application: Application) -> list[Mentoring]:
    """Of everybody who applies, on either side."""
    return [*application.mentorings, *(pair for c in application.partners for pair in c.mentorings)]


def is_too_close(user: Any, application: Application) -> bool:
    """Whether a tie hides *application* from *user*; applicant with unit and declared conflicts must be loaded."""
    declared = any(d.person_id == user.id for d in application.declared)
    found = tie(user, application, declared=declared)
    return found is not None and found.blocks


def is_applicant(user: Any, application: Application) -> bool:
    return bool(application.applicant_id == user.id)


def applies(user: Any, application: Application) -> bool:
    """The applicant, and whoever applies together with them."""
    return is_applicant(user, application) or any(c.person_id == user.id for c in application.partners)


def can_ask_colleagues(user: Any, application: Application) -> bool:
    return is_applicant(user, application) and application.stage in ANSWERABLE


def is_asked(user: Any, asked: CoApplicant) -> bool:
    """Whoever was asked finds what became of it, too."""
    return bool(asked.person_id == user.id)


def can_join(user: Any, asked: CoApplicant) -> bool:
    """Whoever was asked, as long as the application can still be written."""
    waits = asked.answer == Answer.ASKED and asked.application.stage in ANSWERABLE
    return is_asked(user, asked) and waits


def can_take_off(user: Any, asked: CoApplicant) -> bool:
    """The applicant, and they themselves."""
    is_theirs = asked.person_id == user.id and asked.answer == Answer.ACCEPTED
    return can_ask_colleagues(user, asked.application) or (is_theirs and asked.application.stage in ANSWERABLE)


def may_apply(user: Any, fund_round: Round) -> bool:
    """Technicians; in a test, whoever rehearses."""
    return (user.is_technician or fund_round.is_test) and sees_round(user, fund_round)


def sees_round(user: Any, fund_round: Round) -> bool:
    """Everybody sees rounds that have opened; a round in preparation, or a test, is its lead's and its panel's."""
    is_for_all = fund_round.stage != RoundStage.DRAFT and not fund_round.is_test
    return is_for_all or is_lead(user, fund_round) or sits_on(user, fund_round)


def can_answer(user: Any, application: Application) -> bool:
    """Those who apply write it, until it is sent and again when it is returned."""
    return applies(user, application) and application.stage in ANSWERABLE


def can_change_cost(user: Any, line: CostLine) -> bool:
    return can_answer(user, line.application)


def is_its_manager(user: Any, application: Application) -> bool:
    """Whoever was asked for the statement: never somebody who applies."""
    return application.manager_id == user.id and not applies(user, application)


def can_name_manager(user: Any, application: Application) -> bool:
    """The lead, while a statement is waited for: somebody where there is nobody, or another where one is away."""
    if application.stage != Stage.AWAITING_MANAGER or is_under_seal(application.round):
        return False
    return is_lead(user, application) and not applies(user, application)


def sits_on(user: Any, fund_round: Round) -> bool:
    return any(m.person_id == user.id for m in fund_round.panel)


def chairs(user: Any, fund_round: Round) -> bool:
    return any(m.person_id == user.id and m.is_chair for m in fund_round.panel)


def can_lose_members(fund_round: Round) -> bool:
    """Until its panel may judge."""
    return fund_round.stage in {RoundStage.DRAFT, RoundStage.OPEN} and not fund_round.is_judged_now


def can_see_panel(user: Any, fund_round: Round) -> bool:
    """The panel from the closing on, or as applications come; before that nobody reads anything."""
    read = fund_round.is_judged_now or fund_round.stage in {RoundStage.DECIDED, RoundStage.RELEASED}
    return read and sits_on(user, fund_round)


def can_judge(user: Any, application: Application) -> bool:
    """Panel members score and decide what they are not too close to, once the round has closed."""
    judged = (application.stage in JUDGED or application.decision is not None) and application.anonymised_on is None
    return judged and can_see_panel(user, application.round) and not is_too_close(user, application)


def is_kept_from(user: Any, application: Application) -> bool:
    """A panel member too close to it sees nothing of an application before its round is released."""
    if application.round.stage == RoundStage.RELEASED or not sits_on(user, application.round):
        return False
    return is_too_close(user, application)


def leads(user: Any, application: Application) -> bool:
    """The lead, for applications that are not their own and not kept from them."""
    return is_lead(user, application) and not applies(user, application) and not is_kept_from(user, application)


def runs(user: Any, application: Application) -> bool:
    """The same, as long as there is something to do: an anonymous one has only numbers."""
    return leads(user, application) and application.anonymised_on is None


def is_under_seal(fund_round: Round) -> bool:
    """A sealed round is read by nobody but its applicants and their managers before it has closed."""
    return fund_round.is_sealed and fund_round.stage in {RoundStage.DRAFT, RoundStage.OPEN}


def can_see(user: Any, application: Application) -> bool:
    """A draft, and a draft that was thrown away unsent, are their writer's alone."""
    was_sent = application.stage != Stage.DRAFT and application.sent_at is not None
    is_read = was_sent and not is_under_seal(application.round)
    return applies(user, application) or (leads(user, application) and is_read)


def releases_as_they_come(user: Any, fund_round: Round) -> bool:
    """The lead tells what is decided while the round goes on."""
    return is_lead(user, fund_round) and fund_round.is_rolling and fund_round.stage == RoundStage.OPEN


def can_archive(user: Any, fund_round: Round) -> bool:
    """The lead, once everybody has heard."""
    return is_lead(user, fund_round) and fund_round.stage == RoundStage.RELEASED


def can_print_letters(user: Any, fund_round: Round) -> bool:
    """The lead, once decisions are released; in a round that decides as they come, of those that are."""
    return can_archive(user, fund_round) or releases_as_they_come(user, fund_round)


def can_read_letter(user: Any, application: Application) -> bool:
    """Whoever may see an application, once its decision is released."""
    is_told = application.decision is not None and application.decision.released_at is not None
    return is_told and can_see(user, application)


def sets_periods(user: Any, institution: Institution) -> bool:
    return bool(user.is_lead and user.institution_id == institution.id)


def reads_scores(user: Any, fund_round: Round, *, asked: bool) -> bool:
    """The lead answers for them once they are released, unless they *asked* for money in the same round."""
    return can_archive(user, fund_round) and not asked


def can_read_files(user: Any, application: Application) -> bool:
    sees = can_see(user, application) or can_judge(user, application)
    sees = sees or any(can_join(user, asked) for asked in application.co_applicants)
    return sees or (is_its_manager(user, application) and application.stage == Stage.AWAITING_MANAGER)


def can_fetch_quote(user: Any, line: CostLine) -> bool:
    return can_read_files(user, line.application)


def can_fetch_receipt(user: Any, receipt: Receipt) -> bool:
    return can_see(user, receipt.claim.application)


def runs_criterion(user: Any, criterion: FundCriterion) -> bool:
    return is_lead(user, criterion)


def runs_member(user: Any, member: PanelMember) -> bool:
    return is_lead(user, member)


def closes(user: Person | None, fund_round: Round) -> bool:
    """A round is closed by the clock (nobody) or by its lead."""
    return user is None or is_lead(user, fund_round)


def hands_over(user: Person | None, application: Application) -> bool:
    return user is None or user.institution_id == application.institution_id


def releases(user: Any, application: Application) -> bool:
    """Releasing is done for all at once, so the lead may even if one of them is their own: the panel decided it."""
    return is_lead(user, application)


def may_withdraw(user: Any, application: Application) -> bool:
    """The applicant, as long as nothing of the award is claimed."""
    return is_applicant(user, application) and not any(c.stage != ClaimStage.TAKEN_BACK for c in application.claims)


def can_claim(user: Any, application: Application) -> bool:
    """The applicant, part of it before the activity and the rest after, one claim at a time."""
    if not is_applicant(user, application) or application.stage not in {Stage.ACCEPTED, Stage.ACTIVITY_DONE}:
        return False
    return application.claimable_pence > 0 and not _waits_for_lead(application)


def can_end_claims(user: Any, application: Application) -> bool:
    """The applicant, once the activity is over: some of it was claimed, and no claim waits for the lead."""
    if not is_applicant(user, application) or application.stage != Stage.ACTIVITY_DONE or not application.spent_pence:
        return False
    return not _waits_for_lead(application)


def _waits_for_lead(application: Application) -> bool:
    return application.open_claim is not None and application.open_claim.stage == ClaimStage.SENT


def claims(user: Any, claim: Claim) -> bool:
    return is_applicant(user, claim.application)


def settles(user: Any, claim: Claim) -> bool:
    return runs(user, claim.application)


def pays(user: Any, claim: Claim) -> bool:
    return settles(user, claim) and not approved_by_same(user, claim)


def approved_by_same(user: Any, claim: Claim) -> bool:
    """Whether the fund wants another than *user* to pay, who approved it."""
    return bool(claim.application.round.scheme.pays_apart and claim.approved_by_id == user.id)


def goes_on(user: Any, application: Application) -> bool:
    """What follows of itself once everything is paid, whoever's deed was the last."""
    return is_applicant(user, application) or runs(user, application)


def can_add_learned(user: Any, application: Application) -> bool:
    """Whose report names a skill, once it is sent."""
    sent = application.report
    is_sent = application.stage in {Stage.REPORT_RECEIVED, Stage.CLOSED}
    return is_applicant(user, application) and is_sent and sent is not None and sent.learned_id is not None


def can_make_study(user: Any, application: Application) -> bool:
    """The lead, of a report that is accepted and that its author permitted to be published."""
    report = application.report
    return runs(user, application) and report is not None and report.accepted_at is not None and report.may_publish


def decides_publishing(user: Any, application: Application) -> bool:
    """Whose report it is, once it is sent."""
    return is_applicant(user, application) and application.report is not None


def leads_study(user: Any, study: CaseStudy) -> bool:
    return is_lead(user, study)


def is_author(user: Any, study: CaseStudy) -> bool:
    return bool(study.author_id == user.id)


def reads_follow_up(user: Any, asked: FollowUp) -> bool:
    return can_see(user, asked.application)


def answers_follow_up(user: Any, asked: FollowUp) -> bool:
    return is_applicant(user, asked.application)
