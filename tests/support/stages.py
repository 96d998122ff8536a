"""A small institution with something in every stage, so that every form of the hub stands on some page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pyotp import HOTP
from sqlalchemy import select

from hub.accounts import codes, passwords, queries
from hub.accounts import services as accounts
from hub.accounts.models import Person, Purpose, Role, RoleGrant, SecondStep, Status, UnitKind
from hub.awards import queries as awards_queries
from hub.awards import services as awards
from hub.awards.models import Category, CycleStage
from hub.awards.models import Outcome as Result
from hub.core import clock, schema
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.links import path_to
from hub.core.themes import Theme
from hub.core.unit import unit_of_work
from hub.directory import queries as directory_queries
from hub.directory import services as directory
from hub.directory.models import Level
from hub.evidence import services as evidence
from hub.evidence.models import Entry, Scope
from hub.fund.models import Application
from hub.galleries import queries as galleries_queries
from hub.galleries import services as galleries
from hub.galleries.models import Paper
from hub.notifications.models import OutboxMail
from hub.notifications.models import Stage as MailStage
from hub.plan import queries as plan_queries
from hub.plan import services as plans
from hub.plan.models import Action, Placement, PlacementState, PlanComment, PlanImport
from hub.registration import services as registration
from hub.registration.models import Journey, Mentor, Mentoring
from hub.registration.stages import Outcome as Ended
from hub.registration.stages import PairStage
from hub.skills import services as skills
from hub.workforce.models import Contract, StaffImport
from hub.workforce.models import Stage as Staffing
from tests.attribution import making as for_attribution
from tests.awards import making as for_awards
from tests.charters import making as for_charters
from tests.directory import making as for_directory
from tests.evidence import making as for_evidence
from tests.fund import making as for_fund
from tests.galleries import making as for_galleries
from tests.packs import making as for_packs
from tests.plan import making as for_plan
from tests.registration import making as for_registration
from tests.skills import making as for_skills
from tests.support import stages_of_fund, sweeping
from tests.support.world import Somebody, World
from tests.workforce import making as for_workforce

FOUNDED = at_london(date(2026, 1, 5))  # before all of them
NOW = at_london(date(2026, 10, 5), 10)  # after what the fund’s makers date, within the plan’s years
PASSWORD = sweeping.STYLES[0][1]  # what the sweep types where it is honest
PERIOD = {"starts_on": date(2027, 8, 1), "ends_on": date(2030, 7, 31)}
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everybody’s app
CODE = HOTP(KEY).at(int(NOW.timestamp()) // codes.HALF_MINUTE)
HALF_WAY, WITH_SECOND_STEP, SETTING_UP = "half way in", "Ned Ash", "Oda Ash"
EXAMPLES = {(endpoint, "code"): CODE for endpoint in ("accounts.confirm_second_step", "accounts.sign_in_code")}
NAMES = ["Abe", "Bea", "Cas", "Dot", "Eli", "Fay", "Gil", "Hal", "Ida", "Jan", "Kit", "Lou", "Ned", "Oda"]


class FullWorld(World):
    """A world in which nothing has a history, but everything stands at the point where somebody may do something."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.cast: dict[str, Somebody] = {}
        self.starts: dict[str, list[str]] = {}  # role → pages that a crawl of links with nothing typed does not come to

    @property
    def people(self) -> dict[str, Somebody]:  # type: ignore[override]
        return self.cast

    def signed_in(self, role: str) -> FlaskClient:
        """Also for who has typed the password and not yet the code."""
        if role != HALF_WAY:
            return super().signed_in(role)
        client = self.app.test_client()
        with self.at_home():
            half = accounts.begin_session(queries.person(self.person(WITH_SECOND_STEP).id)).person.sign_in_token
        with client.session_transaction() as session:
            session["half"] = half
        return client


@dataclass(frozen=True)
class Cast:
    """Everybody who has a part, by first name where any technician will do."""

    lead: Person
    manager: Person
    mentor: Person
    chair: Person
    second: Person
    those: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.those[name]

    @property
    def panel(self) -> tuple[Person, Person]:
        return (self.chair, self.second)


