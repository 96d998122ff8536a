"""Who asks: for each of the ten principals people who are only that, in the demo and in another institution."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask import Flask
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from hub.accounts import queries
from hub.accounts.models import Institution, Person, Role, RoleGrant, Status
from hub.awards import queries as cycles
from hub.awards import services as awards
from hub.awards.models import Cycle, CycleStage, Judge
from hub.core import clock, storage
from hub.core.db import db
from hub.core.themes import Theme
from hub.directory import queries as directory
from hub.directory import services as profiles
from hub.evidence import services as evidence
from hub.fund import services as money
from hub.fund.models import Application, Claim, CostLine, PanelMember, Receipt, Round
from hub.galleries import services as galleries
from hub.galleries.models import Paper
from hub.notifications import services as notices
from hub.plan import services as plans
from hub.plan.models import Action, Outlook
from hub.registration.models import Journey, MatchedPair, MatchingRound, Mentor, Mentoring, Wish
from hub.registration.stages import PairStage
from tests import factories
from tests.awards import making as award
from tests.fund import making as fund
from tests.galleries import making as for_galleries
from tests.gates.access_things import KINDS, Kind, Thing
from tests.plan import making as plan
from tests.registration import making as registration
from tests.skills import making as skills
from tests.support.sweeping import PICTURE, undone
from tests.support.world import World

PRINCIPALS = (
    *("anonymous", "suspended", "technician", "manager", "mentor", "panel member", "judge"),
    *("lead", "leader", "administrator"),
)
CHAIRS = {"panel chair": "panel member", "judges’ chair": "judge"}  # asked as well, for the cells that say “chair”
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Visitor:
    """Somebody with a browser; *id* is none for who is not signed in."""

    app: Flask
    principal: str
    id: int | None = None
    client: Any = None

    @cached_property
    def token(self) -> str:
        """The CSRF token of this very session."""
        for path in ("/me/password", "/sign-in"):
            found = TOKEN.search(self.client.get(path).get_data(as_text=True))
            if found:
                return found[1]
        raise AssertionError(f"no form for {self.principal}")


@dataclass
class Stage:
    """The gate's world: who asks at home and elsewhere, and every thing that has an address."""

    world: World
    home: int
    cast: dict[str, list[Visitor]] = field(default_factory=dict)
    elsewhere: list[Visitor] = field(default_factory=list)
    things: dict[int, list[Thing]] = field(default_factory=dict)

    @property
    def app(self) -> Flask:
        return self.world.app

    @property
    def principals(self) -> dict[str, list[Visitor]]:
        return {principal: self.cast[principal] for principal in PRINCIPALS}

    def visitor(self, principal: str, person_id: int) -> Visitor:
        client = self.world.signed_in_as(person_id)
        client.environ_base["REMOTE_ADDR"] = f"10.0.{person_id // 250}.{person_id % 250 + 1}"  # limits count by it
        return Visitor(self.app, principal, person_id, client)

    def new(self, principal: str, *roles: Role, **given: Any) -> Visitor:
        """One more person of the demo institution, signed in."""
        with self.world.at_home():
            person_id = _person(self.home, *roles, **given).id
        return self.visitor(principal, person_id)

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Whatever happens inside the block is undone after it, and the things are read again."""
        with self.app.app_context():
            savepoint = db.session.get_bind().begin_nested()
        things = self.things
        try:
            yield
        finally:
            savepoint.rollback()
            self.things = things

    def read_things(self) -> None:
        with self.world.at_home():
            self.things = {id(kind): kind.things() for kinds in KINDS.values() for kind in kinds}

    def things_of(self, kind: Kind) -> list[Thing]:
        return self.things[id(kind)]


@contextmanager
def staged(world: World) -> Iterator[Stage]:
    """The gate's world on top of the demo; all of it is gone afterwards."""
    with undone(world.app):
        stage = Stage(world, world.institution.id)
        with world.at_home():
            chosen = _at_home(stage.home)
            others = _elsewhere(_institution("fenwick.example"))
        stage.cast = {name: [stage.visitor(name, key) for key in ids] for name, ids in chosen.items()}
        stage.cast["anonymous"] = [Visitor(world.app, "anonymous", None, world.app.test_client())]
        stage.elsewhere = [stage.visitor(f"{name} of another institution", key) for name, key in others.items()]
        with world.at_home():  # as if a session of theirs had been left: they are shut out all the same
            for one in stage.cast["suspended"]:
                db.session.get_one(Person, one.id).status = Status.SUSPENDED
        stage.read_things()
        yield stage


