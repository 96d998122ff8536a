"""What the directory puts on “my tasks”, and where each is done."""

from hub.core.tasks import TaskKind

KINDS = {
    "directory.confirm": TaskKind("directory.edit_profile", "profile", "Confirm that"),
    "directory.suggestion": TaskKind("directory.accept_suggestion", "suggestion_id", "Answer the suggestion"),
}
