"""What people fill in about contributions and documents."""

import re
from typing import Any
from urllib.parse import unquote

from flask_login import current_user
from wtforms import BooleanField, Field, ValidationError

from hub.accounts.queries import units
from hub.attribution.models import (
    Agreement,
    Audience,
    Contribution,
    CreditForm,
    CreditRole,
    DocumentEdition,
    DocumentKind,
    OutputKind,
)
from hub.attribution.services import Details, Text
from hub.attribution.wording import CASES, MEANS, Facts
from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, line, number, prose
from hub.directory.forms import audiences
from hub.directory.models import Covers, Visibility
from hub.directory.queries import open_consents

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
DOI_BEFORE = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1950, 2100

OUTPUTS = OutputKind.choices()
ROLES = CreditRole.choices()
FORMS_OF_CREDIT = CreditForm.choices()


def _units() -> dict[str, str]:
    return {str(unit.id): unit.name for unit in units(current_user.institution_id)}


def bare_doi(typed: str | None) -> str:
    """*typed* without the address or the word before it."""
    found = DOI_BEFORE.sub("", (typed or "").strip())
    return unquote(found) if found != (typed or "").strip() else found


class ContributionForm(HubForm):
    """What somebody contributed to, in which roles, with which credit, and who sees it."""

    title = line("What is the output called?", "Enter the title of the output", most=300)
    output = choice("What kind of output is it?", OUTPUTS, "Choose the kind of output")
    year = number("In which year did it appear, or will it?", "Enter a year, such as 2026")
    doi = line("DOI", most=200, description="Such as 10.1234/abcd. The hub shows it as a link.")
    roles = choices("What did you do?", ROLES, "Choose at least one role")
    credit = choice("How does the output name you?", FORMS_OF_CREDIT, "Choose how the output names you", radio=True)
    agreement = choice(
        "When was that agreed?",
        Agreement.choices(),
        "Say when it was agreed, or that it is not",
        radio=True,
    )
    agreed_on = day("On which day was it agreed?", latest=today, description="The day of the e-mail or the meeting.")
    may_be_named = BooleanField("I agree to be named in this output")
    facility = line("Facility", most=120, description="As the paper should name it, such as Microscopy Suite.")
    unit = choice("Which unit did the work?", _units, blank="No unit")
    shown_to = choice(
        "Who sees this on your profile?",
        lambda: audiences(current_user.institution, public=True),
        "Choose who sees it",
        description="Whatever you choose, the figures that your lead sees say how many there are, not what they are.",
    )

    meanings = MEANS  # what each role is in a technician’s day

    def __init__(self, contribution: Contribution | None = None) -> None:
        given = {"shown_to": Visibility.PRIVATE, "unit": current_user.unit_id} | (
            _told(contribution) if contribution else {}
        )
        super().__init__(data=given, version_of=contribution)
        consents = open_consents(current_user.id)
        is_public = contribution is not None and contribution.shown_to == Visibility.PUBLIC
        agreed = is_public or any(consent.covers == Covers.PAGE for consent in consents)
        self.shown_to.choices = audiences(current_user.institution, public=agreed)

    def validate_year(self, field: Field) -> None:
        if field.data is not None and not FIRST_YEAR <= field.data <= LAST_YEAR:
            raise ValidationError(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}")

    def validate_doi(self, field: Field) -> None:
        field.data = bare_doi(field.data)
        if field.data and not DOI.fullmatch(field.data):
            raise ValidationError("Enter a DOI such as 10.1234/abcd, or the address that begins with https://doi.org/")

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        is_agreed = self.agreement.data != Agreement.NOT_YET
        if self.agreement.errors or self.agreed_on.errors or is_agreed == bool(self.agreed_on.data):
            return bool(is_right)
        wrong = "Enter the day on which it was agreed" if is_agreed else "Leave the day empty, or say above that it is"
        self.agreed_on.errors = [wrong]
        return False

    @property
    def details(self) -> Details:
        return Details(
            title=self.title.data,
            output=OutputKind(self.output.data),
            year=self.year.data,
            roles=[CreditRole(value) for value in self.roles.data],
            credit=CreditForm(self.credit.data),
            agreement=Agreement(self.agreement.data),
            agreed_on=self.agreed_on.data,
            may_be_named=bool(self.may_be_named.data),
            doi=self.doi.data or "",
            facility=self.facility.data or "",
            unit_id=int(self.unit.data) if self.unit.data else None,
            shown_to=Visibility(self.shown_to.data),
        )


def _told(contribution: Contribution) -> dict[str, Any]:
    names = ("title", "output", "year", "doi", "credit", "agreement", "agreed_on", "facility", "shown_to")
    return {name: getattr(contribution, name) for name in names} | {
        "roles": contribution.roles,
        "unit": contribution.unit_id,
        "may_be_named": contribution.permission_at is not None,
    }


class WordingForm(HubForm):
    """Facts for a sentence; asked by GET, so that nothing is stored."""

    class Meta:
        csrf = False

    name = line(
        "Who is to be thanked?", most=120, description="With their permission. Without a name the facility is thanked."
    )
    place = line("Facility or unit", "Name the facility or the unit", most=120)
    institution = line("University or institute", "Name the university or institute", most=120)
    roles = choices("What did they do?", ROLES)
    case = choice(
        "Which comes nearest?",
        {key: case.title for key, case in CASES.items()},
        "Choose what comes nearest",
        radio=True,
    )

    @property
    def facts(self) -> Facts:
        roles = [CreditRole(value) for value in self.roles.data or []]
        return Facts(self.name.data or "", self.place.data, self.institution.data, roles)


# -- documents ---------------------------------------------------------------------------------------------------------


class VersionForm(HubForm):
    """A version of a document: what it says, for whom, from when."""

    title = line("Title", "Give the document a title", most=160)
    text = prose(
        "Text",
        "Write the text",
        words=3000,
        description="An empty line parts paragraphs. - begins a line of a list, ## a heading; **stars** mean bold.",
    )
    audience = choice(
        "For whom is it?",
        Audience.choices(),
        "Choose for whom it is",
        radio=True,
        description="They can read it, and those with an account here are asked to confirm that they have.",
    )
    effective_on = day("From which day does it apply?", "Enter the day from which it applies")

    def __init__(self, edition: DocumentEdition | None = None) -> None:
        super().__init__(obj=edition)

    @property
    def written(self) -> Text:
        return Text(self.title.data, self.text.data, Audience(self.audience.data), self.effective_on.data)


class NewDocumentForm(VersionForm):
    kind = choice("What is it?", DocumentKind.choices(), "Choose what it is", radio=True)


class NextVersionForm(VersionForm):
    """From the second version on its readers hear what is new."""

    what_changed = prose("What has changed since the last version?", "Say what has changed", words=120)
    is_material = BooleanField(
        "The change matters: ask everybody to read it again, those who read the last version too"
    )

    @property
    def written(self) -> Text:
        text = super().written
        return Text(
            text.title,
            text.text,
            text.audience,
            text.effective_on,
            what_changed=self.what_changed.data,
            is_material=bool(self.is_material.data),
        )
