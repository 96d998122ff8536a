"""Who is told what about the fund."""

from collections.abc import Iterable
from datetime import date

from hub.accounts.models import Person
from hub.core.clock import at_london
from hub.core.links import address_of, path_to
from hub.core.money import pounds
from hub.core.words import day
from hub.fund.models import Answer, Application, CaseStudy, Claim, CoApplicant, FollowUp, Outcome, Round
from hub.notifications.kinds import SECURITY, register
from hub.notifications.services import mail_only, tell

GROUP = "The development fund"

register("fund.statement_wanted", GROUP, "Somebody in your team needs your statement")
register("fund.sent", GROUP, "Your application is sent: the receipt")
register("fund.statement_link", SECURITY, "Links by which you answer without signing in")
register("fund.co_applicant", GROUP, "A colleague asks you to apply together, or answers")
register("fund.manager_wanted", GROUP, "An application has no line manager to ask")
register("fund.returned", GROUP, "Your application, claim or report comes back to you")
register("fund.supported", GROUP, "Your manager’s statement is in", urgent=False)
register("fund.panel_ready", GROUP, "Applications wait for your scores")
register("fund.decided", GROUP, "Your application is decided")
register("fund.lapsed", GROUP, "Your application could not be considered")
register("fund.release_ready", GROUP, "A panel has finished and waits for you to release")
register("fund.money_back", GROUP, "Money comes back that somebody on a reserve list could have")
register("fund.claim_received", GROUP, "A claim waits for you")
register("fund.paid", GROUP, "Your claim is paid")
register("fund.report_due", GROUP, "Your report is due, or late")
register("fund.report_overdue", GROUP, "Somebody’s report is late", urgent=False)
register("fund.report_received", GROUP, "A report waits for you", urgent=False)
register("fund.report_accepted", GROUP, "Your report is accepted", urgent=False)
register("fund.case_study", GROUP, "What your report says may be published, or is")
register("fund.study_taken_back", GROUP, "A case study is taken back by its author")
register("fund.follow_up", GROUP, "You are asked what is different since what the fund paid for", urgent=False)
register("fund.refund_open", GROUP, "You can claim your registration fee")
register("fund.refund_stuck", GROUP, "A registration fee cannot be refunded")
register("fund.closing", GROUP, "A round closes soon and your draft is not sent")


def _page(application: Application) -> str:
    return path_to("fund.application", application_id=application.id)


def sent(application: Application, happens_next: str) -> None:
    """The receipt, which can be kept."""
    for person in _everybody(application):
        tell(
            person,
            "fund.sent",
            title=f"Sent, {application.reference}: {application.title}",
            body=f"{pounds(application.asked_pence or 0)} asked of {application.round.name}. {happens_next}",
            path=_page(application),
        )


def statement_wanted(application: Application, manager: Person, token: str) -> None:
    """On the bell, and by a letter whose link works without an account."""
    link = address_of(path_to("fund.statement_by_link", token=token))
    mail_only(
        manager,
        "fund.statement_link",
        f"{application.applicant.name} asks for your statement",
        f"{application.applicant.name} applies to {application.round.scheme.name}: {application.title}.\n\n"
        "You are asked two questions: why it matters, and whether you release the time. Read it and answer here, "
        f"without signing in, before the panel meets on {day(application.round.panel_on)}:\n\n{link}\n\n"
        "Whoever has this link can answer for you once, so do not pass it on. Opening it changes nothing.",
    )
    tell(
        manager,
        "fund.statement_wanted",
        title=f"{application.applicant.name} asks for your statement: {application.title}",
        body="Two questions: why it matters, and whether you release the time.",
        path=path_to("fund.statement", application_id=application.id),
        due_at=at_london(application.round.panel_on, 9),
        by_mail=False,
    )


def statement_late(application: Application, asked_on: date, *, rung: int) -> None:
    """Told once for each *rung* of days."""
    if application.manager is not None:
        tell(
            application.manager,
            "fund.statement_wanted",
            title=f"{application.applicant.name} still waits for your statement: {application.title}",
            body=f"The link in the mail of {day(asked_on)} works without signing in. "
            f"The panel meets on {day(application.round.panel_on)}.",
            path=path_to("fund.statement", application_id=application.id),
            due_at=at_london(application.round.panel_on, 9),
            dedupe=f"fund.statement:{application.id}:{asked_on.isoformat()}:{application.manager_id}:{rung}",
        )


