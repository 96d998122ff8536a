"""Where a journey stands, in words: its stations, its areas, and the one next step. Pure: no query, no request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hub.registration import registers
from hub.registration.models import Journey
from hub.registration.registers import Area, Register
from hub.registration.stages import Stage

WORDS = {
    Stage.INTERESTED: "Interested",
    Stage.REGISTER_CHOSEN: "Register chosen",
    Stage.MENTOR_MATCHED: "Mentor found",
    Stage.EVIDENCE_DRAFTING: "Writing",
    Stage.SUPPORTER_CONFIRMED: "Supporter agreed",
    Stage.INTERNAL_REVIEW: "With the mentor",
    Stage.SUBMITTED: "Sent to the body",
    Stage.UNDER_ASSESSMENT: "Under assessment",
    Stage.CLARIFICATION: "The body asks",
    Stage.AWARDED: "Awarded",
    Stage.NOT_YET: "Not yet",
    Stage.WITHDRAWN: "Stopped",
    Stage.REGISTERED: "Registered",
    Stage.RENEWAL_DUE: "Renewal due",
    Stage.LAPSED: "Lapsed",
}

STATIONS = (
    ("Choose a register", Stage.INTERESTED),
    ("Find a mentor", Stage.REGISTER_CHOSEN),
    ("Write about each area", Stage.MENTOR_MATCHED),
    ("Name a supporter", Stage.EVIDENCE_DRAFTING),
    ("Send the body’s form", Stage.SUPPORTER_CONFIRMED),
    ("The body decides", Stage.SUBMITTED),
    ("Use the letters", Stage.AWARDED),
)
_REACHED = {
    Stage.INTERESTED: 0,
    Stage.REGISTER_CHOSEN: 1,
    Stage.MENTOR_MATCHED: 2,
    Stage.SUPPORTER_CONFIRMED: 4,
    Stage.INTERNAL_REVIEW: 4,
    Stage.SUBMITTED: 5,
    Stage.UNDER_ASSESSMENT: 5,
    Stage.CLARIFICATION: 5,
    Stage.NOT_YET: 5,
    Stage.AWARDED: 6,
    Stage.REGISTERED: 7,
    Stage.RENEWAL_DUE: 7,
    Stage.LAPSED: 7,
    Stage.WITHDRAWN: 0,
}


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next: where, and until when."""

    title: str
    text: str
    action: str
    endpoint: str
    area: str | None = None
    due: date | None = None

    def address(self, journey: Journey) -> dict[str, Any]:
        """What the endpoint needs to be built."""
        if self.endpoint in {"registration.find_mentor", "registration.start"}:
            return {}
        return {"journey_id": journey.id} | ({"area": self.area} if self.area else {})


class AreaStand(NamedTuple):
    """How far one area is. *state* as in the task list: done, started, todo, blocked (too long)."""

    area: Area
    words: int
    comments: int
    state: str

    @property
    def fits(self) -> bool:
        return 0 < self.words <= self.area.words

    @property
    def note(self) -> str:
        if self.words > self.area.words:
            return f"{self.words - self.area.words} words too many"
        talk = f", {self.comments} comment{'s' if self.comments != 1 else ''}" if self.comments else ""
        return f"{self.words} of {self.area.words} words{talk}" if self.words else self.area.asks


def register_for(journey: Journey) -> Register | None:
    return registers.register_of(journey.register)


def areas(journey: Journey) -> list[AreaStand]:
    """Every area of the framework that the journey began with, none if it was written elsewhere."""
    register = register_for(journey)
    if register is None or not journey.statements:
        return []
    drafts = {one.area: one for one in journey.statements}
    found = []
    for area in register.framework_of(journey.framework).areas:
        draft = drafts.get(area.code)
        words = draft.words if draft else 0
        state = "todo" if not words else "done" if 40 <= words <= area.words else "started"
        found.append(AreaStand(area, words, len(draft.comments) if draft else 0, state))
    return found


def first_open(journey: Journey) -> str | None:
    """The first area without words, or with too many."""
    register = register_for(journey)
    if register is None:
        return None
    drafts = {one.area: one.words for one in journey.statements}
    codes = (a.code for a in register.framework_of(journey.framework).areas if not 0 < drafts.get(a.code, 0) <= a.words)
    return next(codes, None)


def stations(journey: Journey) -> list[tuple[str, str, str]]:
    """The way as (text, note, done|now|ahead)."""
    at = _REACHED.get(journey.stage, 2)
    if journey.stage == Stage.EVIDENCE_DRAFTING:
        at = 2 if first_open(journey) else 3
    return [
        (text, _note(journey, n) if n <= at else "", "done" if n < at else "now" if n == at else "ahead")
        for n, (text, _) in enumerate(STATIONS)
    ]


