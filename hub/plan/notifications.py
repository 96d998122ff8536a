"""Who is told what about the plan."""

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core.clock import today
from hub.core.links import path_to
from hub.core.words import counted
from hub.notifications.kinds import register
from hub.notifications.queries import was_told
from hub.notifications.services import tell
from hub.plan.models import PlanComment, ProgressNote, Verdict

GROUP = "The action plan"

register("plan.answered", GROUP, "What you said about the plan’s wording is answered")
register("plan.say_how_it_goes", GROUP, "Nothing was heard of an action of yours for five weeks", urgent=False)
register("plan.decision_wanted", GROUP, "Somebody who sees to an action wants a decision")
register("plan.acknowledged", GROUP, "The lead has answered what you said about an action", urgent=False)

BECAME = {Verdict.CHANGED: "The wording was changed", Verdict.UNCHANGED: "The wording stays as it is"}


def answered(comment: PlanComment) -> None:
    tell(
        comment.author,
        "plan.answered",
        title=f"What you said about “{comment.action.objective}” is answered",
        body=f"{BECAME[comment.verdict]}: {comment.answer}" if comment.verdict else "",
        path=path_to("plan.comments", action_id=comment.action_id),
    )


def say_how_it_goes(owner: Person, n: int) -> bool:
    """One notice a week, however many actions: they stand among the owner’s tasks. Whether it was not told before."""
    year, week, _ = today().isocalendar()
    once = f"plan.say_how_it_goes:{year}-{week}"
    if was_told(owner, once):
        return False
    tell(
        owner,
        "plan.say_how_it_goes",
        title=f"Say how it goes: {counted(n, 'action')} of yours in the plan",
        body="Nothing was heard for five weeks. A word and a sentence are enough.",
        path=path_to("pages.my_hub"),
        dedupe=once,
    )
    return True


def decision_wanted(note: ProgressNote, *, actor: Person) -> None:
    for lead in accounts.holders(note.action.institution_id, Role.LEAD, Role.DEPUTY_LEAD):
        if lead.id != actor.id:
            tell(
                lead,
                "plan.decision_wanted",
                title=f"A decision is wanted on “{note.action.objective}”",
                body=note.needed,
                path=path_to("plan.acknowledge", note_id=note.id),
            )


def acknowledged(note: ProgressNote, author: Person) -> None:
    tell(
        author,
        "plan.acknowledged",
        title=f"The lead has read what you said about “{note.action.objective}”",
        body=note.answer,
        path=path_to("plan.action", action_id=note.action_id),
    )