def manager_wanted(application: Application, leads: Iterable[Person]) -> None:
    for lead in leads:
        if lead.id != application.applicant_id:
            tell(
                lead,
                "fund.manager_wanted",
                title=f"Name a manager for {application.reference}",
                body=f"The hub knows no line manager of {application.applicant.name}.",
                path=path_to("fund.name_manager", application_id=application.id),
            )


def asked_to_join(asked: CoApplicant) -> None:
    application = asked.application
    tell(
        asked.person,
        "fund.co_applicant",
        title=f"{application.applicant.name} asks you to apply together: {application.title or application.round.name}",
        body="Once you accept, both of you can write it.",
        path=path_to("fund.join", co_applicant_id=asked.id),
        due_at=application.round.closes_at,
    )


def answered(asked: CoApplicant) -> None:
    said = "applies together with you" if asked.answer == Answer.ACCEPTED else "does not apply together with you"
    tell(
        asked.application.applicant,
        "fund.co_applicant",
        title=f"{asked.person.name} {said}: {asked.application.title or asked.application.round.name}",
        path=_page(asked.application),
    )


def _everybody(application: Application) -> list[Person]:
    """The applicant and those who apply with them."""
    return [application.applicant, *(c.person for c in application.partners)]


def returned(application: Application, what: str, reason: str) -> None:
    tell(
        application.applicant,
        "fund.returned",
        title=f"Your {what} came back: {application.title}",
        body=reason,
        path=_page(application),
    )


def supported(application: Application) -> None:
    tell(
        application.applicant,
        "fund.supported",
        title=f"Your manager’s statement is in: {application.title}",
        path=_page(application),
    )


def panel_ready(fund_round: Round) -> None:
    for member in fund_round.panel:
        tell(
            member.person,
            "fund.panel_ready",
            title=f"{fund_round.name}: read and score",
            body=f"The panel meets on {day(fund_round.panel_on)}.",
            path=path_to("fund.panel", round_id=fund_round.id),
            due_at=at_london(fund_round.panel_on, 9),
        )


def panel_wanted(application: Application, members: Iterable[Person]) -> None:
    """An application has come to a round that decides as they come; *members* are those who may judge it."""
    for member in members:
        tell(
            member,
            "fund.panel_ready",
            title=f"{application.round.name}: one more to read and score",
            body=application.title,
            path=path_to("fund.panel", round_id=application.round_id),
        )


def release_ready(fund_round: Round, leads: Iterable[Person]) -> None:
    for lead in leads:
        tell(
            lead,
            "fund.release_ready",
            title=f"{fund_round.name}: the panel has finished",
            body="Nobody is told before you release all decisions together.",
            path=path_to("fund.manage_round", round_id=fund_round.id),
        )


def decided(application: Application, outcome: Outcome, feedback: str, conditions: str = "") -> None:
    said = {
        Outcome.AWARD: f"Awarded: {pounds(application.awarded_pence or 0)} for {application.title}",
        Outcome.RESERVE: f"On the reserve list: {application.title}",
        Outcome.DECLINE: f"Not funded this time: {application.title}",
    }
    body = f"{feedback}\n\nOn these conditions: {conditions}".strip() if conditions else feedback
    for person in _everybody(application):
        tell(person, "fund.decided", title=said[outcome], body=body, path=_page(application))


def lapsed(application: Application) -> None:
    for person in _everybody(application):
        tell(
            person,
            "fund.lapsed",
            title=f"Not considered: {application.title}",
            body="The round was decided before the manager’s statement arrived.",
            path=_page(application),
        )


def claim_received(application: Application, claim: Claim, leads: Iterable[Person]) -> None:
    for lead in leads:
        if lead.id != application.applicant_id:
            tell(
                lead,
                "fund.claim_received",
                title=f"{pounds(claim.pence)} claimed, {application.reference}: {application.title}",
                path=path_to("fund.settle", claim_id=claim.id),
            )


def paid(application: Application, paid_on: date, pence: int) -> None:
    tell(
        application.applicant,
        "fund.paid",
        title=f"{pounds(pence)} paid on {day(paid_on, weekday=False)}: {application.title}",
        path=_page(application),
    )


def money_is_back(application: Application, left: int, leads: Iterable[Person]) -> None:
    """*application* is the first on the reserve list for whom what is *left* suffices; never told to its applicant."""
    for lead in leads:
        if lead.id != application.applicant_id:
            tell(
                lead,
                "fund.money_back",
                title=f"Money is back in {application.round.name}: enough for {application.title}",
                body=f"{pounds(left)} is left. {application.applicant.name} is the first on the reserve list who asks "
                "for no more than that.",
                path=path_to("fund.award", application_id=application.id),
            )


