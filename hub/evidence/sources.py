"""Where the facts of each kind stand in the features' own tables: the twin of the receivers' table, read in bulk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from hub.attribution.models import Contribution, CreditForm, ReadReceipt
from hub.awards.models import Nomination, Nominee
from hub.awards.models import Outcome as Result
from hub.awards.models import Stage as NominationStage
from hub.core.clock import london
from hub.directory.models import Profile
from hub.evidence.models import Item
from hub.fund.models import Application, FollowUp, FundReport, Round
from hub.fund.models import Stage as ApplicationStage
from hub.galleries.models import Gallery
from hub.galleries.models import Stage as GalleryStage
from hub.registration.models import Journey, Mentoring
from hub.registration.stages import PairStage
from hub.skills.models import Session, SessionStage


class Fact(Protocol):
    """What a row must tell of itself to become evidence: see docs/architecture.md."""

    id: Any
    institution_id: Any

    @property
    def evidence_title(self) -> str: ...
    @property
    def evidence_on(self) -> date: ...
    @property
    def evidence_people(self) -> list[int]: ...
    @property
    def evidence_quantity(self) -> int: ...
    @property
    def evidence_unit_id(self) -> int | None: ...


class AsThen:
    """A fact as it was told when it happened, where its row says something else by now."""

    def __init__(self, row: Any, **then: Any) -> None:
        self.row = row
        self.__dict__ |= {f"evidence_{name}": value for name, value in then.items()}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


FIGURES = frozenset({"happened_on", "quantity", "people"})


@dataclass(frozen=True, slots=True)
class Source:
    """*rows* that count now, with what a fact must tell; *then* makes one the fact as it was told.

    *kept*: what the row still says as it did; the rest changes with it, and the ledger alone knows how it was.
    """

    rows: Select[Any]
    then: Callable[[Any], Fact] = field(default=lambda row: row)
    kept: frozenset[str] = FIGURES

    @property
    def model(self) -> Any:
        return self.rows.column_descriptions[0]["entity"]


def _award(application: Application) -> Any:
    """The award of an application that has gone on since."""
    awarded = [step.at for step in application.steps if step.stage == ApplicationStage.AWARDED]
    return AsThen(application, on=london(awarded[-1]).date(), quantity=application.awarded_pence)


def _report(application: Application) -> Any:
    accepted = application.report.accepted_at if application.report else None
    return AsThen(application, on=london(accepted or application.stage_since).date(), quantity=1)


def _nomination(nomination: Nomination) -> Any:
    """The nomination of which the result is known by now."""
    title = f"Nominated for {nomination.category.name}, {nomination.cycle.name}"
    return AsThen(nomination, title=title, on=london(nomination.accepted_at or nomination.stage_since).date())


_ANNOUNCED = (
    select(Nomination)
    .options(
        joinedload(Nomination.category),
        joinedload(Nomination.cycle),
        selectinload(Nomination.nominees).joinedload(Nominee.person),
    )
    .where(Nomination.stage == NominationStage.ANNOUNCED)
)

SOURCES = {
    "directory.profile": Source(
        select(Profile).options(joinedload(Profile.person)).where(Profile.published_at.is_not(None))
    ),
    "galleries.published": Source(
        select(Gallery).options(selectinload(Gallery.portraits)).where(Gallery.stage == GalleryStage.PUBLISHED),
        kept=frozenset({"happened_on"}),  # whoever is in it comes and goes
    ),
    "skills.session": Source(
        select(Session).options(selectinload(Session.places)).where(Session.stage == SessionStage.CONFIRMED)
    ),
    "registration.mentoring": Source(
        select(Mentoring).where(Mentoring.stage.not_in([PairStage.PROPOSED, PairStage.DECLINED]))
    ),
    "registration.registered": Source(select(Journey).where(Journey.registered_on.is_not(None))),
    "fund.award": Source(
        select(Application)
        .join(Application.round)
        .options(
            selectinload(Application.steps),
            joinedload(Application.applicant),
            selectinload(Application.co_applicants),
        )
        .where(
            Application.awarded_pence.is_not(None),
            Application.anonymised_on.is_(None),
            Application.journey_id.is_(None),  # fees refunded are no awards
            Round.is_test.is_(False),
        ),
        _award,
    ),
    "fund.report": Source(
        select(Application)
        .join(FundReport, FundReport.application_id == Application.id)
        .join(Application.round)
        .options(
            joinedload(Application.report),
            joinedload(Application.applicant),
            selectinload(Application.co_applicants),
        )
        .where(FundReport.accepted_at.is_not(None), Round.is_test.is_(False)),
        _report,
    ),
    "fund.promise": Source(
        select(FundReport)
        .options(joinedload(FundReport.application).joinedload(Application.applicant))
        .where(FundReport.kept_on.is_not(None))
    ),
    "fund.follow_up": Source(
        select(FollowUp)
        .options(joinedload(FollowUp.application).joinedload(Application.applicant))
        .where(FollowUp.answered_at.is_not(None))
    ),
    "awards.nomination": Source(_ANNOUNCED, _nomination),
    "awards.award": Source(_ANNOUNCED.where(Nomination.outcome != Result.NOT_SELECTED)),
    "attribution.credit": Source(
        select(Contribution).where(
            Contribution.removed_at.is_(None),
            Contribution.agreed_on.is_not(None),
            Contribution.credit != CreditForm.NONE,
        )
    ),
    "attribution.reading": Source(
        select(ReadReceipt).options(joinedload(ReadReceipt.edition), joinedload(ReadReceipt.person))
    ),
    "evidence.item": Source(select(Item).where(Item.withdrawn_at.is_(None))),
}