def make(app: Flask) -> FullWorld:
    """The full world in *app*'s empty database."""
    world = FullWorld(app)
    with app.app_context():
        schema.upgrade()
        with clock.held(NOW), unit_of_work("stages"):
            _set(world)
        db.session.remove()
    return world


def _set(world: FullWorld) -> None:
    with clock.held(FOUNDED):
        cast = _people()
    links = _accounts(cast)
    _directory(cast)
    stages_of_fund.make(cast)
    _awards(cast)
    with clock.held(NOW - timedelta(days=30)):
        _registration(cast)
    _skills(cast)
    for_attribution.in_every_stage(cast["Abe"], reader=cast["Bea"], lead=cast.lead)
    _galleries(cast)
    _plan(cast)
    _staff_list(cast)
    _mail(cast)
    _empty_institution()
    world.starts = _starts(links)
    parts = {"lead": cast.lead, "technician": cast["Abe"], "mentor": cast.mentor}
    others = db.session.scalars(select(Person).where(Person.status == Status.ACTIVE).order_by(Person.id))
    names = {p.id: role for role, p in parts.items()}
    for one in others.all():
        role = names.get(one.id) or ("lead_of_nothing" if "fenwick" in one.email else one.name)
        world.cast[role] = Somebody(one.id, role, one.name, one.email, one.slug, one.institution_id)


# -- people ------------------------------------------------------------------------------------------------------------


def _people() -> Cast:
    uni = for_directory.place(name="Northmere University", short_name="Northmere", email_domain="northmere.example")
    lab = accounts.add_unit(uni, name="Chemistry", kind=UnitKind.DEPARTMENT)
    accounts.add_unit(uni, name="Science", kind=UnitKind.FACULTY)

    def add(name: str, **given: object) -> Person:
        fixed = {"email": f"{name.lower().replace(' ', '.')}@northmere.example", "job_title": "Technician"}
        made = accounts.add_person(uni, name=name, **{**fixed, **given})
        made.password_hash = passwords.hasher().hash(PASSWORD)
        return made

    lead = add("Lea Lead")
    accounts.grant(lead, Role.LEAD, actor=None)
    accounts.grant(lead, Role.ADMINISTRATOR, actor=None)
    manager = add("Mae Manager", is_technician=False)
    managers = dict.fromkeys(NAMES, manager) | {"Ida": None}
    those = {name: add(f"{name} Ash", unit=lab, manager=managers[name]) for name in NAMES}
    return Cast(lead, manager, add("Mo Mentor"), add("Cy Chair"), add("Sid Second"), those)


def _accounts(cast: Cast) -> list[str]:
    """A deputy, somebody invited, somebody suspended; a second browser; links by mail."""
    accounts.grant(cast.second, Role.EDITOR, actor=cast.lead)
    uni = cast.lead.institution
    invited = accounts.invite(uni, name="Ivo Invited", email="ivo@northmere.example", actor=cast.lead)
    accounts.suspend(accounts.add_person(uni, name="Sue Suspended", email="sue@northmere.example"))
    accounts.open_session(cast["Abe"], browser="Another")
    key = codes.sealed(KEY, safe=codes.safe())
    db.session.add(SecondStep(person_id=cast["Ned"].id, secret=key, on_since=FOUNDED))
    db.session.add(SecondStep(person_id=cast["Oda"].id, offered=key))
    paths = {Purpose.INVITE: "invitations", Purpose.RESET: "passwords", Purpose.SIGN_IN: "sign-in/links"}
    return [
        f"/{path}/{accounts.make_link(invited if purpose == Purpose.INVITE else cast['Bea'], purpose)}"
        for purpose, path in paths.items()
    ]


