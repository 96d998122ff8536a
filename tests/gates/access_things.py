"""What the arguments of addresses stand for: how to list such things, whose they are, and in which stage they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Select, literal, select

from hub.accounts.models import Institution, Person, RoleGrant, SignIn, Unit
from hub.attribution.models import Contribution, Document, DocumentEdition
from hub.awards.models import Category, Cycle, Judge, Nomination, Nominee
from hub.charters.models import Charter, Point, PointEntry
from hub.core.db import db
from hub.core.kit import EXAMPLES
from hub.directory.models import PersonSkill, Profile, ProfileChange, ProfileEditor, SavedSearch, Skill, SkillSuggestion
from hub.evidence.models import Entry, EntryPerson, Item, ItemConsent, ItemVersion
from hub.fund.models import (
    Application,
    Claim,
    CoApplicant,
    CostLine,
    FollowUp,
    FundCriterion,
    FundScheme,
    PanelMember,
    Receipt,
    Round,
)
from hub.galleries.models import Gallery, Portrait, Printing
from hub.galleries.models import Stage as GalleryStage
from hub.notifications.models import Notice, OutboxMail
from hub.packs.models import Pack
from hub.plan.models import (
    Action,
    ActionPoint,
    DecisionWanted,
    Indicator,
    Milestone,
    Placement,
    Plan,
    PlanComment,
    PlanImport,
    PlanVersion,
    ProgressNote,
    Reading,
    Rule,
    Trajectory,
)
from hub.registration.models import Journey, MatchedPair, MatchingRound, Mentor, Mentoring, Statement, Wish
from hub.registration.stages import LIVE
from hub.skills.models import Offer, Place, Request, Session
from hub.workforce.models import StaffImport
from tests.gates import access_of_fund as of_fund
from tests.gates.access_links import mailed_links, statement_links

NO_STAGE = literal("")
EVERYBODY = "technician, manager, mentor, panel member, judge, lead, leader, administrator"


@dataclass(frozen=True)
class Thing:
    """One thing with an address; *parts*: who has a part in it, and which."""

    args: dict[str, Any]
    institution_id: int | None
    stage: str
    parts: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.args.items())
        return f"{told} ({self.stage})" if self.stage else told


@dataclass(frozen=True)
class Kind:
    """Rows of the *args*, the institution and the stage; *parts* as selects of (first argument, person)."""

    args: tuple[str, ...]
    rows: Select[Any] | Callable[[], Iterable[Any]]
    parts: dict[str, Select[Any]] = field(default_factory=dict)
    whose: str = ""  # which principals have a part in one: the gate’s world must have such a thing for each of them

    def things(self) -> list[Thing]:
        people: dict[Any, dict[int, str]] = {}
        for part, asked in self.parts.items():
            for key, person_id in db.session.execute(asked.distinct()):
                if person_id is not None:
                    people.setdefault(key, {}).setdefault(person_id, part)
        found = db.session.execute(self.rows) if isinstance(self.rows, Select) else self.rows()
        return [
            Thing(dict(zip(self.args, row[:-2], strict=True)), row[-2], str(row[-1]), people.get(row[0], {}))
            for row in found
        ]


def _of(model: Any, stage: Any = NO_STAGE) -> Select[Any]:
    return select(model.id, model.institution_id, stage).order_by(model.id)


def _institutions() -> Select[Any]:
    return select(Institution.slug, Institution.id, NO_STAGE).order_by(Institution.id)


# -- who has a part in what --------------------------------------------------------------------------------------------


def _through_application(key: Any, way: Callable[[Select[Any]], Select[Any]] = lambda own: own) -> dict[str, Any]:
    """The parts in an application, or in what belongs to one."""
    return {
        "applicant": way(select(key, Application.applicant_id)),
        "co-applicant": way(select(key, CoApplicant.person_id)).join(
            CoApplicant, CoApplicant.application_id == Application.id
        ),
        "line manager": way(select(key, Application.manager_id)),
        "panel member": way(select(key, PanelMember.person_id)).join(
            PanelMember, PanelMember.round_id == Application.round_id
        ),
    }


def _in_application(argument: str, model: Any, stage: Any) -> Kind:
    things = select(model.id, Application.institution_id, stage).join(model.application)
    parts = _through_application(model.id, lambda own: own.join(model.application))
    return Kind((argument,), things, parts, "technician, manager, panel member")


_ON_PANEL = {"panel member": select(PanelMember.round_id, PanelMember.person_id)}
_ON_CYCLE = {"judge": select(Judge.cycle_id, Judge.person_id), "chair": select(Cycle.id, Cycle.chair_id)}
_OF_JOURNEY = {
    "owner": select(Journey.id, Journey.person_id),
    "supporter": select(Journey.id, Journey.supporter_id),
    "mentor": select(Mentoring.journey_id, Mentoring.mentor_id).where(Mentoring.stage.in_(LIVE)),
}
_OF_SESSION = {
    "host": select(Session.id, Session.host_id),
    "guest": select(Place.session_id, Place.person_id),
    "line manager": select(Session.id, Person.manager_id).join(Person, Person.id == Session.host_id),
}
_OF_ITEM = {
    "author": select(Item.id, Item.added_by_id),
    "giver": select(ItemConsent.item_id, ItemConsent.person_id),
}
_OF_ACTION = select(Action.id, Action.owner_id)

KINDS: dict[str, tuple[Kind, ...]] = {
    "accounts": (
        Kind(("token",), mailed_links),
        Kind(
            ("person_id",),
            _of(Person, Person.status),
            {"themselves": select(Person.id, Person.id), "line manager": select(Person.id, Person.manager_id)},
            EVERYBODY,
        ),
        Kind(("unit_id",), _of(Unit), {"member": select(Person.unit_id, Person.id)}, "technician, manager"),
        Kind(
            ("grant_id",),
            select(RoleGrant.id, Person.institution_id, RoleGrant.role).join(RoleGrant.person).order_by(RoleGrant.id),
            {"holder": select(RoleGrant.id, RoleGrant.person_id)},
            "lead, leader, administrator",
        ),
        Kind(
            ("session_id",),
            select(SignIn.id, Person.institution_id, NO_STAGE).join(SignIn.person).order_by(SignIn.id),
            {"owner": select(SignIn.id, SignIn.person_id)},
            EVERYBODY,
        ),
    ),
    "attribution": (
        Kind(
            ("contribution_id",),
            _of(Contribution, Contribution.shown_to),
            {"owner": select(Contribution.id, Contribution.person_id)},
            "technician",
        ),
        Kind(("document_id",), _of(Document, Document.kind)),
        Kind(("edition_id",), _of(DocumentEdition, DocumentEdition.stage)),
    ),
    "awards": (
        Kind(("cycle_id",), _of(Cycle, Cycle.stage), _ON_CYCLE, "judge"),
        Kind(
            ("category_id",),
            select(Category.id, Category.institution_id, Cycle.stage).join(Category.cycle).order_by(Category.id),
            {
                "judge": select(Category.id, Judge.person_id).join(Judge, Judge.cycle_id == Category.cycle_id),
                "chair": select(Category.id, Cycle.chair_id).join(Category.cycle),
            },
            "judge",
        ),
        Kind(
            ("nomination_id",),
            _of(Nomination, Nomination.stage),
            {
                "nominator": select(Nomination.id, Nomination.nominator_id),
                "nominee": select(Nominee.nomination_id, Nominee.person_id),
                "judge": select(Nomination.id, Judge.person_id).join(Judge, Judge.cycle_id == Nomination.cycle_id),
                "chair": select(Nomination.id, Cycle.chair_id).join(Nomination.cycle),
            },
            "technician, judge",
        ),
    ),
    "charters": (
        Kind(("charter_id",), _of(Charter)),
        Kind(("point_id",), _of(Point)),
        Kind(("entry_id",), _of(Entry, Entry.kind)),
        Kind(
            ("point_id", "entry_id"),
            select(PointEntry.point_id, PointEntry.entry_id, Point.institution_id, NO_STAGE)
            .join(PointEntry.point)
            .order_by(PointEntry.point_id, PointEntry.entry_id),
        ),
    ),
    "directory": (
        Kind(
            ("slug",),
            select(Person.slug, Person.institution_id, Profile.photo_id.is_not(None))
            .outerjoin(Profile, Profile.person_id == Person.id)
            .order_by(Person.id),
            {
                "themselves": select(Person.slug, Person.id),
                "writer": select(Person.slug, ProfileEditor.person_id)
                .join(Profile, Profile.person_id == Person.id)
                .join(ProfileEditor, ProfileEditor.profile_id == Profile.id),
            },
            EVERYBODY,
        ),
        Kind(("profile_id",), _of(Profile), {"themselves": select(Profile.id, Profile.person_id)}, "technician"),
        Kind(
            ("person_skill_id",),
            _of(PersonSkill),
            {"owner": select(PersonSkill.id, PersonSkill.person_id)},
            "technician",
        ),
        Kind(("skill_id",), _of(Skill)),
        Kind(("unit_id",), _of(Unit), {"member": select(Person.unit_id, Person.id)}, "technician, manager"),
        Kind(
            ("suggestion_id",),
            _of(SkillSuggestion, SkillSuggestion.stage),
            {"owner": select(SkillSuggestion.id, SkillSuggestion.person_id)},
            "technician",
        ),
        Kind(
            ("change_id",),
            _of(ProfileChange),
            {"owner": select(ProfileChange.id, Profile.person_id).join(ProfileChange.profile)},
            "technician",
        ),
        Kind(
            ("editor_id",),
            _of(ProfileEditor),
            {
                "owner": select(ProfileEditor.id, Profile.person_id).join(ProfileEditor.profile),
                "writer": select(ProfileEditor.id, ProfileEditor.person_id),
            },
            "technician",
        ),
        Kind(("search_id",), _of(SavedSearch), {"owner": select(SavedSearch.id, SavedSearch.person_id)}, EVERYBODY),
    ),
    "evidence": (
        Kind(("item_id",), _of(Item, Item.scope), _OF_ITEM, EVERYBODY),
        Kind(
            ("item_id", "number"),
            select(Item.id, ItemVersion.number, Item.institution_id, Item.scope)
            .join(ItemVersion, ItemVersion.item_id == Item.id)
            .order_by(ItemVersion.id),
            _OF_ITEM,
            EVERYBODY,
        ),
        Kind(
            ("entry_id",),
            _of(Entry, Entry.kind),
            {"in it": select(EntryPerson.entry_id, EntryPerson.person_id)},
            "technician",
        ),
    ),
    "fund": (
        Kind(("scheme_id",), _of(FundScheme)),
        Kind(("round_id",), _of(Round, Round.stage), _ON_PANEL, "panel member"),
        Kind(
            ("application_id",),
            _of(Application, Application.stage),
            _through_application(Application.id),
            "technician, manager, panel member",
        ),
        _in_application("line_id", CostLine, Application.stage),
        _in_application("claim_id", Claim, Claim.stage),
        _in_application("follow_up_id", FollowUp, FollowUp.months),
        Kind(("token",), statement_links),
        Kind(("co_applicant_id",), of_fund.CO_APPLICANTS, of_fund.WHO_APPLIES, "technician"),
        Kind(("study_id",), of_fund.STUDIES, of_fund.AUTHORS, "technician"),
        Kind(("slug",), of_fund.PUBLISHED_STUDIES),
        Kind(("criterion_id",), select(FundCriterion.id, FundScheme.institution_id, NO_STAGE).join(FundScheme)),
        Kind(
            ("member_id",),
            select(PanelMember.id, Round.institution_id, Round.stage).join(PanelMember.round),
            {"themselves": select(PanelMember.id, PanelMember.person_id)},
            "panel member",
        ),
        Kind(
            ("receipt_id",),
            select(Receipt.id, Application.institution_id, Application.stage)
            .join(Receipt.claim)
            .join(Claim.application),
            _through_application(Receipt.id, lambda asked: asked.join(Receipt.claim).join(Claim.application)),
            "technician, manager, panel member",
        ),
    ),
    "galleries": (
        Kind(("gallery_id",), _of(Gallery, Gallery.stage)),
        Kind(
            ("portrait_id",),
            _of(Portrait, Portrait.stage),
            {"themselves": select(Portrait.id, Portrait.person_id)},
            "technician",
        ),
        Kind(
            ("printing_id",),
            _of(Printing, Printing.paper),
            {"who printed it": select(Printing.id, Printing.printed_by_id)},
            "lead",
        ),
        Kind(
            ("slug",),
            select(Gallery.slug, Gallery.institution_id, Gallery.stage)
            .where(Gallery.stage == GalleryStage.PUBLISHED)
            .order_by(Gallery.id),
        ),
    ),
    "kit": (Kind(("part",), lambda: [(part, None, "") for part in EXAMPLES]),),
    "notifications": (
        Kind(
            ("mail_id",),
            _of(OutboxMail, OutboxMail.stage),
            {"recipient": select(OutboxMail.id, OutboxMail.recipient_id)},
            EVERYBODY,
        ),
        Kind(("notice_id",), _of(Notice), {"recipient": select(Notice.id, Notice.recipient_id)}, EVERYBODY),
    ),
    "packs": (Kind(("pack_id",), _of(Pack, Pack.stage)), Kind(("plan_id",), _of(Plan, Plan.stage))),
    "pages": (Kind(("slug",), _institutions()),),
    "plan": (
        Kind(("slug",), _institutions()),
        Kind(("plan_id",), _of(Plan, Plan.stage)),
        Kind(
            ("action_id",),
            select(Action.id, Action.institution_id, Plan.stage).join(Action.plan).order_by(Action.id),
            {"owner": _OF_ACTION},
            "technician",
        ),
        Kind(
            ("indicator_id",),
            select(Indicator.id, Indicator.institution_id, Plan.stage).join(Indicator.action).join(Action.plan),
            {"owner of its action": select(Indicator.id, Action.owner_id).join(Indicator.action)},
            "technician",
        ),
        Kind(
            ("reading_id",),
            select(Reading.id, Indicator.institution_id, Plan.stage)
            .join(Reading.indicator)
            .join(Indicator.action)
            .join(Action.plan),
            {"owner of its action": select(Reading.id, Action.owner_id).join(Reading.indicator).join(Indicator.action)},
            "technician",
        ),
        Kind(
            ("rule_id",),
            select(Rule.id, Rule.institution_id, Plan.stage).join(Rule.action).join(Action.plan),
            {"owner of its action": select(Rule.id, Action.owner_id).join(Rule.action)},
            "technician",
        ),
        Kind(
            ("milestone_id",),
            select(Milestone.id, Milestone.institution_id, Plan.stage).join(Milestone.action).join(Action.plan),
            {"owner of its action": select(Milestone.id, Action.owner_id).join(Milestone.action)},
            "technician",
        ),
        Kind(
            ("comment_id",),
            select(PlanComment.id, PlanComment.institution_id, Plan.stage).join(PlanComment.action).join(Action.plan),
            {"author": select(PlanComment.id, PlanComment.author_id).where(PlanComment.verdict.is_(None))},
            "technician",
        ),
        Kind(
            ("note_id",),
            select(ProgressNote.id, Action.institution_id, Plan.stage).join(ProgressNote.action).join(Action.plan),
            {"author": select(ProgressNote.id, ProgressNote.author_id)},
            "technician",
        ),
        Kind(
            ("plan_id", "charter_id"),
            select(Plan.id, Charter.id, Plan.institution_id, Plan.stage)
            .join(Charter, Charter.institution_id == Plan.institution_id)
            .order_by(Plan.id, Charter.id),
        ),
        Kind(
            ("plan_id", "point_id"),
            select(Plan.id, Point.id, Plan.institution_id, Plan.stage)
            .join(Point, Point.institution_id == Plan.institution_id)
            .order_by(Plan.id, Point.id),
        ),
        Kind(
            ("action_id", "point_id"),
            select(ActionPoint.action_id, ActionPoint.point_id, Action.institution_id, Plan.stage)
            .join(ActionPoint.action)
            .join(Action.plan)
            .order_by(ActionPoint.action_id, ActionPoint.point_id),
            {"owner": _OF_ACTION},
            "technician",
        ),
        Kind(("trajectory_id",), _of(Trajectory)),
        Kind(("version_id",), _of(PlanVersion, PlanVersion.occasion)),
        Kind(("decision_id",), _of(DecisionWanted)),
        Kind(
            ("import_id", "n"),  # the place of a draft in its file, as a question
            select(PlanImport.id, literal(0), PlanImport.institution_id, NO_STAGE).order_by(PlanImport.id),
            {"owner": select(PlanImport.id, PlanImport.owner_id)},
            "lead",
        ),
        Kind(
            ("placement_id",),
            _of(Placement, Placement.state),
            {
                "in the evidence": select(Placement.id, EntryPerson.person_id).join(
                    EntryPerson, EntryPerson.entry_id == Placement.entry_id
                )
            },
            "technician",
        ),
    ),
    "registration": (
        Kind(("journey_id",), _of(Journey, Journey.stage), _OF_JOURNEY, "technician, manager, mentor"),
        Kind(
            ("journey_id", "area"),
            select(Journey.id, Statement.area, Journey.institution_id, Journey.stage)
            .join(Statement, Statement.journey_id == Journey.id)
            .order_by(Statement.id),
            _OF_JOURNEY,
            "technician, manager, mentor",
        ),
        Kind(("mentor_id",), _of(Mentor), {"themselves": select(Mentor.id, Mentor.person_id)}, "mentor"),
        Kind(
            ("mentoring_id",),
            _of(Mentoring, Mentoring.stage),
            {"mentor": select(Mentoring.id, Mentoring.mentor_id), "mentee": select(Mentoring.id, Mentoring.mentee_id)},
            "technician, mentor",
        ),
        Kind(("wish_id",), _of(Wish), {"owner": select(Wish.id, Journey.person_id).join(Wish.journey)}, "technician"),
        Kind(("round_id",), _of(MatchingRound, MatchingRound.stage)),
        Kind(
            ("pair_id", "round_id"),
            select(MatchedPair.id, MatchedPair.round_id, MatchingRound.institution_id, MatchingRound.stage).join(
                MatchedPair.round
            ),
            {"owner": select(MatchedPair.id, Journey.person_id).join(MatchedPair.wish).join(Wish.journey)},
            "technician",
        ),
    ),
    "skills": (
        Kind(
            ("request_id",),
            _of(Request, Request.stage),
            {"asker": select(Request.id, Request.asker_id), "asked": select(Request.id, Request.asked_id)},
            "technician",
        ),
        Kind(
            ("offer_id",),
            _of(Offer, Offer.stage),
            {
                "host": select(Offer.id, Offer.host_id),
                "asker": select(Offer.id, Request.asker_id).join(Offer.request),
            },
            "technician",
        ),
        Kind(("session_id",), _of(Session, Session.stage), _OF_SESSION, "technician, manager"),
    ),
    "workforce": (Kind(("import_id",), _of(StaffImport, StaffImport.stage)),),
}


def kind_for(kinds: dict[str, tuple[Kind, ...]], feature: str, arguments: set[str]) -> Kind | None:
    """The kind that has these arguments and the fewest others."""
    fitting = [kind for kind in kinds.get(feature, ()) if arguments <= set(kind.args)]
    return min(fitting, key=lambda kind: len(kind.args), default=None)


def unlisted(app: Flask, kinds: dict[str, tuple[Kind, ...]]) -> list[str]:
    """Addresses with an argument whose things the gate does not know how to list."""
    return [
        f"{rule.endpoint}: nothing says how to list the things of {', '.join(sorted(rule.arguments))}"
        for rule in app.url_map.iter_rules()
        if rule.arguments and not rule.endpoint.endswith("static")
        if kind_for(kinds, rule.endpoint.partition(".")[0], set(rule.arguments)) is None
    ]
