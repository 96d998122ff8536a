"""How an application moves: through its workflow, with the step noted."""

from typing import Any

from blinker import NamedSignal

from hub.core.db import db, lock
from hub.fund.models import Application, ApplicationStep
from hub.fund.workflow import APPLICATION


def hold_still(application: Application) -> None:
    """Let nobody else move it or settle a claim until this transaction ends, and see all as they are now."""
    lock(application)
    db.session.refresh(application, ["stage"])
    for claim in application.claims:
        db.session.refresh(claim, ["stage", "approved_at"])


def announce(fact: NamedSignal, application: Application, *, actor: Any) -> None:
    """Tell the rest of the hub, unless it was a test."""
    if not application.round.is_test:
        fact.send(application, actor=actor)


def move(application: Application, name: str, *, actor: Any, note: str = "") -> None:
    """Make the move and keep when, by whom, and what was said to the applicant."""
    APPLICATION.make(application, name, actor=actor)
    db.session.add(
        ApplicationStep(
            application_id=application.id,
            stage=application.stage,
            at=application.stage_since,
            by_id=getattr(actor, "id", None),
            note=note,
        )
    )
    db.session.flush()
