"""Where the tasks of this feature are done."""

from hub.core.tasks import TaskKind

KINDS = {"plan.milestone": TaskKind("plan.action", "action_id", "Say whether this is met:")}
