"""How often somebody wants mail, asked group by group."""

from typing import Any

from wtforms import Field, SelectField

from hub.core.forms import HubForm
from hub.core.words import joined
from hub.notifications.kinds import Kind, groups
from hub.notifications.models import Frequency

FREQUENCIES = {
    Frequency.AT_ONCE.value: "At once",
    Frequency.DAILY.value: "Once a day",
    Frequency.WEEKLY.value: "Once a week",
    Frequency.NEVER.value: "Never: the bell is enough",
}
AS_IT_COMES = {"": "At once if it waits for me, else weekly"}
MOST_EXAMPLES = 3


class PreferencesForm(HubForm):
    """One question for each group of kinds; the fields are made from the registered kinds."""

    @classmethod
    def filled(cls, chosen: dict[str, Frequency]) -> "PreferencesForm":
        fields = {
            kinds[0].topic: SelectField(label, choices=AS_IT_COMES | FREQUENCIES, description=_examples(kinds))
            for label, kinds in groups().items()
        }
        made: type[PreferencesForm] = type("PreferencesForm", (cls,), fields)
        return made(data={topic: frequency.value for topic, frequency in chosen.items()})

    def chosen(self) -> dict[str, Frequency | None]:
        return {field.name: Frequency(field.data) if field.data else None for field in self._questions()}

    def _questions(self) -> list[Field]:
        found: list[Any] = [field for field in self if field.name != "csrf_token"]
        return found


def _examples(kinds: list[Kind]) -> str:
    """What comes at once first; a few are enough to know the group by."""
    known = sorted(kinds, key=lambda kind: not kind.urgent)
    words = [kind.sentence[:1].lower() + kind.sentence[1:].rstrip(".") for kind in known[:MOST_EXAMPLES]]
    return f"For example: {joined(words, 'or')}."
