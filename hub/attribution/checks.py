"""What must always hold of contributions and documents."""

from sqlalchemy import exists, func, select

from hub.attribution.models import Contribution, ContributionRole, DocumentEdition, DocumentStage, ReadReceipt
from hub.core.db import db
from hub.core.invariants import Invariants


def _two_in_force() -> list[str]:
    ids = db.session.scalars(
        select(DocumentEdition.document_id)
        .where(DocumentEdition.stage == DocumentStage.PUBLISHED)
        .group_by(DocumentEdition.document_id)
        .having(func.count() > 1)
        .order_by(DocumentEdition.document_id)
    )
    return [f"document {one} has two versions in force" for one in ids]


def _read_before_published() -> list[str]:
    ids = db.session.scalars(
        select(ReadReceipt.id)
        .join(ReadReceipt.edition)
        .where(DocumentEdition.stage == DocumentStage.DRAFT)
        .order_by(ReadReceipt.id)
    )
    return [f"receipt {one} is for a draft" for one in ids]


def _without_role() -> list[str]:
    has_role = exists().where(ContributionRole.contribution_id == Contribution.id)
    ids = db.session.scalars(select(Contribution.id).where(~has_role).order_by(Contribution.id))
    return [f"contribution {one} has no role" for one in ids]


INVARIANTS: Invariants = {
    "attribution.one-version-in-force": _two_in_force,
    "attribution.drafts-are-read-by-nobody": _read_before_published,
    "attribution.contributions-have-a-role": _without_role,
}
