"""The forms of the directory."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired
from wtforms.widgets import RangeInput

from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, line, number, prose
from hub.directory import policy
from hub.directory.fields import DAYS, FIELDS, shown_to
from hub.directory.models import Covers, Level, Profile, Visibility

AUDIENCES = {
    Visibility.PRIVATE: "Only me",
    Visibility.UNIT: "My school",
    Visibility.TECHNICIANS: "Technicians",
    Visibility.INSTITUTION: "Institution",
    Visibility.PUBLIC: "Everyone",
}
LEVELS = {
    Level.LEARNING: "Learning: I am finding my way",
    Level.WORKING: "Working: I do this without help",
    Level.EXPERT: "Expert: others come to me with it",
    Level.CAN_TEACH: "Can teach: I would show somebody",
}
REPORTS = {
    "left": "This person has left",
    "wrong": "Something is wrong or out of date",
    "twice": "This person is here twice",
    "unfit": "Something does not belong here",
}


class EditProfileForm(HubForm):
    """The text fields; each field's audience is added below."""

    pronouns = line("Pronouns", most=40)
    building = line("Building", most=80)
    campus = line("Campus", most=60)
    working_days = choices("Working days", DAYS)
    contact_route = line("How to reach me", most=160, description="Such as an extension, or the hours at your bench.")
    contact_for = prose("Contact me for", words=60)
    can_help_with = prose("Can help with", words=120, description="One thing a line. Most people are found by these.")
    equipment = prose("Equipment I look after", words=120, description="One machine a line, with its room.")
    biography = prose(
        "About me",
        words=200,
        description="How you came here, what you do, what you are proud of. **Bold** and lists work.",
    )

    def __init__(self, profile: Profile) -> None:
        values = {name: getattr(profile, name) for name in TEXTS}
        audiences = {f"see_{key}": str(shown_to(profile, key)) for key in FIELDS}
        super().__init__(data=values | audiences, version_of=profile)
        for key in FIELDS:
            self[f"see_{key}"].choices = _offered(profile, key)

    @property
    def values(self) -> dict[str, object]:
        return {name: self[name].data or ([] if name == "working_days" else "") for name in TEXTS}

    @property
    def visibility(self) -> dict[str, Visibility]:
        return {key: Visibility(self[f"see_{key}"].data) for key in FIELDS}


TEXTS = tuple(column for field in FIELDS.values() for column in field.columns if column != "photo_id")

for _key, _field in FIELDS.items():
    setattr(EditProfileForm, f"see_{_key}", SelectField(f"Who sees: {_field.label}", validate_choice=True))


def _offered(profile: Profile, key: str) -> dict[str, str]:
    """“Everyone” is offered once its owner has agreed to it."""
    open_to_all = policy.agreed(profile) and (key != "photograph" or policy.agreed(profile, Covers.PHOTOGRAPH))
    is_so = shown_to(profile, key) == Visibility.PUBLIC
    called = AUDIENCES | {Visibility.INSTITUTION: profile.person.institution.short_name}
    return {str(v): text for v, text in called.items() if v != Visibility.PUBLIC or open_to_all or is_so}


class SkillForm(HubForm):
    level = choice("How well do you know it?", {str(k): v for k, v in LEVELS.items()}, radio=True)
    wants_to_learn = BooleanField("I want to learn more of it")
    last_used = day("Last used", latest=today)

    @property
    def chosen_level(self) -> Level | None:
        return Level(self.level.data) if self.level.data else None

    @property
    def wishes(self) -> dict[str, Any]:
        return {"wants_to_learn": bool(self.wants_to_learn.data), "last_used": self.last_used.data}

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        if self.level.data is None and not self.wants_to_learn.data and not self.level.errors:
            self.level.errors = ["Choose a level, or say that you want to learn it"]
            return False
        return bool(is_right)


class AddSkillForm(SkillForm):
    name = line("Skill", "Name a skill", most=80, description="Start typing: the hub knows many by several names.")


class PhotographForm(HubForm):
    file = FileField(
        "Photograph", description="A JPEG, PNG or WebP picture, at most 10 MB. Where and when it was taken is removed."
    )
    alt = line(
        "What it shows",
        "Say in a few words what the picture shows",
        most=160,
        description="For colleagues who cannot see it.",
    )


class CropForm(HubForm):
    focus_x = number("From left to right", "Say how far from the left", most=100, widget=RangeInput(step=5))
    focus_y = number("From top to bottom", "Say how far from the top", most=100, widget=RangeInput(step=5))


class AgreeForm(HubForm):
    agree = BooleanField("I agree", [DataRequired("Tick the box if you agree; nothing is public without it")])
    photograph = BooleanField("I also agree that my photograph is shown with it")


class ReportForm(HubForm):
    what = choice("What is wrong?", REPORTS, "Choose what is wrong", radio=True)
    words = prose("In your words", words=100)
