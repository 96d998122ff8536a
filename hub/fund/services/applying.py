"""Writing an application, sending it, and what the line manager says."""

import secrets
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from hub.accounts.models import Person, Status
from hub.accounts.queries import hashed
from hub.core.clock import at_london, london, now, today
from hub.core.db import db, lock
from hub.core.errors import MoveRefused
from hub.core.storage import discard, keep
from hub.core.words import counted, day
from hub.fund import notifications, policy, queries, signals
from hub.fund.errors import AgainstTheRules, NotReady, TooLate
from hub.fund.models import (
    Application,
    CostKind,
    CostLine,
    ManagerStatement,
    Round,
    RoundStage,
    SchemeKind,
    Stage,
    StatementLink,
)
from hub.fund.outlook import next_for
from hub.fund.progress import stops
from hub.fund.services.money import give_back
from hub.fund.services.reserves import propose_next
from hub.fund.services.rounds import leads_of
from hub.fund.services.steps import announce, move

MOST_COST_LINES = 20
ASKABLE = frozenset({Status.ACTIVE, Status.INVITED})
LINK_OUTLASTS_PANEL = timedelta(days=7)

Upload = tuple[bytes, str]  # content and the name its owner gave it


def start(fund_round: Round, *, actor: Person) -> Application:
    """The actor's draft in the round: a new one, or the one they have.

    :raises TooLate: if the round takes none now
    """
    _refuse_late(fund_round)
    if fund_round.scheme.kind != SchemeKind.DEVELOPMENT:
        raise AgainstTheRules("This money opens by itself when you report your registration.")
    known = queries.in_round_by(fund_round.id, actor.id)
    if known is not None:
        return known
    _refuse_too_many(fund_round, actor.id, besides=0)
    application = Application(
        institution_id=fund_round.institution_id, round_id=fund_round.id, applicant_id=actor.id, themes=[], eligible={}
    )
    db.session.add(application)
    db.session.flush()
    return application


def answer(application: Application, *, actor: Any, **answers: Any) -> None:
    """Keep answers of one section, complete or not."""
    _refuse_sent(application, actor)
    for name, value in answers.items():
        setattr(application, name, value)
    application.saved_at = now()
    db.session.flush()


def add_cost(
    application: Application,
    *,
    text: str,
    pence: int,
    quote: Upload | None,
    kind: CostKind = CostKind.OTHER,
    actor: Person,
) -> CostLine:
    _refuse_sent(application, actor)
    if len(application.cost_lines) >= MOST_COST_LINES:
        raise AgainstTheRules(f"{MOST_COST_LINES} lines are the most. Put small costs together.")
    kept = keep(quote[0], quote[1], owner=actor) if quote else None
    line = CostLine(kind=kind, text=text, pence=pence, quote_id=kept.id if kept else None, quote=kept)
    application.cost_lines.append(line)
    application.saved_at = now()
    db.session.flush()
    return line


def edit_cost(line: CostLine, *, text: str, pence: int, quote: Upload | None, kind: CostKind, actor: Person) -> None:
    """Change a line; a new *quote* replaces the one that it had."""
    _refuse_sent(line.application, actor)
    line.kind, line.text, line.pence = kind, text, pence
    line.application.saved_at = now()
    if quote is None:
        db.session.flush()
        return
    old, kept = line.quote, keep(quote[0], quote[1], owner=actor)
    line.quote, line.quote_id = kept, kept.id
    db.session.flush()
    if old is not None:
        discard(old)


def remove_cost(line: CostLine, *, actor: Any) -> None:
    _refuse_sent(line.application, actor)
    line.application.saved_at = now()
    line.application.cost_lines.remove(line)
    db.session.flush()
    if line.quote is not None:
        discard(line.quote)


def send(application: Application, *, actor: Person) -> None:
    """Send it to the line manager. What it asks for stands from now on; its reference is its receipt.

    :raises TooLate: after the closing second, whenever it was begun
    :raises NotReady: if an answer is missing or breaks the scheme's rules
    """
    _refuse_late(application.round)
    _refuse_too_many(application.round, application.applicant_id, besides=application.id)
    found = stops(application, today())
    if found:
        raise NotReady(found[0][0] if len(found) == 1 else f"{len(found)} things need another look first.")
    application.asked_pence = application.total_pence
    application.sent_at = now()
    application.reference = application.reference or next_reference(application)
    if application.manager_id is None:
        application.manager_id = _line_manager(application)
    move(application, "send", actor=actor)
    _ask_manager(application)
    notifications.sent(application, next_for(application))


def next_reference(application: Application) -> str:
    """The scheme's code, the year in London, a number that no other application has."""
    scheme = application.round.scheme
    lock(scheme)
    start_of_it = f"{'TEST-' if application.round.is_test else ''}{scheme.code}-{london(now()).year}-"
    used = db.session.scalar(
        select(func.count(Application.id)).where(
            Application.institution_id == application.institution_id, Application.reference.startswith(start_of_it)
        )
    )
    return f"{start_of_it}{(used or 0) + 1:04d}"


def _line_manager(application: Application) -> int | None:
    """Who makes the statement, unless they have left or apply themselves: then the lead names somebody."""
    manager_id = application.applicant.manager_id
    manager = db.session.get(Person, manager_id) if manager_id else None
    if manager is None or manager.status not in ASKABLE or policy.applies(manager, application):
        return None
    return manager.id


def _ask_manager(application: Application) -> None:
    if application.manager_id is None:
        if policy.is_under_seal(application.round):
            return  # the lead is asked at the closing
        notifications.manager_wanted(application, leads_of(application.institution_id))
        return
    application.manager = db.session.get_one(Person, application.manager_id)
    _send_link(application, application.manager)


