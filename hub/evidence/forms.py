"""What somebody fills in to bring evidence by hand, to record what was agreed about it, and to correct the ledger."""

from typing import Any

from flask_login import current_user
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, ValidationError

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.core.clock import today
from hub.core.forms import HubForm, choice, day, email, line, money, number, prose
from hub.core.links import is_web_address
from hub.core.money import MOST_PENCE
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, Item, Scope, Sort
from hub.evidence.services import About, Permission

SCOPES = Scope.choices()
BEYOND_HUB = {s.value: s.label for s in Scope if s != Scope.HUB}


class ItemForm(HubForm):
    """One piece of evidence, new or as it stands."""

    title = line(
        "What does it show?",
        "Say in one sentence what it shows",
        description="For example, Three schools now share one laser cutter.",
    )
    sort = choice("What is it?", Sort.choices(), "Choose what it is", default=Sort.DOCUMENT.value)
    theme = choice("Theme", Theme.choices(), "Choose a theme")
    happened_on = day(
        "When did it happen?",
        "Enter the day on which it happened",
        latest=today,
        description="The day that it is about. When you add it is noted beside that.",
    )
    text = prose(
        "What was said or done?", words=300, description="A testimonial, a figure with its date, a short account."
    )
    source = line("Whose words or figures are these?", description="Name somebody only with their permission.")
    link = line("Web address", most=500, description="A page that proves it, beginning with https://")
    file = FileField("A document or picture", description="PDF, JPEG, PNG, Word or Excel, up to 10 MB.")
    figure = number("The figure", most=1_000_000_000, description="For a figure: a whole number, such as 34.")
    figure_unit = line("What the figure counts", most=60, description="For example, schools that share equipment.")
    unit_id = choice("Unit", {}, blank="The whole university")
    people = number("How many people does it concern?", most=100_000)
    about_somebody = BooleanField("It is about somebody, or in somebody’s words: they have to agree to its use")
    scope = choice("How far may it travel?", SCOPES, "Choose how far it may travel")
    use_until = day("Use until", earliest=today, description="The last day of its use, if there is one.")

    def __init__(self, item: Item | None = None) -> None:
        super().__init__(data=_as_typed(item) if item else {}, version_of=item)
        self.item = item
        self.unit_id.choices = _units("The whole university")
        if item is not None:
            del self.about_somebody
        if item is not None and item.about_somebody:
            del self.scope, self.use_until
        if item is not None and item.latest.file:
            self.file.description = (
                f"Choose one to take the place of {item.latest.file.name}. PDF, picture, Word or Excel."
            )

    def validate_link(self, field: Field) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError("Enter a web address that begins with https:// or http://")

    def validate(self, extra_validators: object = None) -> bool:
        whole = super().validate(extra_validators)
        if self.sort.data == Sort.FIGURE:
            whole = self._asked(self.figure, "Enter the figure") and whole
            whole = self._asked(self.figure_unit, "Say what the figure counts") and whole
        else:
            whole = all([self._left_empty(self.figure), self._left_empty(self.figure_unit)]) and whole
        keeps_file = self.item is not None and self.item.latest.file_id is not None
        if whole and not (self.text.data or self.link.data or self.file.data or keeps_file):
            self.text.errors = [*self.text.errors, "Write something, give a web address or add a file"]
            return False
        return bool(whole)

    def _asked(self, field: Field, words: str) -> bool:
        """Whether it is filled in; what is wrong with it is said already."""
        if field.data in (None, "") and not field.errors:
            field.errors = [words]
        return not field.errors

    def _left_empty(self, field: Field) -> bool:
        if field.data not in (None, "") and not field.errors:
            field.errors = ["Only a figure has this: say above that it is one, or leave this empty"]
        return not field.errors

    @property
    def about(self) -> About:
        return About(
            title=self.title.data,
            theme=Theme(self.theme.data),
            happened_on=self.happened_on.data,
            sort=Sort(self.sort.data),
            source=self.source.data or "",
            unit_id=int(self.unit_id.data) if self.unit_id.data else None,
            people=self.people.data or 0,
            figure=self.figure.data,
            figure_unit=self.figure_unit.data or "",
        )

    @property
    def is_about_somebody(self) -> bool:
        """A testimonial always is."""
        return bool(self.about_somebody.data) or self.sort.data == Sort.TESTIMONIAL