def _starts(links: list[str]) -> dict[str, list[str]]:
    """What no crawl comes to that types nothing: beyond filters, searches and the first dozen of a list."""
    read = _only(PlanImport.id)
    people = [_only(Person.id, Person.status == status) for status in (Status.SUSPENDED, Status.INVITED)]
    people.append(_only(RoleGrant.person_id, RoleGrant.role == Role.EDITOR))
    people.append(_only(Person.id, Person.name == WITH_SECOND_STEP))
    placed_on = _only(Placement.action_id, Placement.state == PlacementState.ACCEPTED)
    prize = _only(Category.id, Category.cycle.has(stage=CycleStage.OPEN))
    thanked = _only(Application.id, Application.applicant.has(name="Dot Ash"))
    confirmed = _only(Person.slug, Person.name == "Abe Ash")
    seeker = _only(Journey.id, Journey.person.has(name="Kit Ash"))
    mentor = _only(Mentor.id, Mentor.person.has(name="Mo Mentor"))
    over = _only(Mentoring.id, Mentoring.stage == PairStage.CLOSED)
    asked = _only(PlanComment.action_id, PlanComment.verdict.is_(None))
    staff_files = [_only(StaffImport.id, StaffImport.stage == stage) for stage in Staffing]
    return {
        "lead": [
            *(path_to("accounts.person", person_id=one) for one in people),
            path_to("notifications.mail", mail_id=_only(OutboxMail.id, OutboxMail.stage == MailStage.DEAD)),
            path_to("plan.evidence", action_id=placed_on),
            f"{path_to('plan.tracker', plan_id=_only(Action.plan_id, Action.id == asked))}?view=board&move={asked}",
            *for_charters.starts(),
            path_to("plan.import_preview", import_id=read),
            path_to("plan.correct_draft", import_id=read, n=0),
            *(path_to("workforce.staff_import", import_id=one) for one in staff_files),
            path_to("workforce.name_columns", import_id=staff_files[list(Staffing).index(Staffing.CHECKED)]),
        ],
        "technician": [path_to("awards.start", category_id=prize, q="Lou"), path_to("plan.comments", action_id=asked)],
        "Bea Ash": [
            *(path_to(page) for page in ("directory.searches", "directory.welcome", "directory.editors")),
            *(path_to(page, slug=confirmed) for page in ("directory.profile", "directory.write_profile")),
            f"{path_to('directory.search')}?q=Abe",
        ],
        "Dot Ash": [path_to("fund.sent", application_id=thanked)],
        "Kit Ash": [path_to("registration.ask", mentor_id=mentor), path_to("registration.wish", journey_id=seeker)],
        WITH_SECOND_STEP: [path_to("accounts.second_step")],
        SETTING_UP: [path_to("registration.evaluation", mentoring_id=over), path_to("accounts.confirm_second_step")],
        HALF_WAY: [path_to("accounts.sign_in_code")],
        "anybody": [*links, *stages_of_fund.mailed_statements()],
    }


def _only(column: Any, *where: Any) -> Any:
    return db.session.scalars(select(column).where(*where)).one()


def _empty_institution() -> None:
    quiet = accounts.add_institution(name="Fenwick Institute", short_name="Fenwick", email_domain="fenwick.example")
    lead = accounts.add_person(quiet, name="Ottoline Grey", email="lead@fenwick.example", is_technician=False)
    accounts.grant(lead, Role.LEAD, actor=None)


def _mail(cast: Cast) -> None:
    """One that was given up."""
    mail = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).first()
    assert mail is not None
    mail.stage, mail.tries, mail.trouble = MailStage.DEAD, 10, "refused"
    db.session.flush()


