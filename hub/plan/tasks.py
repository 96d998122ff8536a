"""Where the tasks of this feature are done."""

from hub.core.tasks import TaskKind

KINDS = {
    "plan.milestone": TaskKind("plan.action", "action_id", "Say whether this is met:"),
    "plan.check_in": TaskKind("plan.add_note", "action_id", "Say how this goes:"),
    "plan.consulted": TaskKind("plan.tracker", "plan_id", "Say what you think of the wording of"),
    "plan.silent": TaskKind("plan.check_ins", "plan_id", "Ask how it goes with"),
    "plan.acknowledge": TaskKind("plan.check_ins", "plan_id", "Answer"),
}
