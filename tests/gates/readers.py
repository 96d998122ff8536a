"""Who may read a row, for every rule word of docs/personal-data.md: built on the features’ own policies."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask_login import AnonymousUserMixin
from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, lazyload, object_session

from hub.accounts import policy as accounts
from hub.accounts.models import Person
from hub.attribution import policy as attribution
from hub.attribution.models import Contribution, DocumentEdition, DocumentStage, ReadReceipt
from hub.awards import policy as awards
from hub.awards.models import Category, Cycle, CycleStage, Judgement, Nomination, Nominee
from hub.core.db import Base, db
from hub.core.storage import StoredFile
from hub.directory import policy as directory
from hub.directory.fields import FIELDS
from hub.directory.models import Profile, ProfileChange, ProfileEditor, SkillSuggestion
from hub.evidence import policy as evidence
from hub.evidence.models import Entry, EntryPerson, Item, ItemVersion
from hub.fund import policy as fund
from hub.fund.models import Application, CoApplicant, CostLine, Receipt, Round
from hub.galleries import policy as galleries
from hub.galleries.models import Gallery, Portrait, PrintedCard, Printing
from hub.galleries.models import Stage as GalleryStage
from hub.notifications import policy as notifications
from hub.notifications.models import OutboxMail
from hub.plan import policy as plan
from hub.plan.models import Action, Placement, PlacementState, PlanComment, ProgressNote, RagDecision, Reading
from hub.registration import policy as registration
from hub.registration.models import Journey, Mentor, Mentoring, Statement
from hub.skills import policy as skills
from hub.skills.models import Offer, Place, Request
from hub.skills.models import Session as Meeting
from hub.workforce import policy as workforce
from hub.workforce.models import StaffImport
from tests.gates.canary import Cell
from tests.gates.readers_of_fund import (
    hears_of_application,
    is_named_as_author,
    knows_score,
    reads_application,
    reads_study,
    runs_application,
    was_asked,
)
from tests.gates.readers_of_packs import reads_piece, reads_uses
from tests.gates.readers_of_plans import hears_what_is_needed, is_named_with, makes_plan, reads_plan, reads_version

REGISTER = Path(__file__).parents[2] / "docs" / "personal-data.md"
ROW = re.compile(r"^\| `(\w+\.\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
FIELD_OF = {column: key for key, one in FIELDS.items() for column in one.columns}

Reader = Callable[[Person | None, Any], bool]


def register() -> dict[str, str]:
    """Column → rule word, as the page has them."""
    return {column: rule for column, _what, rule in ROW.findall(REGISTER.read_text(encoding="utf-8"))}


def legend() -> dict[str, str]:
    """Rule word → what it means, as the page explains it."""
    rules = REGISTER.read_text(encoding="utf-8").split("## The rules")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", rules, re.MULTILINE)[1:])


# -- what a row belongs to ---------------------------------------------------------------------------------------------


def _get(row: Any, model: Any, key: Any) -> Any:
    return object_session(row).get(model, key)


def _nomination(row: Any) -> Nomination:
    if hasattr(row, "judgement"):
        row = row.judgement
    return row if isinstance(row, Nomination) else _get(row, Nomination, row.nomination_id)


def _profile(person: Person) -> Profile | None:
    session = object_session(person)
    return session.scalars(select(Profile).where(Profile.person_id == person.id)).first()


# -- everybody ---------------------------------------------------------------------------------------------------------


def is_open(_viewer: Person | None, _row: Any) -> bool:
    return True


def nobody(_viewer: Person | None, _row: Any) -> bool:
    return False


def is_here(viewer: Person | None, row: Any) -> bool:
    return viewer is not None and viewer.institution_id == _institution_of(row)


def _institution_of(row: Any) -> int | None:
    """Of the row, or of what it is a part of."""
    for relation in ("category", "scheme", "round", "application", "journey", "action", "person"):
        if getattr(row, "institution_id", None) is not None:
            break
        row = getattr(row, relation, None) or row
    return getattr(row, "institution_id", None)


# -- people and profiles -----------------------------------------------------------------------------------------------


def shown_by_owner(viewer: Person | None, row: Any, field: str) -> bool:
    looking = directory.viewer_of(viewer) if viewer else directory.THE_PUBLIC
    return directory.visible(field, row, looking) or writes(viewer, row)


def writes(viewer: Person | None, profile: Profile) -> bool:
    """Whoever its owner lets write a profile reads what it says."""
    return viewer is not None and directory.can_write(viewer, profile)


def said_it(viewer: Person | None, change: ProfileChange) -> bool:
    return viewer is not None and directory.owns_change(viewer, change)


def suggests(viewer: Person | None, row: Any) -> bool:
    return owns(viewer, row) or leads(viewer, row)


def knows(viewer: Person | None, person: Person) -> bool:
    """A name: whoever the owner shows it to, and whoever may read what they have a part in."""
    profile = _profile(person)
    if is_named_as_author(person.id) or (profile is not None and shown_by_owner(viewer, profile, "name")):
        return True
    if not is_here(viewer, person):
        return False
    return profile is None or accounts.can_manage_people(viewer, person) or has_to_do_with(viewer, person)


def has_to_do_with(viewer: Person, person: Person) -> bool:
    """Whether *viewer* may read a row that names *person*; and those who manage each other."""
    if accounts.manages(viewer, person) or accounts.manages(person, viewer):
        return True
    session = object_session(person)
    rows = (
        (may, row)
        for column, may in NAMED_IN
        for row in session.scalars(select(column.class_).where(column == person.id))
    )
    return any(may(viewer, row) for may, row in rows)


def is_people_office(viewer: Person | None, person: Person) -> bool:
    return viewer is not None and (viewer.id == person.id or accounts.can_manage_people(viewer, person))


def is_staff_office(viewer: Person | None, row: Any) -> bool:
    return viewer is not None and workforce.can_import(viewer, row)


def owns(viewer: Person | None, row: Any) -> bool:
    """Whose it is, whatever the column that says so is called."""
    owner = next((key for name in OWNERS if (key := getattr(row, name, None)) is not None), None)
    return viewer is not None and viewer.id == owner


OWNERS = ("person_id", "recipient_id", "owner_id", "added_by_id")


def leads(viewer: Person | None, row: Any) -> bool:
    if viewer is None or not is_here(viewer, row):
        return False
    return viewer.is_lead or (isinstance(row, Category) and awards.chairs(viewer, row.cycle))


def is_told(viewer: Person | None, row: Any) -> bool:
    return viewer is not None and viewer.id == row.recipient_id


def sorts_mail(viewer: Person | None, mail: OutboxMail) -> bool:
    return is_told(viewer, mail) or (is_here(viewer, mail) and notifications.can_see_outbox(viewer))


def comes_with(viewer: Person | None, file: StoredFile) -> bool:
    """A file may be known to whoever may see what it is part of."""
    if viewer is not None and viewer.id == file.owner_id:
        return True
    return any(may(viewer, whole) for model, link, may in WHOLES for whole in _with_file(file, model, link))


def _with_file(file: StoredFile, model: Any, link: Any) -> Sequence[Any]:
    return object_session(file).scalars(select(model).where(link == file.id)).all()


# -- galleries ---------------------------------------------------------------------------------------------------------


def edits_gallery(viewer: Person | None, row: Any) -> bool:
    return viewer is not None and galleries.edits(viewer, row)


def reads_gallery(viewer: Person | None, gallery: Gallery) -> bool:
    is_in_it = viewer is not None and any(portrait.person_id == viewer.id for portrait in gallery.portraits)
    return gallery.stage == GalleryStage.PUBLISHED or edits_gallery(viewer, gallery) or is_in_it


def reads_portrait(viewer: Person | None, portrait: Portrait) -> bool:
    is_open = portrait.gallery.stage == GalleryStage.PUBLISHED and portrait.is_shown and portrait.approved
    profile = _profile(portrait.person)
    is_shown = is_open and profile is not None and shown_by_owner(None, profile, "name")
    return owns(viewer, portrait) or edits_gallery(viewer, portrait) or is_shown


# -- skills ------------------------------------------------------------------------------------------------------------


def has_part_in_skills(viewer: Person | None, row: Any) -> bool:
    asks = {Request: skills.can_see_request, Offer: skills.can_see_offer, Meeting: skills.can_see_session}
    return is_here(viewer, row) and asks[type(row)](viewer, row)


def hosts(viewer: Person | None, place: Place) -> bool:
    return viewer is not None and (owns(viewer, place) or skills.can_read_feedback(viewer, place.session))


# -- registration ------------------------------------------------------------------------------------------------------


def _journey(row: Any) -> Journey:
    row = row if not hasattr(row, "statement_id") else _get(row, Statement, row.statement_id)
    return row if isinstance(row, Journey) else row.journey


def drafts(viewer: Person | None, row: Any) -> bool:
    return registration.is_owner_or_mentor(viewer, _journey(row))


def is_of_pair(viewer: Person | None, row: Any) -> bool:
    pair = row if isinstance(row, Mentoring) else _get(row, Mentoring, row.mentoring_id)
    return registration.in_pair(viewer, pair)


def matches(viewer: Person | None, row: Any) -> bool:
    journey = _journey(row)
    return is_here(viewer, journey) and (drafts(viewer, journey) or registration.can_lead(viewer))


# -- fund and awards ---------------------------------------------------------------------------------------------------


def has_answer(viewer: Person | None, row: Any) -> bool:
    """The panel and the lead write it; those whom it is for read it once results are out."""
    if not isinstance(row, Nomination):
        return hears_of_application(viewer, row)
    out = row.stage == awards.Stage.ANNOUNCED
    told = awards.is_nominator(viewer, row) or (viewer is not None and awards.is_nominee(viewer, row))
    return is_here(viewer, row) and ((out and told) or awards.handles(viewer, row))


def may_see_begun(viewer: Person | None, row: Any) -> bool:
    if not is_here(viewer, row):
        return False
    if isinstance(row, Round):
        return fund.sees_round(viewer, row)
    cycle = row if isinstance(row, Cycle) else getattr(row, "cycle", None) or row.category.cycle
    return awards.sits_on(viewer, cycle) or leads(viewer, cycle) or cycle.stage != CycleStage.DRAFT


# -- awards ------------------------------------------------------------------------------------------------------------


def reads_nomination(viewer: Person | None, row: Nomination) -> bool:
    if not is_here(viewer, row):
        return False
    handles = awards.handles(viewer, row) and row.stage != awards.Stage.DRAFT
    return awards.can_see(viewer, row) or awards.can_judge(viewer, row) or handles


def is_honoured(viewer: Person | None, nominee: Nominee) -> bool:
    """A winner who agreed to be named is named to everybody here, whatever their profile shows."""
    of = nominee.nomination
    return is_here(viewer, of) and of.stage == awards.Stage.ANNOUNCED and nominee.publicity


def judges(viewer: Person | None, row: Any) -> bool:
    judgement = row if isinstance(row, Judgement) else row.judgement
    nomination = _nomination(judgement)
    if not is_here(viewer, nomination):
        return False
    waits = awards.has_yet_to_judge(viewer, nomination)
    handles = awards.handles(viewer, nomination) and not waits
    return owns(viewer, judgement) or handles or awards.sees_others(viewer, nomination)


# -- attribution -------------------------------------------------------------------------------------------------------


def sees_contribution(viewer: Person | None, row: Contribution) -> bool:
    if viewer is not None and (owns(viewer, row) or (is_here(viewer, row) and attribution.can_read(viewer, row))):
        return True
    profile = _profile(row.person)
    looking = directory.viewer_of(viewer) if viewer else directory.THE_PUBLIC
    return row.removed_at is None and profile is not None and directory.shows(row.shown_to, profile, looking)


def reads_document(viewer: Person | None, row: DocumentEdition) -> bool:
    if viewer is not None and is_here(viewer, row) and attribution.can_publish(viewer):
        return True
    asks = viewer if viewer is not None else AnonymousUserMixin()
    return row.stage == DocumentStage.PUBLISHED and attribution.can_read_document(asks, row.document)


# -- evidence and plan -------------------------------------------------------------------------------------------------


def reads_entry(viewer: Person | None, entry: Entry) -> bool:
    if not is_here(viewer, entry):
        return False
    session = object_session(entry)
    for_me = session.get(EntryPerson, (entry.id, viewer.id)) is not None
    placed = select(Action).join(Placement, Placement.action_id == Action.id)
    placed = placed.where(Placement.entry_id == entry.id, Placement.state == PlacementState.ACCEPTED)
    on_plan = any(plan.can_read_action(viewer, one) for one in session.scalars(placed))
    return evidence.can_read_ledger(viewer) or for_me or on_plan


def reads_item(viewer: Person | None, row: Any) -> bool:
    item = row if isinstance(row, Item) else row.item
    return is_here(viewer, item) and evidence.can_read_item(viewer, item) and item.is_usable


def reads_ledger(viewer: Person | None, row: Any) -> bool:
    return is_here(viewer, row) and evidence.can_read_ledger(viewer)


# -- the legend --------------------------------------------------------------------------------------------------------

RULES: dict[str, Reader] = {
    "open": is_open,
    "everybody here": is_here,
    "everybody once it opens": may_see_begun,
    "those who may know them": knows,
    "the people office": is_people_office,
    "the staff office": is_staff_office,
    "its owner": owns,
    "whose profile it was": said_it,
    "its owner and the lead": suggests,
    "its readers": is_told,
    "the post room": sorts_mail,
    "the lead": leads,
    "the gallery": reads_gallery,
    "the portrait": reads_portrait,
    "the case study": reads_study,
    "those in it": has_part_in_skills,
    "its host": hosts,
    "writer and mentor": drafts,
    "the pair": is_of_pair,
    "the matchmakers": matches,
    "applicant, panel, lead": reads_application,
    "applicant and lead": runs_application,
    "the panel, then the lead": knows_score,
    "the answer": has_answer,
    "nomination": reads_nomination,
    "as its owner shows it": sees_contribution,
    "readers of the document": reads_document,
    "the judges": judges,
    "the ledger": reads_entry,
    "who brought it": reads_item,
    "who reads the ledger": reads_ledger,
    "readers of the plan": reads_plan,
    "readers of the version": reads_version,
    "the owner and plan’s makers": hears_what_is_needed,
    "plan’s makers": makes_plan,
    "the pack": reads_piece,
    "the pack and those in it": reads_uses,
    "as what it belongs to": comes_with,
    "nobody": nobody,
}
BY_FIELD = "those they show it to"

WHOLES: tuple[tuple[Any, Any, Reader], ...] = (
    (Profile, Profile.photo_id, lambda viewer, profile: shown_by_owner(viewer, profile, "photograph")),
    (CostLine, CostLine.quote_id, reads_application),
    (Receipt, Receipt.file_id, lambda viewer, receipt: runs_application(viewer, receipt.claim)),
    (Journey, Journey.proof_id, registration.is_owner),
    (ItemVersion, ItemVersion.file_id, reads_item),
    (StaffImport, StaffImport.file_id, is_staff_office),
)


NAMED_IN: tuple[tuple[Any, Reader], ...] = (
    (Portrait.person_id, edits_gallery),
    (PrintedCard.person_id, edits_gallery),
    (Printing.printed_by_id, edits_gallery),
    (Request.asker_id, has_part_in_skills),
    (Offer.host_id, has_part_in_skills),
    (Meeting.host_id, has_part_in_skills),
    (Place.person_id, hosts),
    (SkillSuggestion.person_id, suggests),
    (ProfileEditor.person_id, lambda viewer, editor: owns(viewer, editor.profile)),
    (Mentor.person_id, is_here),
    (Mentoring.mentor_id, is_of_pair),
    (Mentoring.mentee_id, is_of_pair),
    (Journey.person_id, matches),
    (Application.applicant_id, reads_application),
    (Application.applicant_id, was_asked),
    (CoApplicant.person_id, reads_application),
    (Application.manager_id, reads_application),
    (Nomination.nominator_id, reads_nomination),
    (Nominee.person_id, lambda viewer, nominee: reads_nomination(viewer, nominee.nomination)),
    (Nominee.person_id, is_honoured),
    (Contribution.person_id, sees_contribution),
    (ReadReceipt.person_id, leads),
    (Action.owner_id, reads_plan),
    (ProgressNote.author_id, reads_plan),
    (PlanComment.author_id, is_named_with),
    (RagDecision.decided_by_id, reads_plan),
    (Reading.made_by_id, reads_plan),
    (Placement.decided_by_id, makes_plan),
)


class Readers:
    """Answers who may read a cell, from the register and the rows as they are now."""

    def __init__(self, register: dict[str, str]) -> None:
        self.rules = register
        self.models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
        self.again()

    def again(self) -> None:
        """Read the rows afresh: something was done to them."""
        self.known: dict[tuple[int | None, Cell], bool] = {}
        self.rows: dict[tuple[Any, Any], Any] = {}
        self.session = Session(db.session.connection(), join_transaction_mode="rollback_only")
        event.listen(self.session, "do_orm_execute", _load_when_asked)

    def may(self, viewer_id: int | None, cell: Cell) -> bool:
        if (viewer_id, cell) not in self.known:
            self.known[viewer_id, cell] = self._judged(viewer_id, cell)
        return self.known[viewer_id, cell]

    def _judged(self, viewer_id: int | None, cell: Cell) -> bool:
        rule = self.rules[cell.column]
        if rule in {"open", "nobody"}:
            return rule == "open"
        row = self._row(self.models[cell.column.split(".")[0]], cell.key)
        viewer = self._row(Person, (viewer_id,)) if viewer_id else None
        if rule == BY_FIELD:
            return shown_by_owner(viewer, row, FIELD_OF[cell.column.split(".")[1]])
        return RULES[rule](viewer, row)

    def _row(self, model: Any, key: Any) -> Any:
        if (model, key) not in self.rows:
            self.rows[model, key] = self.session.get(model, key)
        return self.rows[model, key]


def _load_when_asked(state: ORMExecuteState) -> None:
    """The rules may follow any relation: here nobody minds a statement more."""
    if state.is_select and not state.is_column_load:
        state.statement = state.statement.options(lazyload("*"))