def _directory(cast: Cast) -> None:
    abe, bea = cast["Abe"], cast["Bea"]
    for person in (abe, bea):
        directory.confirm(directory_queries.profile_of(person.id, fresh=True), actor=person)
    for_directory.goes_public(abe)
    profile = directory_queries.profile_of(abe.id, fresh=True)
    directory.set_photograph(profile, content=sweeping.PICTURE, name="abe.png", alt="Abe", actor=abe)
    shared = for_skills.skill(abe, name=sweeping.SKILL)
    for_skills.knows(abe, shared, Level.CAN_TEACH)
    own = directory_queries.skill_of(abe, shared)
    directory.confirm_skill(directory_queries.claimed_skill(own.id), actor=bea)
    profile = directory_queries.profile_of(abe.id, fresh=True)
    directory.edit_profile(profile, actor=abe, values={"champion_role": "Champion", "orcid": "0000-0002-1825-0097"})
    directory.let_write(profile, colleague=bea, actor=abe)
    directory.save_search(bea, query="q=vacuum+pumps", found=[])
    for name in ("Kite making", "Harp tuning"):
        directory.suggest_skill(bea, name=name, about="As it is done here", level=Level.WORKING)
    waiting = directory_queries.waiting_suggestions(bea.institution_id)
    directory.decline_suggestion(directory_queries.suggestion(waiting[-1].id), answer="Too rare", actor=cast.lead)


# -- the awards --------------------------------------------------------------------------------------------------------


def _awards(cast: Cast) -> None:
    judges = (cast.second, cast.mentor)

    def cycle(name: str, **given: object) -> object:
        return for_awards.cycle(cast.lead, chair=cast.chair, judges=judges, name=name, scheme_name=name, **given)

    cycle("Draft prize", live=False)
    live = cycle("Open prize")
    for_awards.draft(live, cast["Bea"], by=cast["Abe"], also=[cast["Cas"]])
    for_awards.sent(live, cast["Abe"], by=cast["Bea"])
    for_awards.consented(live, cast["Dot"], by=cast["Abe"])
    judged = cycle("Judged prize")
    for_awards.shortlisted(judged, cast.lead, cast["Eli"], by=cast["Abe"])
    awards.close_cycle(judged, actor=cast.lead)
    for name in ("Ripe prize", "Ready prize"):
        made = cycle(name)
        one = for_awards.shortlisted(made, cast.lead, cast["Fay"], by=cast["Abe"])
        awards.close_cycle(made, actor=cast.lead)
        for_awards.decided(one, Result.NOT_SELECTED, cast.chair)
        awards.withhold(made.categories[0], because="None was strong enough.", actor=cast.chair)
        if name == "Ready prize":
            awards.close_decisions(awards_queries.cycle(made.id), actor=cast.chair)


# -- registration ------------------------------------------------------------------------------------------------------


def _registration(cast: Cast) -> None:
    """Abe has no journey yet; the others stand where their names come in the alphabet."""
    for_registration.journey(cast["Bea"], register=None)
    registration.name_supporter(for_registration.drafted(cast["Cas"]), person=cast["Abe"], actor=cast["Cas"])
    for_registration.supported(cast["Dot"])
    for_registration.submitted(cast["Eli"])
    for_registration.awarded(cast["Fay"])
    for_registration.registered(cast["Gil"])
    _pairs(cast)
    for name in ("Kit", "Lou"):
        for_registration.wish(for_registration.journey(cast[name]))
    registration.preview_round(name="January", actor=cast.lead)


def _pairs(cast: Cast) -> None:
    for_registration.mentor(cast.mentor, capacity=9)
    for_registration.mentor(cast.chair, capacity=2)
    for_registration.proposal(for_registration.journey(cast["Hal"]), cast.lead, cast.mentor)
    for_registration.pair(for_registration.drafted(cast["Ida"]), cast.mentor)
    how = {"goals": "Write it.", "frequency": "Monthly", "channel": "In person"}
    for name in ("Jan", "Ned", "Oda"):
        pair = for_registration.pair(for_registration.drafted(cast[name]), cast.mentor)
        registration.agree_how(pair, **how, actor=cast[name])
        if name == "Ned":
            registration.pause(pair, actor=cast[name])
        if name == "Oda":
            registration.close(pair, outcome=Ended.STILL_DRAFTING, actor=cast[name])


# -- skills ------------------------------------------------------------------------------------------------------------


