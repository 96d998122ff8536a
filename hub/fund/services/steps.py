"""How an application moves: through its workflow, with the step noted."""

from typing import Any

from hub.core.db import db
from hub.fund.models import Application, ApplicationStep
from hub.fund.workflow import APPLICATION


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
