"""What of the awards can wait for somebody, and where it is done."""

from hub.core.tasks import TaskKind

KINDS = {
    "awards.consent": TaskKind("awards.consent", "nomination_id", "Say whether you agree to be nominated for"),
    "awards.nominate": TaskKind("awards.nominate", "nomination_id", "Finish your nomination for"),
    "awards.judging": TaskKind("awards.judging", "cycle_id", "Judge the nominations of"),
}
