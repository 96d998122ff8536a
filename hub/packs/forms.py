"""What a lead fills in to choose evidence for a pack, and to freeze it."""

from wtforms import BooleanField, Field, HiddenField, ValidationError

from hub.core.forms import HubForm, choice, choices, day, line
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.packs.choosing import Choice
from hub.packs.models import Audience


class ChoiceForm(HubForm):
    """Which evidence; asked by GET, so that nothing is stored before it is frozen."""

    class Meta:
        csrf = False

    audience = choice("Who will read it?", Audience.choices(), "Choose who will read it", radio=True)
    themes = choices("Themes", Theme.choices(), description="None chosen means all of them.")
    kinds = choices("Kinds", {key: kind.label for key, kind in KINDS.items()}, description="None chosen means all.")
    since = day("From")
    until = day("To")
    proved = BooleanField("Only what has a document, an address or a page behind it")

    def validate_until(self, field: Field) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("Choose a day that is not before the first one")

    @property
    def choice(self) -> Choice:
        return Choice(
            audience=Audience(self.audience.data),
            themes=tuple(Theme(theme) for theme in self.themes.data or ()),
            kinds=tuple(self.kinds.data or ()),
            since=self.since.data,
            until=self.until.data,
            proved=bool(self.proved.data),
        )


class FreezeForm(HubForm):
    """The name of what is frozen; *seen*: the mark of what the page showed."""

    name = line("What is this pack called?", "Give it a name", description="For example, Evidence for July 2027.")
    seen = HiddenField()
