"""A plan file on its way: read, shown, corrected, and only then stored."""

from typing import Any

from hub.accounts.models import Person
from hub.core.db import db
from hub.plan.importing import ActionDraft, Preview, as_json, preview, preview_text
from hub.plan.models import PlanImport


def read_file(content: bytes, name: str, *, actor: Person) -> PlanImport:
    """Read a file and keep what was understood, for *actor* to correct.

    :raises UnreadableFile: in one sentence, if no plan can be read from it
    """
    return _keep(preview(content, name), name, actor)


def read_text(text: str, *, actor: Person) -> PlanImport:
    """The same for a pasted table.

    :raises UnreadableFile: if no plan can be read from it
    """
    return _keep(preview_text(text), "Pasted table", actor)


def _keep(found: Preview, name: str, actor: Person) -> PlanImport:
    shown = as_json(found)
    drafts = zip(shown["actions"], found.actions, strict=True)
    shown["actions"] = [action | _ours(draft) | _whereabouts(draft) for action, draft in drafts]
    columns = [{"heading": c.heading, "meaning": c.meaning, "table": c.table} for c in found.columns]
    read = PlanImport(
        institution_id=actor.institution_id,
        owner_id=actor.id,
        file_name=name[-120:],
        preview=shown | {"columns": columns},
    )
    db.session.add(read)
    db.session.flush()
    return read


def _ours(draft: ActionDraft) -> dict[str, Any]:
    """The columns of an action that hardly any file has."""
    return {
        "delivery": draft.delivery,
        "working_group": draft.working_group,
        "resource": draft.resource,
        "measures": list(draft.measures),
    }


def _whereabouts(draft: ActionDraft) -> dict[str, Any]:
    return {"source": draft.source, "guesses": list(draft.guesses)}


def correct(read: PlanImport, index: int, *, actor: Person, **fields: Any) -> None:  # noqa: ARG001
    """Change what one draft says; *fields* are those of a draft as JSON. What a person has seen is no guess."""
    actions = [dict(a) for a in read.preview["actions"]]
    actions[index] |= fields | {"guesses": []}
    read.preview = read.preview | {"actions": actions}
    db.session.flush()


def leave_out(read: PlanImport, index: int, *, actor: Person) -> None:  # noqa: ARG001
    """Take one draft out of what will be stored."""
    actions = list(read.preview["actions"])
    del actions[index]
    read.preview = read.preview | {"actions": actions}
    db.session.flush()