def _as_typed(item: Item) -> dict[str, object]:
    names = ("title", "happened_on", "source", "figure", "figure_unit", "use_until")
    coded = {name: str(getattr(item, name) or "") for name in ("sort", "theme", "scope", "unit_id")}
    said = {"text": item.latest.text, "link": item.latest.link, "people": item.people or None}
    return {name: getattr(item, name) for name in names} | coded | said


class ConsentForm(HubForm):
    """What somebody agreed to."""

    given_by = line(
        "Who agreed?",
        "Name who agreed",
        description="Whom it is about, or whose words they are: all of them, if they are several.",
    )
    colleague = email(
        "Their e-mail address here",
        None,
        description="If they sign in to the hub: they are told, and can take it back themselves.",
    )
    wording = prose("The words that they approved", "Enter the words that they approved", words=300)
    scope = choice("How far may it travel?", BEYOND_HUB, "Choose how far they let it travel", radio=True)
    given_on = day("When did they agree?", "Enter the day on which they agreed", latest=today)
    use_until = day("Use until", earliest=today, description="If they set an end. You are told 30 days before.")

    def __init__(self, item: Item) -> None:
        shown = {"given_by": item.source, "wording": item.latest.text} if item.is_usable else {}
        super().__init__(data=shown | {"given_on": today()}, version_of=item)
        self.item = item
        self.person: Person | None = None

    def validate_colleague(self, field: Field) -> None:
        if not field.data:
            return
        self.person = accounts.active_colleague(field.data, self.item.institution_id)
        if self.person is None:
            raise ValidationError("Nobody at your institution signs in with that address")

    @property
    def permission(self) -> Permission:
        return Permission(
            given_by=self.given_by.data,
            wording=self.wording.data,
            scope=Scope(self.scope.data),
            given_on=self.given_on.data,
            use_until=self.use_until.data,
            person=self.person,
        )


class TakeOutForm(HubForm):
    """Nothing to fill in: that it is sent says all."""


class CorrectForm(HubForm):
    """What an entry of the ledger should have said."""

    quantity = number("Figure", "Enter the figure", most=1_000_000_000)
    happened_on = day("When did it happen?", "Enter the day on which it happened", latest=today)
    unit_id = choice("Unit", {}, blank="No unit")
    reason = line("Why is it corrected?", "Say why", description="Everybody who reads the ledger sees it.")

    def __init__(self, entry: Entry) -> None:
        super().__init__(data=_as_entered(entry), version_of=entry)
        self.unit_id.choices = _units("No unit")
        if KINDS[entry.kind].unit != "pence":
            self.quantity.label.text = f"Figure ({KINDS[entry.kind].unit})"

    @property
    def said(self) -> dict[str, Any]:
        return {
            "quantity": self.quantity.data,
            "happened_on": self.happened_on.data,
            "unit_id": int(self.unit_id.data) if self.unit_id.data else None,
        }


class CorrectMoneyForm(CorrectForm):
    quantity = money("Amount", "Enter the amount", least=0, most=MOST_PENCE)


def _as_entered(entry: Entry) -> dict[str, object]:
    unit = str(entry.unit_id) if entry.unit_id else None
    return {"quantity": entry.quantity, "happened_on": entry.happened_on, "unit_id": unit}


def correct_form(entry: Entry) -> CorrectForm:
    return CorrectMoneyForm(entry) if KINDS[entry.kind].unit == "pence" else CorrectForm(entry)


def _units(none: str) -> list[tuple[str, str]]:
    return [("", none), *((str(unit.id), unit.name) for unit in accounts.units(current_user.institution_id))]