def _note(journey: Journey, station: int) -> str:
    if station == 0 and journey.register:
        body = registers.bodies().get(journey.body or "", "")
        return f"{journey.register_name}{', ' + body if body else ''}"
    if station == 1 and journey.mentoring is not None:
        return journey.mentoring.mentor.name
    if station == 3 and journey.supporter_name:
        return journey.supporter_name if journey.supporter_agreed_at else f"{journey.supporter_name} is asked"
    return ""


def next_step(journey: Journey) -> Step:
    return _STEPS[journey.stage](journey)


def _writing(journey: Journey) -> Step:
    code = first_open(journey)
    if code:
        began = any(one.words for one in journey.statements)
        return Step(
            f"Write area {code}",
            "Ten minutes are enough for a first sketch: what did you do, and how do you know that it worked?",
            "Go on writing" if began else "Begin to write",
            "registration.area",
            code,
        )
    if journey.supporter_id is not None:
        return Step(
            f"{journey.supporter_name} has not answered yet",
            "They were asked to be your supporter. You can name somebody else.",
            "See who is asked",
            "registration.supporter",
        )
    return Step(
        "Name your supporter",
        "Your line manager or a senior colleague, who tells the body that your drafts are true. Not your mentor.",
        "Name a supporter",
        "registration.supporter",
    )


def _sending(journey: Journey) -> Step:
    if first_open(journey):
        return _writing(journey)
    if journey.stage == Stage.INTERNAL_REVIEW and journey.reviewed_at is None:
        mentor = journey.mentoring.mentor.first_name if journey.mentoring else "Your mentor"
        return Step(
            f"{mentor} is reading your drafts",
            "You are told as soon as they are back. You can also take them back, or send the form now.",
            "Take your drafts with you",
            "registration.drafts",
        )
    return Step(
        "Everything is written: send the body’s form",
        "The hub cannot send it for you. Take your drafts along, paste them into the form, then tell the hub the day.",
        "Take your drafts and send",
        "registration.submit",
    )


def _waiting(journey: Journey) -> Step:
    register = register_for(journey)
    return Step(
        "The body is reading your application",
        f"It usually takes: {register.weeks.lower() if register else 'some weeks'}.",
        "Tell the hub what it decided",
        "registration.decision",
    )


def _held(journey: Journey) -> Step:
    due = journey.stage == Stage.RENEWAL_DUE
    return Step(
        f"Renew {journey.register_name}" if due else f"You may write {journey.register_name} after your name",
        "Pay the body and bring your development record up to date." if due else f"Your number is {journey.number}.",
        "I have renewed" if due else "See your registration",
        "registration.renew" if due else "registration.journey",
        due=journey.renewal_on if due else None,
    )


def _always(title: str, text: str, action: str, endpoint: str) -> Callable[[Journey], Step]:
    return lambda _journey: Step(title, text, action, endpoint)


_STEPS: dict[Any, Callable[[Journey], Step]] = {
    Stage.INTERESTED: _always(
        "Choose your register",
        "Three questions narrow it down, and you can change it later.",
        "Choose a register",
        "registration.choose_register",
    ),
    Stage.REGISTER_CHOSEN: _always(
        "Find a mentor who has been there",
        "It works best with somebody who has done it. You can also begin to write at once.",
        "Find a mentor",
        "registration.find_mentor",
    ),
    Stage.MENTOR_MATCHED: _writing,
    Stage.EVIDENCE_DRAFTING: _writing,
    Stage.SUPPORTER_CONFIRMED: _sending,
    Stage.INTERNAL_REVIEW: _sending,
    Stage.SUBMITTED: _waiting,
    Stage.UNDER_ASSESSMENT: _waiting,
    Stage.CLARIFICATION: _always(
        "The body asks for more",
        "Mend your drafts, answer the body, then tell the hub that you have.",
        "Go to your drafts",
        "registration.journey",
    ),
    Stage.AWARDED: _always(
        "Enter your registration number",
        "The letters are yours once it has arrived. The first-year fee can then be claimed back.",
        "Enter the number",
        "registration.enter_number",
    ),
    Stage.NOT_YET: _always(
        "Not this time",
        "Read the feedback with your mentor. Your drafts are all here, and a second try is common.",
        "See your journey",
        "registration.journey",
    ),
    Stage.WITHDRAWN: _always(
        "This journey is stopped", "You can begin again at any time.", "Begin again", "registration.start"
    ),
    Stage.REGISTERED: _held,
    Stage.RENEWAL_DUE: _held,
    Stage.LAPSED: _always(
        "This registration has lapsed", "You can apply again.", "Begin a new journey", "registration.start"
    ),
}
