"""What technicians, mentors and leads type about registration and mentoring."""

from datetime import timedelta
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField

from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, email, line, money, number, prose
from hub.registration import registers as known
from hub.registration.stages import Outcome, Reason

REASONS = {
    Reason.NO_TIME: "I have no time at present",
    Reason.NOT_MY_FIELD: "It is not my field",
    Reason.SOMEONE_BETTER: "Somebody else would help better",
    Reason.TOO_CLOSE: "We work too closely together",
    Reason.OTHER: "Another reason",
}
OUTCOMES = {
    Outcome.REGISTERED: "Registered",
    Outcome.SUBMITTED: "The form has been sent",
    Outcome.STILL_DRAFTING: "Goes on writing without a mentor",
    Outcome.NEW_MENTOR: "Will look for another mentor",
    Outcome.STOPPED: "The journey stopped",
}
LANGUAGES = {
    "cymraeg": "Cymraeg",
    "gaeilge": "Gaeilge",
    "gaidhlig": "Gàidhlig",
    "bsl": "British Sign Language",
    "polski": "Polski",
    "espanol": "Español",
    "urdu": "Urdu",
    "mandarin": "Mandarin",
}
FREQUENCIES = {
    "weekly": "Every week",
    "fortnightly": "Every two weeks",
    "monthly": "Every month",
    "as needed": "When one of us asks",
}
CHANNELS = {"in person": "In person", "video": "By video", "both": "Both", "in writing": "In writing"}
SCALE = {"1": "1, not at all", "2": "2", "3": "3", "4": "4", "5": "5, very much"}


class RegisterForm(HubForm):
    """Which register, and through which body."""

    register = choice("Which letters are you working towards?", known.letters, "Choose a register")
    body = choice(
        "Which body would award them?",
        known.bodies,
        blank="I do not know yet",
        description="Only bodies that are licensed for the register can award it",
    )


class EarlierForm(RegisterForm):
    """A registration from before the hub."""

    number = line("Your number on the public register", "Enter your number", most=40)
    registered_on = day(
        "Since when are you registered?", "Enter the day", earliest=lambda: today() - timedelta(days=20000)
    )
    renewal_on = day("When is the next renewal?", description="Leave it empty and the hub reckons with a year")

    def values(self) -> dict[str, Any]:
        """What the service takes, by its names."""
        return {f.name: f.data for f in self if f.name != "csrf_token"}


class StatementForm(HubForm):
    text = prose("Your draft", "Write a few words before you save")


class CommentForm(HubForm):
    comment = prose("Your comment", "Write your comment", words=400)


class SupporterForm(HubForm):
    """Somebody in the hub by e-mail address, or somebody outside."""

    name = line("Their name", "Enter their name", most=120)
    email = email("Their e-mail address", description="If they are in the hub, they are asked here")
    agreed = BooleanField("They have agreed that the body may write to them")


class SupportForm(HubForm):
    answer = choice(
        "Will you vouch for them?",
        {"yes": "Yes, I will be the supporter", "no": "No, I cannot"},
        "Choose yes or no",
        radio=True,
    )


class SubmitForm(HubForm):
    submitted_on = day("On which day did you send the form?", "Enter the day")


class DecisionForm(HubForm):
    outcome = choice(
        "What did the body decide?",
        {"awarded": "Yes: the registration is awarded", "not_yet": "Not this time"},
        "Choose what the body decided",
        radio=True,
    )
    decided_on = day("On which day?", "Enter the day of the decision")


class NumberForm(HubForm):
    number = line("Your number on the public register", "Enter your number", most=40)
    registered_on = day("From which day are you registered?", "Enter the day")
    fee = money(
        "What have you paid for application and first year?",
        "Enter what you paid, or 0",
        least=0,
        description="Not membership of the body. This is what you can claim back.",
    )
    renewal_on = day("When is the first renewal?", description="Leave it empty and the hub reckons with a year")
    proof = FileField(
        "The body’s letter or e-mail", description="If you wish: a PDF or a picture. Only you can see it."
    )

    def values(self) -> dict[str, Any]:
        """What the service takes, by its names; the proof is kept apart."""
        return {
            "number": self.number.data,
            "registered_on": self.registered_on.data,
            "fee_pence": self.fee.data,
            "renewal_on": self.renewal_on.data,
        }


class RenewForm(HubForm):
    renewal_on = day("When is the next renewal?", "Enter the day of the next renewal")


class LapseForm(HubForm):
    lapsed_on = day("Since when do you no longer hold it?", "Enter the day")


class _ColumnsForm(HubForm):
    """A form whose fields are named as the columns that they fill."""

    def values(self) -> dict[str, Any]:
        return {f.name: f.data if f.data is not None else "" for f in self if f.name != "csrf_token"}


class WishForm(_ColumnsForm):
    disciplines = choices("Which disciplines should your mentor know?", known.disciplines)
    languages = choices(
        "Another language that you would like to speak?", LANGUAGES, description="English is always fine"
    )
    campus = line("Where do you work?", description="Campus or site", most=60)
    remote = BooleanField("Meeting by video is fine")
    note = prose("Anything a mentor should know?", words=150)
    waiting = BooleanField("Include me in the next matching round")


class AskForm(HubForm):
    message = prose(
        "What would you like help with?", "Write a line or two", words=200, description="Only the two of you see this"
    )


class MentorForm(_ColumnsForm):
    """Somebody's offer to mentor."""

    registers = choices("Which registers do you know the way to?", known.letters, "Choose at least one register")
    bodies = choices("Which bodies do you know?", known.bodies)
    disciplines = choices("In which disciplines do you work?", known.disciplines)
    languages = choices("Besides English, which languages do you speak?", LANGUAGES)
    campus = line("Where do you work?", description="Campus or site", most=60)
    capacity = number("How many mentees at once?", "Enter how many", least=1, most=10)
    about = prose("How can you help?", "Write a line or two", words=100)
    paused = BooleanField("Pause: do not send me anybody new")


class DeclineForm(HubForm):
    reason = choice("Why not?", REASONS, "Choose a reason", radio=True)
    note = prose("A kind word", words=100, description="Only the two of you see this")


class AgreementForm(HubForm):
    goals = prose("What do you want to reach?", "Write down your goals", words=200)
    frequency = choice("How often do you meet?", FREQUENCIES, "Choose how often", radio=True)
    channel = choice("How do you meet?", CHANNELS, "Choose how", radio=True)


class MeetingForm(HubForm):
    met_on = day("When did you meet?", "Enter the day")
    minutes = number("For how many minutes?", "Enter how long", least=5, most=480)
    summary = prose("What did you agree?", words=300, description="Only the two of you see this")


class NoteForm(HubForm):
    text = prose("A note", "Write your note", words=500, description="Only the two of you see this")


class CloseForm(HubForm):
    outcome = choice("Where does the journey stand?", OUTCOMES, "Choose where it stands", radio=True)


class EvaluationForm(HubForm):
    helped = choice("How much did the mentoring help?", SCALE, "Choose from 1 to 5", radio=True)
    evaluation = prose("What worked, and what would you change?", words=300)


class RoundForm(HubForm):
    name = line("What do you call this round?", "Give the round a name", most=80, description="Such as: January 2027")


class OverrideForm(HubForm):
    """Another mentor for one technician; the lead's choice of who is offered is set by the view."""

    mentor = choice("Who should it be?", {}, blank="Nobody in this round")

    def offer(self, mentors: dict[str, str]) -> None:
        self.mentor.choices = {"": "Nobody in this round", **mentors}


class ProposeForm(OverrideForm):
    mentor = choice("Who could be the mentor?", {}, "Choose a mentor")
