"""The forms of the directory."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import RangeInput

from hub.accounts import queries as accounts
from hub.accounts.models import Institution, Person
from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, email, line, number, prose
from hub.core.text import lines
from hub.directory import policy, queries
from hub.directory.fields import DAYS, FIELDS, TYPED, shown_to
from hub.directory.models import Covers, Level, Profile, Skill, SkillGroup, Visibility

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


class WriteProfileForm(HubForm):
    """What a profile says; who sees it is not asked."""

    pronouns = line("Pronouns", most=40)
    building = line("Building", most=80)
    campus = line("Campus", most=60)
    working_days = choices("Working days", DAYS)
    contact_route = line("How to reach me", most=160, description="Such as an extension, or the hours at your bench.")
    contact_for = prose("Contact me for", words=60)
    can_help_with = prose("Can help with", words=120, description="One thing a line. Most people are found by these.")
    equipment = prose("Equipment I look after", words=120, description="One machine a line, with its room.")
    disciplines = prose("Disciplines", words=40, description="One a line, such as Structural biology or Ceramics.")
    biography = prose(
        "About me",
        words=200,
        description="How you came here, what you do, what you are proud of. **Bold** and lists work.",
    )

    champion_role = line("Champion role", most=80, description="Such as Technician Commitment champion for the school.")
    fellowships = prose("Fellowships and memberships", words=60, description="One a line, such as AFHEA, 2024.")
    orcid = line("ORCID", most=40, description="Sixteen digits, such as 0000-0002-1825-0097.")

    def __init__(self, profile: Profile, **given: Any) -> None:
        super().__init__(data={name: getattr(profile, name) for name in TYPED} | given, version_of=profile)

    @property
    def values(self) -> dict[str, object]:
        return {name: self[name].data or ([] if name == "working_days" else "") for name in TYPED}

    def validate_orcid(self, field: Field) -> None:
        if field.data:
            field.data = orcid(field.data)


class EditProfileForm(WriteProfileForm):
    """Each field's audience is added below."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile, **{f"see_{key}": str(shown_to(profile, key)) for key in FIELDS})
        for key in FIELDS:
            self[f"see_{key}"].choices = _offered(profile, key)

    @property
    def visibility(self) -> dict[str, Visibility]:
        return {key: Visibility(self[f"see_{key}"].data) for key in FIELDS}


for _key, _field in FIELDS.items():
    setattr(EditProfileForm, f"see_{_key}", SelectField(f"Who sees: {_field.label}", validate_choice=True))


def _offered(profile: Profile, key: str) -> dict[str, str]:
    """“Everyone” is offered once its owner has agreed to it."""
    open_to_all = policy.agreed(profile) and (key != "photograph" or policy.agreed(profile, Covers.PHOTOGRAPH))
    is_so = shown_to(profile, key) == Visibility.PUBLIC
    return audiences(profile.person.institution, public=open_to_all or is_so)


def audiences(institution: Institution, *, public: bool) -> dict[str, str]:
    """Whom somebody can show a thing to, by what is stored; *public*: the open web as well."""
    called = AUDIENCES | {Visibility.INSTITUTION: institution.short_name}
    return {str(v): text for v, text in called.items() if v != Visibility.PUBLIC or public}


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


def orcid(text: str) -> str:
    """The identifier in its usual form, whether it was typed with its address, with spaces or without hyphens.

    Source of the check digit: ISO 7064 MOD 11-2, as ORCID describes it.

    :raises ValidationError: if it is none
    """
    digits = text.rsplit("/", 1)[-1].replace("-", "").replace(" ", "").upper()
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2 if digit.isascii() and digit.isdigit() else -(10**9)
    check = "0123456789X"[(12 - total % 11) % 11]
    if len(digits) != 16 or total < 0 or digits[15] != check:
        raise ValidationError("Enter an ORCID such as 0000-0002-1825-0097: its last character is a check of the others")
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


MOST_WISHES = 5