def report_received(application: Application, leads: Iterable[Person]) -> None:
    for lead in leads:
        if lead.id != application.applicant_id:
            tell(
                lead,
                "fund.report_received",
                title=f"Report on {application.reference}: {application.title}",
                path=path_to("fund.read_report", application_id=application.id),
            )


def report_accepted(application: Application) -> None:
    tell(
        application.applicant,
        "fund.report_accepted",
        title=f"Your report is accepted: {application.title}",
        body="Thank you. It now counts for the action plan.",
        path=_page(application),
    )


def case_study(study: CaseStudy, *, is_asked: bool) -> None:
    """Its author reads it before anybody else does, or where it can be read."""
    title = "May this be published of your report?" if is_asked else "Your report is on the public page"
    body = "The lead worded it anew. Nobody reads it before you agree." if is_asked else "You can take it back there."
    tell(
        study.author,
        "fund.case_study",
        title=f"{title} {study.title}",
        body=body,
        path=path_to("fund.home") if study.application is None else _page(study.application),
    )


def study_taken_back(study: CaseStudy, leads: Iterable[Person]) -> None:
    for lead in leads:
        tell(
            lead,
            "fund.study_taken_back",
            title="A case study was taken back by its author",
            body="It is off the public page. Take it out of what you printed or sent, too.",
            path=path_to("fund.rounds") if study.application is None else _page(study.application),
        )


def report_reminder(application: Application, due_on: date, *, days: int) -> None:
    """*days* until it is due: one reminder for each rung, told once."""
    late = "is late" if days < 0 else "is due today" if days == 0 else f"is due in {days} days"
    tell(
        application.applicant,
        "fund.report_due",
        title=f"Your report {late}: {application.title}",
        body=f"It is due on {day(due_on)}. Ten minutes are enough.",
        path=path_to("fund.report", application_id=application.id),
        due_at=at_london(due_on),
        dedupe=f"fund.report:{application.id}:{due_on.isoformat()}:{days}",
    )


def report_overdue(application: Application, due_on: date, leads: Iterable[Person], *, rung: int) -> None:
    """Its applicant is told by the reminder, the leads by this; once for each *rung* of days that it is late."""
    for lead in leads:
        if lead.id != application.applicant_id:
            tell(
                lead,
                "fund.report_overdue",
                title=f"A report is late: {application.reference}, {application.title}",
                body=f"It was due from {application.applicant.name} on {day(due_on)}. They are reminded by the hub.",
                path=_page(application),
                dedupe=f"fund.report_overdue:{application.id}:{due_on.isoformat()}:{rung}",
            )


def follow_up(asked: FollowUp) -> None:
    _follow_up(asked, "What is different", dedupe=None)


def follow_up_reminder(asked: FollowUp) -> None:
    _follow_up(asked, "We would still like to know what is different", dedupe=f"fund.follow_up:{asked.id}")


def _follow_up(asked: FollowUp, opening: str, *, dedupe: str | None) -> None:
    tell(
        asked.application.applicant,
        "fund.follow_up",
        title=f"{opening} {asked.months} months after “{asked.application.title}”?",
        body="Two questions, two minutes.",
        path=path_to("fund.follow_up", follow_up_id=asked.id),
        dedupe=dedupe,
    )


def closing(application: Application, *, days: int) -> None:
    tell(
        application.applicant,
        "fund.closing",
        title=f"{application.round.name} closes {'tomorrow' if days == 1 else f'in {days} days'}",
        body=f"Your application “{application.title or 'without a title'}” is still a draft.",
        path=_page(application),
        due_at=application.round.closes_at,
        dedupe=f"fund.closing:{application.id}:{application.round_id}:{days}",
    )


def refund_open(application: Application) -> None:
    tell(
        application.applicant,
        "fund.refund_open",
        title=f"Claim {pounds(application.awarded_pence or 0)} back: {application.title}",
        body="The money is set aside for you. Send the receipt of the fee.",
        path=path_to("fund.claim", application_id=application.id),
    )


def refund_stuck(person: Person, leads: Iterable[Person], pence: int) -> None:
    for lead in leads:
        tell(
            lead,
            "fund.refund_stuck",
            title=f"No money set aside for {person.name}’s registration fee of {pounds(pence)}",
            body="No round of the refund scheme is open with that much left. Open one or raise its budget.",
            path=path_to("fund.rounds"),
        )