def _institution(domain: str) -> Institution:
    return db.session.scalars(select(Institution).where(Institution.email_domain == domain)).one()


def _person(institution_id: int, *roles: Role, **given: Any) -> Person:
    institution = db.session.get_one(Institution, institution_id)
    return factories.person(institution, roles=roles, **{"is_technician": False} | given)


# -- at home -----------------------------------------------------------------------------------------------------------


def _at_home(home: int) -> dict[str, list[int]]:
    """The people of the demo who are only one thing, and those whom it lacks."""
    technicians, managers = _plain(home, is_technician=True), _plain(home, is_technician=False)
    lead = fund.lead(db.session.get_one(Institution, home), is_technician=False)
    cast = {
        "suspended": technicians[:1],
        "technician": technicians[1:],
        "manager": managers,
        "mentor": [_mentor(home)],
        **_panel(lead, home),
        **_judges(lead, home),
        "lead": [lead.id],
        "leader": _holders(home, Role.LEADER),
        "administrator": _holders(home, Role.ADMINISTRATOR),
    }
    for ids in cast.values():
        _leave_traces(db.session.get_one(Person, ids[0]))
    _fill_plans(lead, owner=db.session.get_one(Person, technicians[1]))
    _fill_gaps(home, technicians[1:])
    _fill_gallery(lead, db.session.get_one(Person, technicians[1]))
    _tell_a_story(lead, db.session.get_one(Person, technicians[1]))
    live = _wait_for_managers(lead, db.session.get_one(Person, managers[0]))
    _apply_together(live, lead, db.session.get_one(Person, technicians[1]))
    return cast


def _plain(home: int, *, is_technician: bool) -> list[int]:
    """Those who hold no role, sit nowhere and mentor nobody; whoever is no technician has people to manage."""
    report = aliased(Person)
    asked = select(Person.id).where(
        Person.institution_id == home,
        Person.is_technician.is_(is_technician),
        exists().where(report.manager_id == Person.id).is_(not is_technician),
        ~exists().where(RoleGrant.person_id == Person.id),
        ~exists().where(PanelMember.person_id == Person.id),
        ~exists().where(Judge.person_id == Person.id),
        ~exists().where(Cycle.chair_id == Person.id),
        ~exists().where(Mentor.person_id == Person.id),
    )
    return list(db.session.scalars(asked.order_by(Person.id)))


def _holders(home: int, role: Role) -> list[int]:
    return [person.id for person in queries.holders(home, role)]


def _mentor(home: int) -> int:
    """Takes a pair that is alive, and one that has ended, over from the mentors of the demo."""
    mentor = _person(home)
    registration.mentor(mentor)
    for stage in (PairStage.ACTIVE, PairStage.CLOSED):
        taken = select(Mentoring).where(Mentoring.stage == stage).order_by(Mentoring.id).limit(1)
        db.session.scalars(taken).one().mentor_id = mentor.id
    db.session.flush()
    return mentor.id