def _send_link(application: Application, manager: Person) -> None:
    """Tell *manager*, and mail them a link with which they answer without an account; older ones end."""
    db.session.execute(delete(StatementLink).where(StatementLink.application_id == application.id))
    token = secrets.token_urlsafe(32)
    ends_at = max(at_london(application.round.panel_on, 23, 59), now()) + LINK_OUTLASTS_PANEL
    db.session.add(
        StatementLink(
            application_id=application.id,
            manager_id=manager.id,
            token_hash=hashed(token),
            made_at=now(),
            ends_at=ends_at,
        )
    )
    db.session.flush()
    notifications.statement_wanted(application, manager, token)


def name_manager(application: Application, *, manager: Person, actor: Person) -> None:
    """The lead says who makes the statement: the hub knows no line manager, or they are away."""
    if not policy.can_name_manager(actor, application):
        raise MoveRefused("This application no longer waits for a manager.")
    if policy.applies(manager, application) or manager.institution_id != application.institution_id:
        raise AgainstTheRules("Choose somebody else who works here.")
    if manager.status not in ASKABLE:
        raise AgainstTheRules(f"{manager.name} cannot answer in the hub. Choose somebody else who works here.")
    if manager.id == application.manager_id:
        raise AgainstTheRules(f"{manager.name} is asked already.")
    application.manager = manager
    application.manager_id = manager.id
    db.session.flush()
    _send_link(application, manager)


def support(application: Application, *, text: str, releases_time: bool, actor: Person) -> None:
    """The manager's statement: possible until the panel has finished, so that a slow manager costs nobody a round."""
    if application.round.stage not in {RoundStage.OPEN, RoundStage.CLOSED}:
        raise TooLate("The panel has finished with this round.")
    move(application, "support", actor=actor)
    db.session.add(
        ManagerStatement(
            application_id=application.id, manager_id=actor.id, text=text, releases_time=releases_time, made_at=now()
        )
    )
    if application.round.is_judged_now:
        move(application, "hand_over", actor=actor)
    db.session.flush()
    if application.round.stage == RoundStage.OPEN and application.stage == Stage.WITH_PANEL:
        members = queries.panel_of(application.round_id)
        notifications.panel_wanted(application, [m for m in members if not policy.is_too_close(m, application)])
    notifications.supported(application)


def send_back(application: Application, *, reason: str, actor: Person) -> None:
    """The manager asks for changes, while there is still time to make them."""
    if not application.round.takes_applications:
        raise TooLate("The round has closed, so it can no longer be changed. Say in your statement what you think.")
    move(application, "return", actor=actor, note=reason)
    notifications.returned(application, "application", reason)


def withdraw(application: Application, *, actor: Person) -> None:
    """Take it back; money that was set aside returns to its round. Not once a part of it is claimed."""
    if application.claims and not policy.may_withdraw(actor, application):
        raise MoveRefused("A part of this award is claimed. Say that you claim nothing more instead.")
    fund_round = db.session.get_one(Round, application.round_id)
    give_back(application, fund_round=fund_round, actor=actor)
    was_awarded = application.awarded_pence is not None
    if not was_awarded:
        pending = queries.decision_of(application.id)
        if pending is not None and application.stage == Stage.WITH_PANEL:
            db.session.delete(pending)
    application.awarded_pence = None
    move(application, "withdraw", actor=actor)
    if was_awarded:
        propose_next(fund_round)
        announce(signals.award_given_back, application, actor=actor)


def bring_back(application: Application, *, actor: Person) -> None:
    """Make a withdrawn application a draft again, as long as its round is open."""
    _refuse_late(application.round)
    if application.statement is not None:
        db.session.delete(application.statement)
    application.asked_pence = None
    move(application, "bring_back", actor=actor)


def move_to(application: Application, fund_round: Round, *, actor: Person) -> None:
    """Take a draft that missed its round along to one that is open, with everything that was written."""
    _refuse_sent(application, actor)
    _refuse_late(fund_round)
    if application.round.takes_applications or fund_round.scheme_id != application.round.scheme_id:
        raise AgainstTheRules("Only a draft that missed its round can move, to another round of the same fund.")
    if queries.in_round_by(fund_round.id, actor.id) is not None:
        raise AgainstTheRules(f"You have an application in {fund_round.name} already.")
    application.round = fund_round
    application.round_id = fund_round.id
    application.saved_at = now()
    db.session.flush()


def _refuse_late(fund_round: Round) -> None:
    if fund_round.takes_applications:
        return
    if fund_round.stage == RoundStage.OPEN and now() < fund_round.opens_at:
        raise TooLate(f"{fund_round.name} opens on {day(fund_round.opens_at)}.")
    raise TooLate(f"{fund_round.name} closed on {day(fund_round.closes_at)}. Everything you wrote is kept.")


def _refuse_too_many(fund_round: Round, applicant_id: int, *, besides: int) -> None:
    """What was withdrawn counts too: taking one back makes no room for another."""
    most = fund_round.scheme.a_year
    if not most or fund_round.is_test:
        return
    year = today().year
    start = at_london(date(year, 1, 1), 0)
    if queries.sent_in_year(fund_round.scheme_id, applicant_id, start, besides=besides) >= most:
        raise AgainstTheRules(
            f"You have sent {counted(most, 'application')} to this fund in {year}, the most that one person may; "
            "what was withdrawn counts too."
        )


def _refuse_sent(application: Application, actor: Any) -> None:
    if not policy.can_answer(actor, application):
        raise MoveRefused("This can no longer be changed: it has been sent.")