def _skills(cast: Cast) -> None:
    abe, bea, cas = cast["Abe"], cast["Bea"], cast["Cas"]
    for_skills.request(cas)
    skills.answer(for_skills.request(bea), summary="I can show you.", actor=abe)
    for_skills.session(abe, needs_approval=True)
    booked = for_skills.session(abe, title="Next week")
    skills.book(booked, actor=bea)
    for_skills.session(abe, title="Free places")
    for days, is_told in ((2, False), (1, True)):
        with clock.held(NOW - timedelta(days=10)):
            past = for_skills.session(abe, title=f"{days} days ago", starts_at=NOW - timedelta(days=days))
            skills.book(past, actor=bea)
            skills.book(past, actor=cas)
        if is_told:
            skills.deliver(past, attended={bea.id, cas.id}, actor=abe)


# -- galleries ---------------------------------------------------------------------------------------------------------


def _galleries(cast: Cast) -> None:
    """One in every stage; Abe is shown, Bea is asked, Cas would rather not, Dot stepped out of what is printed."""
    for name in ("Cas", "Dot", "Eli"):
        for_directory.goes_public(cast[name])
    lead, people = for_fund.fresh_person(cast.lead), [cast[name] for name in ("Abe", "Bea", "Dot", "Eli")]
    draft = for_galleries.gallery(lead, cast["Abe"], cast["Gil"], title="Draft gallery")
    galleries.decline(for_galleries.place_of(cast["Gil"], draft), actor=cast["Gil"])
    shown = for_galleries.gallery(lead, *people, published=True, title="Open gallery")
    galleries.write(for_galleries.place_of(cast["Eli"], shown), does="Turns", quote="", actor=lead)
    for paper in Paper:
        galleries.note_printing(galleries_queries.gallery(shown.id), paper, actor=lead)
    galleries.leave(for_galleries.place_of(cast["Dot"], shown), actor=cast["Dot"])
    closed = for_galleries.gallery(lead, cast["Abe"], published=True, title="Closed gallery")
    galleries.withdraw(galleries_queries.gallery(closed.id), actor=lead)


# -- the plan ----------------------------------------------------------------------------------------------------------


def _plan(cast: Cast) -> None:
    lead = cast.lead
    plan = for_plan.plan(lead)
    action = plan_queries.actions(plan.id)[0]
    plans.set_milestones(action, [("First", date(2026, 12, 1)), ("Second", date(2027, 1, 1))], actor=lead)
    for_plan.measured(action, lead, typed_on=date(2026, 9, 30))
    said = {"theme": Theme.RECOGNITION, "happened_on": date(2026, 9, 1), "text": "It says so.", "source": "Us"}
    for title in ("Placed", "Waiting", "Set aside"):
        evidence.add_item(actor=lead, title=title, scope=Scope.PUBLIC, **said)
    placed, _waiting, aside = db.session.scalars(select(Placement).order_by(Placement.id.desc()).limit(3)).all()[::-1]
    plans.accept(placed, actor=lead, action=action)
    plans.set_aside(aside, actor=lead, reason="Not ours.")
    for_evidence.in_every_stage(lead, author=cast["Abe"], giver=cast["Bea"])
    plans.freeze(plan, date(2026, 9, 30), actor=lead)
    for_packs.in_every_stage(action, lead)
    for_plan.ruled(for_plan.action(plan, lead, objective="A prize for technicians"), lead, "Waiting", "Placed")
    plans.read_text(sweeping.TABLE, actor=lead)
    draft = for_plan.plan(lead, published=False, name="Action plan 2027 to 2030", **PERIOD)
    for_plan.action(draft, lead)
    for_plan.in_every_stage(action, lead=lead, owner=cast["Abe"], other=cast["Bea"])
    for_charters.in_every_stage(lead, action=action, entry=db.session.get_one(Entry, placed.entry_id))


# -- the staff list ----------------------------------------------------------------------------------------------------


def _staff_list(cast: Cast) -> None:
    """A file at every stage, and a contract."""
    for stage in Staffing:
        for_workforce.at_stage(stage, cast.lead)
    person = cast["Abe"]
    contract = {"institution_id": person.institution_id, "person_id": person.id, "fte_thousandths": 800}
    db.session.add(Contract(**contract, grade="Grade 5", terms="1", mode="3", soc="311", hesa_level="M0"))
    db.session.flush()