def _panel(lead: Person, home: int) -> dict[str, list[int]]:
    """A chair and a member with a round to judge and one in preparation; they also sat on one of the demo’s."""
    chair, member = _person(home), _person(home)
    judged = fund.open_round(lead, panel=(chair, member))
    for applicant in (fund.technician(lead), fund.technician(lead)):
        made = fund.draft(judged, applicant)
        with clock.held(clock.at_london(fund.DURING, 11)):
            money.add_cost(made, text="Fare", pence=900, quote=(fund.PDF, "quote.pdf"), actor=applicant)
            money.send(made, actor=applicant)
            made = fund.fresh(made)
            money.support(made, text="Yes.", releases_time=True, actor=fund.fresh_person(made.manager))
    fund.close(judged)
    claimed = select(Application.round_id).join(Claim, Claim.application_id == Application.id).join(Receipt)
    earlier = db.session.scalars(claimed.order_by(Receipt.id).limit(1)).one()
    for round_id in (fund.draft_round(lead).id, earlier):
        db.session.add(PanelMember(round_id=round_id, person_id=member.id))
    db.session.flush()
    return {"panel chair": [chair.id], "panel member": [member.id]}


def _wait_for_managers(lead: Person, manager: Person) -> Round:
    """In a round that is still open, a case with a quote that *manager* has to support, and one that has no manager."""
    may = clock.at_london(date(2027, 5, 31))
    live = fund.open_round(lead, closes_at=may, panel_on=date(2027, 6, 1), decisions_on=date(2027, 6, 1))
    nobody = factories.person(lead.institution, unit=factories.unit(lead.institution))
    for applicant in (fund.technician(lead, manager=manager), nobody):
        made = fund.draft(live, applicant)
        with clock.held(clock.at_london(fund.DURING, 11)):
            money.add_cost(made, text="Fare", pence=900, quote=(fund.PDF, "quote.pdf"), actor=applicant)
            money.send(made, actor=applicant)
    return live


def _apply_together(live: Round, lead: Person, technician: Person) -> None:
    """One application that *technician* is asked to join, one that they write too."""
    for accepts in (False, True):
        made = fund.draft(live, fund.technician(lead))
        with clock.held(clock.at_london(fund.DURING, 11)):
            asked = money.ask_colleague(made, person=technician, actor=made.applicant)
            if accepts:
                money.join(asked, accepts=True, actor=technician)


def _judges(lead: Person, home: int) -> dict[str, list[int]]:
    """A chair and a judge with a cycle that is being judged."""
    chair, judge = _person(home), _person(home)
    cycle = award.cycle(lead, chair=chair, judges=(judge,))
    award.shortlisted(cycle, lead)
    awards.close_cycle(cycle, actor=lead)
    return {"judges’ chair": [chair.id], "judge": [judge.id]}


def _leave_traces(person: Person) -> None:
    """What anybody may have: a notice with its mail, evidence that they brought, a search that they keep."""
    profiles.save_search(person, query="q=welding", found=[])
    notices.tell(person, "awards.announced", title="A result", path="/awards")
    file = storage.keep(PICTURE, "minutes.png", owner=person)
    evidence.add_item(
        actor=person, title="Minutes", theme=Theme.VISIBILITY, happened_on=clock.today(), text="Agreed.", file=file
    )


def _fill_plans(lead: Person, *, owner: Person) -> None:
    """A plan in preparation and one in consultation, a file that is being read in, somebody who sees to actions."""
    preparing = plan.plan(lead, published=False, name="Action plan 2027 to 2030")
    plan.action(preparing, lead)
    for reader in (lead, *queries.holders(lead.institution_id, Role.DEPUTY_LEAD)):
        plans.read_text("Objective\tOwner\nA workshop for all technicians\tThe lead", actor=reader)
    for action in db.session.scalars(select(Action).where(Action.institution_id == lead.institution_id)):
        action.owner_id = owner.id if action.owner_id is None else action.owner_id
    db.session.flush()
    asked = plan.action(plan.plan(lead, published=False, name="Action plan 2030 to 2033"), lead, owner_id=owner.id)
    plans.make_move(asked.plan, "consult", actor=lead)
    speaker = queries.person(owner.id)
    plans.add_comment(asked, actor=speaker, text="Say who pays for it.")
    plans.add_note(asked, actor=speaker, text="It goes well.", outlook=Outlook.ON_TRACK)


