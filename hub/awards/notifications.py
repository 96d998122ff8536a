"""Who is told what about the awards."""

from hub.accounts.models import Person
from hub.awards.models import Cycle, Nomination, Nominee, Outcome
from hub.core.links import path_to
from hub.core.words import day
from hub.notifications.kinds import register
from hub.notifications.services import tell

GROUP = "Awards"

register("awards.nominated", GROUP, "Somebody nominates you and asks whether you agree")
register("awards.answered", GROUP, "Your nominee answers")
register("awards.judging", GROUP, "Nominations wait for you to judge them")
register("awards.announced", GROUP, "The result of a nomination is announced")
register("awards.decided", GROUP, "A cycle that you run is decided", urgent=False)


def nominated(nomination: Nomination, nominee: Nominee) -> None:
    tell(
        nominee.person,
        "awards.nominated",
        title=f"{nomination.nominator.name} has nominated you: {nomination.category.name}",
        body="Read what was written and say whether you agree, and whether you may be named. Both are yours to decide.",
        path=path_to("awards.consent", nomination_id=nomination.id),
        due_at=nomination.cycle.closes_at,
    )


def accepted(nomination: Nomination) -> None:
    _to_nominator(nomination, f"{nomination.names} will be considered: {nomination.category.name}")


def declined(nomination: Nomination) -> None:
    _to_nominator(
        nomination,
        f"Your nomination will not go forward: {nomination.category.name}",
        "The person you nominated would rather not. They were glad to be thought of; no reason is asked for.",
    )


def _to_nominator(nomination: Nomination, title: str, body: str = "") -> None:
    if any(nominee.person_id == nomination.nominator_id for nominee in nomination.nominees):
        return
    tell(
        nomination.nominator,
        "awards.answered",
        title=title,
        body=body,
        path=path_to("awards.nomination", nomination_id=nomination.id),
    )


def please_judge(cycle: Cycle, person: Person) -> None:
    tell(
        person,
        "awards.judging",
        title=f"{cycle.name}: the nominations are ready to be judged",
        body=f"Give your scores by {day(cycle.judging_until)}.",
        path=path_to("awards.judging", cycle_id=cycle.id),
        due_at=cycle.judging_until,
        dedupe=f"awards.judging:{cycle.id}:{cycle.judging_until.date()}",
    )


def acts_as_chair(cycle: Cycle, person: Person) -> None:
    tell(
        person,
        "awards.judging",
        title=f"{cycle.name}: you act as chair",
        body="Decide what the chair is too close to.",
        path=path_to("awards.decisions", cycle_id=cycle.id),
    )


def decided(cycle: Cycle, lead: Person) -> None:
    tell(
        lead,
        "awards.decided",
        title=f"{cycle.name}: everything is decided",
        body="You can announce it whenever you like. Until then nobody else is told.",
        path=path_to("awards.cycle", cycle_id=cycle.id),
    )


def announced(nomination: Nomination) -> None:
    """Everybody it is about, and who wrote it: each once, kindly, with what the judges said."""
    told = {nominee.person.id: nominee.person for nominee in nomination.named}
    told.setdefault(nomination.nominator.id, nomination.nominator)
    for person in told.values():
        tell(
            person,
            "awards.announced",
            title=_news(nomination),
            body=nomination.feedback,
            path=path_to("awards.nomination", nomination_id=nomination.id),
        )


def _news(nomination: Nomination) -> str:
    award = f"{nomination.category.name}, {nomination.cycle.name}"
    if nomination.outcome == Outcome.WINNER:
        return f"{nomination.names} won: {award}"
    if nomination.outcome == Outcome.HIGHLY_COMMENDED:
        return f"{nomination.names} highly commended: {award}"
    return f"Not selected this time, and well worth reading: {award}"
