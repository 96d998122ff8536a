"""The one table of a profile's fields: what each is called, who sees it by default, how it is found."""

import re
from dataclasses import dataclass

from hub.core.text import lines
from hub.directory.models import Profile, Visibility

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


@dataclass(frozen=True, slots=True)
class ProfileField:
    """*columns* are the profile's, *typed* on its form or not; *weight* is in the search, 0 if not searched; a *part*
    belongs to a full profile.
    """

    key: str
    label: str
    default: Visibility
    columns: tuple[str, ...] = ()
    weight: int = 0
    part: bool = False
    typed: bool = True

    @property
    def short(self) -> str:
        """As it stands within a sentence."""
        return self.label[0].lower() + self.label[1:].removesuffix(" I look after")


TECHNICIANS, PRIVATE, UNIT = Visibility.TECHNICIANS, Visibility.PRIVATE, Visibility.UNIT

FIELDS = {
    field.key: field
    for field in (
        ProfileField("name", "Name, job title and school", Visibility.INSTITUTION),
        ProfileField("photograph", "Photograph", PRIVATE, ("photo_id",), part=True, typed=False),
        ProfileField("pronouns", "Pronouns", TECHNICIANS, ("pronouns",)),
        ProfileField("place", "Where I work", TECHNICIANS, ("building", "campus"), weight=50, part=True),
        ProfileField("working_days", "Working days", TECHNICIANS, ("working_days",), part=True),
        ProfileField("contact_route", "How to reach me", UNIT, ("contact_route",)),
        ProfileField("contact_for", "Contact me for", TECHNICIANS, ("contact_for",), weight=65, part=True),
        ProfileField("can_help_with", "Can help with", TECHNICIANS, ("can_help_with",), weight=75, part=True),
        ProfileField("skills", "Skills and levels", TECHNICIANS, part=True),
        ProfileField("learning", "What I want to learn", TECHNICIANS, part=True),
        ProfileField(
            "registrations", "Professional registration", TECHNICIANS, ("registrations",), weight=70, typed=False
        ),
        ProfileField("disciplines", "Disciplines", TECHNICIANS, ("disciplines",), weight=70),
        ProfileField("equipment", "Equipment I look after", TECHNICIANS, ("equipment",), weight=80, part=True),
        ProfileField("biography", "About me", TECHNICIANS, ("biography",), weight=45, part=True),
        ProfileField("champion_role", "Champion role", TECHNICIANS, ("champion_role",), weight=65),
        ProfileField("fellowships", "Fellowships and memberships", TECHNICIANS, ("fellowships",), weight=60),
        ProfileField("orcid", "ORCID", TECHNICIANS, ("orcid",)),
    )
}
PARTS = tuple(field for field in FIELDS.values() if field.part)
TYPED = tuple(column for field in FIELDS.values() if field.typed for column in field.columns)

WORDINGS = {
    1: "I agree that the parts of my profile that I mark “Everyone” are shown on the open web, where search engines "
    "can find them. I can take this back at any time, and they are gone from the hub’s public pages at once.",
}
PHOTOGRAPH_WORDINGS = {
    1: "I agree that my photograph is shown with them on the open web.",
}
WORDING_NOW = max(WORDINGS)


def shown_to(profile: Profile, key: str) -> Visibility:
    """Whom the owner chose for this field, or its default."""
    return Visibility(profile.shown_to.get(key, FIELDS[key].default))


def working_days(keys: list[str]) -> str:
    """“Monday to Thursday”, “Monday, Wednesday and Friday”."""
    order = list(DAYS)
    days = sorted((key for key in keys if key in DAYS), key=order.index)
    if not days:
        return ""
    first, last = order.index(days[0]), order.index(days[-1])
    if len(days) > 2 and last - first + 1 == len(days):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    names = [DAYS[day] for day in days]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
MARKS = re.compile(r"^[-*#>\s]+|[*_`]{1,2}")


def pieces(text: str) -> list[str]:
    """The lines and sentences of a text, each without Markdown's marks: short enough to be shown by itself."""
    return [MARKS.sub("", piece) for line in lines(text) for piece in SENTENCE_ENDS.split(line)]