def _first(technicians: list[int], whose: Select[int]) -> Person:
    """The first of them who has such a thing."""
    having = set(db.session.scalars(whose))
    return db.session.get_one(Person, next(key for key in technicians if key in having))


def _fill_gaps(home: int, technicians: list[int]) -> None:
    """What the demo has nobody for: a picture to be seen, a proof, a quote, a technician who supports, a draft."""
    one = db.session.get_one(Person, technicians[0])
    other = _first(technicians[1:], select(Journey.person_id))
    spender = _first(technicians, select(Application.applicant_id).join(CostLine.application))
    waiting = _first(technicians, select(Journey.person_id).join(Wish.journey))
    profile = directory.profile_of(one.id, fresh=True)
    profiles.set_photograph(profile, content=PICTURE, name="me.png", alt="At the bench", actor=one)
    profiles.agree_to_public(profile, photograph=True, actor=one)
    profiles.let_write(profile, colleague=other, actor=one)
    profiles.suggest_skill(one, name="Kite making", about="Frames, skins and lines", level=None)
    journeys = db.session.scalars(select(Journey).where(Journey.person_id.in_([one.id, other.id])).order_by(Journey.id))
    for journey in journeys.all():
        journey.supporter_id = one.id if journey.person_id == other.id else None
        journey.proof_id = storage.keep(PICTURE, "proof.png", owner=other).id
    line = (
        select(CostLine).join(CostLine.application).where(Application.applicant_id == spender.id).order_by(CostLine.id)
    )
    db.session.scalars(line.limit(1)).one().quote_id = storage.keep(PICTURE, "quote.png", owner=other).id
    skills.session(other, needs_approval=True)
    takes = select(Cycle.id).where(Cycle.institution_id == home, Cycle.stage == CycleStage.OPEN).order_by(Cycle.id)
    award.draft(cycles.cycle(db.session.scalars(takes.limit(1)).one()), by=one)
    _match_again(home, waiting)
    factories.person(db.session.get_one(Institution, home), status=Status.INVITED)


def _fill_gallery(lead: Person, technician: Person) -> None:
    """A place for *technician*, and a paper that *lead* has printed."""
    gallery = for_galleries.gallery(lead, technician, for_galleries.public(lead.institution), published=True)
    galleries.note_printing(gallery, Paper.CARDS, actor=queries.person(lead.id))


def _tell_a_story(lead: Person, technician: Person) -> None:
    """A report that is a case study once *technician* agrees to its words."""
    made = fund.reported(lead, applicant=technician)
    money.accept_report(made, actor=queries.person(lead.id))
    money.publish_study(fund.fresh(made), title=made.title, summary="Less waiting.", actor=queries.person(lead.id))


def _match_again(home: int, mentee: Person) -> None:
    """A second pair in the round of the demo, for a technician who waits."""
    wishes = select(Wish).join(Wish.journey).where(Wish.institution_id == home, Journey.person_id == mentee.id)
    matching = db.session.scalars(select(MatchingRound).where(MatchingRound.institution_id == home)).one()
    db.session.add(MatchedPair(round_id=matching.id, wish_id=db.session.scalars(wishes).one().id))
    db.session.flush()


# -- elsewhere ---------------------------------------------------------------------------------------------------------


def _elsewhere(fenwick: Institution) -> dict[str, int]:
    """Somebody in every part of a second institution, each with something of that part."""
    here = fenwick.id
    lead = fund.lead(fenwick, is_technician=False)
    manager, mentor, member, judge = (_person(here) for _ in range(4))
    technician = registration.technician(fenwick, manager=manager)
    registration.pair(registration.journey(technician), mentor)
    fund.open_round(lead, panel=(member, lead))
    award.cycle(lead, judges=(judge,))
    return {
        "technician": technician.id,
        "manager": manager.id,
        "mentor": mentor.id,
        "panel member": member.id,
        "judge": judge.id,
        "lead": lead.id,
        "leader": _person(here, Role.LEADER).id,
        "administrator": _person(here, Role.ADMINISTRATOR).id,
    }
