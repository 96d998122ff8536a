"""What of the fund can wait for somebody, and where it is done."""

from hub.core.tasks import TaskKind

KINDS = {
    "fund.draft": TaskKind("fund.application", "application_id", "Finish your application for"),
    "fund.join": TaskKind("fund.join", "co_applicant_id", "Apply together for"),
    "fund.accept": TaskKind("fund.application", "application_id", "Accept your award for"),
    "fund.claim": TaskKind("fund.claim", "application_id", "Claim what you spent on"),
    "fund.report": TaskKind("fund.report", "application_id", "Write what came of"),
    "fund.follow_up": TaskKind("fund.follow_up", "follow_up_id", "Say what is different since"),
    "fund.statement": TaskKind("fund.statement", "application_id", "Write your statement for"),
    "fund.name_manager": TaskKind("fund.name_manager", "application_id", "Name a manager for"),
    "fund.settle": TaskKind("fund.settle", "claim_id", "Settle the claim for"),
    "fund.read_report": TaskKind("fund.read_report", "application_id", "Read the report on"),
    "fund.award": TaskKind("fund.award", "application_id", "Money is back. Award from the reserve list:"),
    "fund.panel": TaskKind("fund.panel", "round_id", "Score the applications of"),
    "fund.manage_round": TaskKind("fund.manage_round", "round_id", "Release the decisions of"),
}
