"""Who is told what about registration and mentoring."""

from hub.accounts.models import Person
from hub.core.clock import at_london
from hub.core.links import path_to
from hub.core.words import day
from hub.notifications.kinds import register
from hub.notifications.services import tell
from hub.registration.models import Comment, Journey, Mentoring, Statement

GROUP = "Registration and mentoring"

register("registration.proposed", GROUP, "somebody asks you to be their mentor, or a mentor is proposed to you")
register("registration.agreed", GROUP, "a pairing is agreed")
register("registration.declined", GROUP, "a pairing does not come about, or ends")
register("registration.nudge", GROUP, "you and your mentor or mentee have not met for some time", urgent=False)
register("registration.comment", GROUP, "somebody comments on a draft")
register("registration.review", GROUP, "your mentee asks for a last read, or your mentor has read")
register("registration.support", GROUP, "somebody asks you to be their supporter, or a supporter answers")
register("registration.renewal", GROUP, "a registration of yours must be renewed")


def proposed(mentoring: Mentoring, to: Person) -> None:
    other = mentoring.mentee if to.id == mentoring.mentor_id else mentoring.mentor
    asks = "asks you to be their mentor" if to.id == mentoring.mentor_id else "could be your mentor"
    tell(
        to,
        "registration.proposed",
        title=f"{other.name} {asks}",
        body="Say yes, or no with a reason. Either is fine.",
        path=_pairing(mentoring),
    )


def agreed(mentoring: Mentoring, *, actor: Person) -> None:
    for person, other in _both(mentoring):
        if person.id != actor.id:
            tell(
                person,
                "registration.agreed",
                title=f"You and {other.name} are a pair",
                body="Next: agree on goals, how often you meet and how.",
                path=_pairing(mentoring),
            )


def declined(mentoring: Mentoring, *, actor: Person) -> None:
    for person, other in _both(mentoring):
        if person.id != actor.id:
            tell(
                person,
                "registration.declined",
                title=f"{other.name} cannot take this on",
                body="No fault of yours. You can ask somebody else at any time.",
                path=_pairing(mentoring),
            )


def closed(mentoring: Mentoring, *, actor: Person) -> None:
    for person, other in _both(mentoring):
        if person.id != actor.id:
            tell(
                person,
                "registration.declined",
                title=f"Your mentoring with {other.name} has closed",
                body="Without fault, as you agreed at the start.",
                path=_pairing(mentoring),
            )


def silent(mentoring: Mentoring) -> None:
    for person, other in _both(mentoring):
        tell(
            person,
            "registration.nudge",
            title=f"You and {other.name} have not met for six weeks",
            body="Ten minutes are enough to set the next step. Or pause, so that nobody waits.",
            path=_pairing(mentoring),
        )


def commented(statement: Statement, comment: Comment, to: Person) -> None:
    tell(
        to,
        "registration.comment",
        title=f"{comment.author.name} commented on area {statement.area}",
        path=path_to("registration.area", journey_id=statement.journey_id, area=statement.area),
    )


def review_wanted(journey: Journey, mentor: Person) -> None:
    tell(
        mentor,
        "registration.review",
        title=f"{journey.person.name} asks for a last read before sending",
        body=f"All areas for {journey.register_name} are written.",
        path=_journey(journey),
    )


def reviewed(journey: Journey, *, ready: bool) -> None:
    tell(
        journey.person,
        "registration.review",
        title="Your mentor calls your drafts ready" if ready else "Your mentor sent your drafts back with comments",
        body="Next: paste them into the body’s own form." if ready else "",
        path=_journey(journey),
    )


def support_wanted(journey: Journey, supporter: Person) -> None:
    tell(
        supporter,
        "registration.support",
        title=f"{journey.person.name} asks you to be their supporter for {journey.register_name}",
        body="The professional body will ask you for a paragraph about each area.",
        path=path_to("registration.support", journey_id=journey.id),
    )


def support_answered(journey: Journey, supporter: Person, *, agreed: bool) -> None:
    tell(
        journey.person,
        "registration.support",
        title=f"{supporter.name} {'is your supporter' if agreed else 'cannot be your supporter'}",
        body="" if agreed else "Name somebody else when you are ready.",
        path=_journey(journey),
    )


def renewal_near(journey: Journey, days: int) -> None:
    if journey.renewal_on is None:
        return
    tell(
        journey.person,
        "registration.renewal",
        title=f"Renew {journey.register_name} by {day(journey.renewal_on)}",
        body="Pay the body and bring your development record up to date; then tell the hub the new date.",
        path=path_to("registration.renew", journey_id=journey.id),
        due_at=at_london(journey.renewal_on),
        dedupe=f"registration.renewal:{journey.id}:{journey.renewal_on}:{days}",
    )


def _both(mentoring: Mentoring) -> tuple[tuple[Person, Person], tuple[Person, Person]]:
    return (mentoring.mentor, mentoring.mentee), (mentoring.mentee, mentoring.mentor)


def _pairing(mentoring: Mentoring) -> str:
    return path_to("registration.pairing", mentoring_id=mentoring.id)


def _journey(journey: Journey) -> str:
    return path_to("registration.journey", journey_id=journey.id)
