"""What is expected of a plan that was read, action by action, to the last date."""

from hub.plan.importing import as_json

EMPTY = {
    "details": "", "impact": "", "owner": "", "start": None, "due": None, "rag": None, "progress": "",
    "milestones": [], "targets": [], "guesses": [],
}  # fmt: skip


def action(ref, themes, objective, **others):
    return {"ref": ref, "themes": themes.split(), "objective": objective, **EMPTY, **others}


def told(read):
    """Everything that was understood of each action, and what of it was guessed."""
    return [
        printed
        | {
            "milestones": [(each["text"], each["due"]) for each in printed["milestones"]],
            "targets": [(each["value"], each["due"], each["text"]) for each in printed["targets"]],
            "guesses": draft.guesses,
        }
        for printed, draft in zip(as_json(read)["actions"], read.actions, strict=True)
    ]


def left_over(read):
    """What is said to be left out or odd, and the columns that nobody understood."""
    return [*read.warnings, *(column.heading for column in read.columns if not column.meaning)]
