"""What a lead fills in to choose evidence for a pack, and to freeze it."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, HiddenField, ValidationError

from hub.charters.models import Charter
from hub.core.forms import HubForm, choice, choices, day, line
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.packs.choosing import Choice
from hub.packs.models import Audience

BY_THEME = "The plan’s themes and actions"


class ChoiceForm(HubForm):
    """Which evidence; asked by GET, so that nothing is stored before it is frozen."""

    class Meta:
        csrf = False

    audience = choice("Who will read it?", Audience.choices(), "Choose who will read it", radio=True)
    charter = choice(
        "Put in order by",
        {},
        blank=BY_THEME,
        description="By the points of a charter, what was placed on a point directly goes in as well.",
    )
    themes = choices("Themes", Theme.choices(), description="None chosen means all of them.")
    kinds = choices("Kinds", {key: kind.label for key, kind in KINDS.items()}, description="None chosen means all.")
    since = day("From")
    until = day("To")
    proved = BooleanField("Only what has a document, an address or a page behind it")

    def validate_until(self, field: Field) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("Choose a day that is not before the first one")

    def __init__(self, *args: Any, charters: Sequence[Charter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charter.choices = {"": BY_THEME} | {str(one.id): one.name for one in charters}

    @property
    def choice(self) -> Choice:
        return Choice(
            audience=Audience(self.audience.data),
            themes=tuple(Theme(theme) for theme in self.themes.data or ()),
            kinds=tuple(self.kinds.data or ()),
            since=self.since.data,
            until=self.until.data,
            proved=bool(self.proved.data),
            charter_id=int(self.charter.data) if self.charter.data else None,
        )


class FreezeForm(HubForm):
    """The name of what is frozen; *seen*: the mark of what the page showed."""

    name = line("What is this pack called?", "Give it a name", description="For example, Evidence for July 2027.")
    seen = HiddenField()