class WelcomeForm(HubForm):
    """Is this right, and two things more."""

    is_right = choice(
        "Is this right?",
        {"yes": "Yes, all of it", "no": "No, something is wrong"},
        "Say whether it is right",
        radio=True,
    )
    wrong = prose("What is wrong?", words=100, description="The lead puts right what comes from the staff file.")
    can_help_with = prose(
        "What can you help with?", words=120, description="One thing a line. You can change it later."
    )
    wishes = prose(
        "What do you want to learn?", words=40, description="One skill a line, such as Laser cutting. Five at most."
    )

    def __init__(self, profile: Profile) -> None:
        super().__init__(data={"can_help_with": profile.can_help_with}, version_of=profile)
        self._institution_id = profile.institution_id
        self.wanted: list[Skill] = []

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = bool(super().validate(extra_validators))
        if self.is_right.data == "no" and not self.wrong.data:
            self.wrong.errors = ["Say what is wrong, so that it can be put right"]
            return False
        if self.is_right.data == "yes" and self.wrong.data:
            self.is_right.errors = ["You say that all of it is right and what is wrong: choose one"]
            return False
        return is_right

    def validate_wishes(self, field: Field) -> None:
        names = lines(field.data or "")
        if len(names) > MOST_WISHES:
            raise ValidationError("Name five at most; you can add more on your profile")
        found = {name: queries.skill_called(name, self._institution_id) for name in names}
        unknown = [name for name, skill in found.items() if skill is None]
        if unknown:
            raise ValidationError(f"The hub has no skill called “{unknown[0]}”: leave it out, and suggest it later")
        self.wanted = [skill for skill in found.values() if skill is not None]


class EditorForm(HubForm):
    colleague = email("A colleague’s e-mail address", "Enter the colleague’s e-mail address")

    def __init__(self, profile: Profile) -> None:
        super().__init__(version_of=profile)
        self._institution_id = profile.institution_id
        self.person: Person | None = None

    def validate_colleague(self, field: Field) -> None:
        self.person = accounts.active_colleague(field.data, self._institution_id)
        if self.person is None:
            raise ValidationError("Nobody at your institution signs in with that address")


# -- the vocabulary ----------------------------------------------------------------------------------------------------

GROUPS = SkillGroup.choices()


class VocabularyForm(HubForm):
    name = line("Name", "Name the skill", most=80, description="As a technician would say it, such as Laser cutting.")
    group = choice("Kind of skill", GROUPS, "Choose a kind")
    synonyms = prose("Other names", words=80, description="One a line. Whoever searches for one finds the skill.")
    abbreviations = prose("Short forms", words=20, description="One a line, written as they are, such as SEM.")

    def __init__(self, skill: Skill | None = None) -> None:
        listed = {name: "\n".join(getattr(skill, name)) for name in ("synonyms", "abbreviations")} if skill else {}
        own = {"name": skill.name, "group": str(skill.group)} if skill else {}
        super().__init__(data=own | listed, version_of=skill)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "group": SkillGroup(self.group.data),
            "synonyms": lines(self.synonyms.data or ""),
            "abbreviations": lines(self.abbreviations.data or ""),
        }

    def validate_synonyms(self, field: Field) -> None:
        names = lines(field.data or "")
        if any(len(name) > 80 for name in names):
            raise ValidationError("Use 80 characters or fewer for each")
        if len(names) > 20:
            raise ValidationError("Name twenty at most")

    validate_abbreviations = validate_synonyms


class VocabularyFileForm(HubForm):
    file = FileField(
        "File",
        [FileRequired("Choose the file")],
        description="CSV with the columns Name, Kind, Other names and Short forms, as this list is exported.",
    )


class MergeForm(HubForm):
    into = line("Merge it into", "Name the skill that stays", most=80)


class SuggestForm(HubForm):
    name = line("Skill", "Name the skill", most=80)
    about = prose("What is it?", words=60, description="A sentence for those who do not know it.")
    level = choice("How well do you know it?", {str(k): v for k, v in LEVELS.items()}, blank="I want to learn it")


class AcceptSuggestionForm(HubForm):
    name = line("Name in the vocabulary", "Name the skill", most=80)
    group = choice("Kind of skill", GROUPS, "Choose a kind")


class RecogniseSuggestionForm(HubForm):
    known_as = line("The skill that we have", "Name the skill that it is another name of", most=80)


class DeclineSuggestionForm(HubForm):
    answer = prose("Why it is left out", "Say why in a sentence", words=60, description="The technician reads it.")
