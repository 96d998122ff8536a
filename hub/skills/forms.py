"""What people fill in to ask, offer, arrange and confirm."""

from collections.abc import Iterable
from typing import Any

from flask_login import current_user
from wtforms import BooleanField

from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, line, moment, number, prose
from hub.skills import queries
from hub.skills.models import Kind, Place, Request, Session

KINDS = Kind.choices()


def _vocabulary() -> dict[str, str]:
    return queries.skill_names(current_user.institution_id)


class AskForm(HubForm):
    """Ask everybody who can teach a skill."""

    what = line(
        "What would you like to learn or have help with?",
        "Say in a few words what it is about",
        description="One line, as you would say it in the corridor",
    )
    skill = choice("Which skill is it?", _vocabulary, "Choose the skill that is nearest")
    kind = choice("What would help most?", KINDS, "Choose what would help most", radio=True)
    when_suits = line("When does it suit you?", description="Such as: Tuesdays and Thursdays before noon")
    expires_on = day(
        "Until when is this useful?",
        description="The request closes after that day. You are told a week before.",
        required="Choose the last day on which an answer helps you",
        earliest=today,
    )


class AskPersonForm(AskForm):
    """Ask one colleague by name: the skill may stay open."""

    skill = choice("Which skill is it?", _vocabulary, blank="None of these")


class AnswerForm(HubForm):
    summary = line(
        "What can you offer?",
        "Say in a sentence what you can offer",
        description="Such as: I can show you on our cryostat, half an hour, any Wednesday",
    )


class OfferForm(HubForm):
    skill = choice("Which skill can you share?", _vocabulary, "Choose the skill that is nearest")
    kind = choice("How would you share it?", KINDS, "Choose how you would share it", radio=True)
    summary = line(
        "In one line, what would a colleague learn?",
        "Say in one line what a colleague would learn",
        description="Such as: Set up a confocal stack and know when the laser is too strong",
    )
    minutes = number("How long does it take, in minutes?", "Enter how long it takes", least=10, most=2400)
    capacity = number("For how many at once?", "Enter how many can come at once", least=1, most=500)
    prerequisites = line("What must they know or have done first?")
    expires_on = day(
        "Until when does the offer stand?",
        description="Leave it empty and it stands until you withdraw it",
        earliest=today,
    )


class SessionForm(HubForm):
    """Where and when, for how many, under which conditions."""

    def values(self) -> dict[str, Any]:
        """What the services take, by their names."""
        return {field.name: "" if field.data is None else field.data for field in self if field.name != "csrf_token"}

    place = line("Where?", "Say where you meet", description="Room and building")
    starts_at = moment("When does it start?", "Choose a day and a time")
    minutes = number("How long, in minutes?", "Enter how long it takes", least=10, most=2400)
    capacity = number("How many places?", "Enter how many places there are", least=1, most=500)
    prerequisites = line("What must people know or have done first?")
    risk_assessment = line(
        "Which risk assessment covers it?", description="Its reference, if the work needs one", most=80
    )


class ScheduleForm(SessionForm):
    title = line("What do you call the session?", "Give the session a title", most=120)
    needs_approval = BooleanField("My line manager has to agree before others can book")


class CancelForm(HubForm):
    because = line("Why is it cancelled?", "Say in a line why: everybody with a place reads it")


class DeliverForm(HubForm):
    attended = choices("Who came?", [], description="Each of them is asked to confirm it")

    def offer(self, places: Iterable[Place]) -> None:
        """Let the host tick those who were booked; everybody is ticked to begin with."""
        booked = [(str(place.person_id), place.person.name) for place in places]
        self.attended.choices = booked
        if not self.is_submitted():
            self.attended.data = [person_id for person_id, _ in booked]


class ConfirmForm(HubForm):
    was_there = choice(
        "Were you there?",
        {"yes": "Yes, I was there", "no": "No, I was not"},
        "Say whether you were there",
        radio=True,
    )
    feedback = prose("A line to your host", description="Only your host reads it", words=100)
    add_to_profile = BooleanField("Add this skill to my profile as one that I am learning")


def offer_defaults(offer: Any) -> dict[str, Any]:
    """What a session takes from its offer until the host says otherwise."""
    asked: Request | None = offer.request
    return {
        "title": asked.what[:120] if asked else offer.summary[:120],
        "minutes": 20 if asked and asked.kind == "advice" else offer.minutes,
        "capacity": offer.capacity,
        "prerequisites": offer.prerequisites,
    }


def session_values(session: Session) -> dict[str, Any]:
    names = ("place", "starts_at", "minutes", "capacity", "prerequisites", "risk_assessment")
    return {name: getattr(session, name) for name in names}
