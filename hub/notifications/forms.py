"""How often somebody wants mail, asked group by group."""

from typing import Any

from wtforms import Field

from hub.core.forms import HubForm, choice
from hub.notifications.kinds import groups
from hub.notifications.models import Frequency

FREQUENCIES = {
    Frequency.AT_ONCE.value: "At once",
    Frequency.DAILY.value: "Once a day",
    Frequency.WEEKLY.value: "Once a week",
    Frequency.NEVER.value: "Never: the bell is enough",
}
AS_IT_COMES = "What waits for my answer at once, news once a week"


class PreferencesForm(HubForm):
    """One question for each group of kinds; the fields are made from the registered kinds."""

    @classmethod
    def filled(cls, chosen: dict[str, Frequency]) -> "PreferencesForm":
        fields = {
            kinds[0].topic: choice(
                label, FREQUENCIES, blank=AS_IT_COMES, description="; ".join(kind.sentence for kind in kinds) + "."
            )
            for label, kinds in groups().items()
        }
        made: type[PreferencesForm] = type("PreferencesForm", (cls,), fields)
        return made(data={topic: frequency.value for topic, frequency in chosen.items()})

    def chosen(self) -> dict[str, Frequency | None]:
        return {field.name: Frequency(field.data) if field.data else None for field in self._questions()}

    def _questions(self) -> list[Field]:
        found: list[Any] = [field for field in self if field.name != "csrf_token"]
        return found
