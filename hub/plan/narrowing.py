"""Which actions of a plan somebody wants to see: the same question for every view of the tracker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan.lines import ActionLine
from hub.plan.rag import Pace

AT_RISK = "at risk"
NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was chosen; nothing chosen narrows nothing. *pace* is one of ``Pace`` or ``AT_RISK``.

    *point*: of a charter, by its id; *serving*: the actions that serve it.
    """

    q: str = ""
    theme: str = ""
    owner: str = ""
    pace: str = ""
    rags: Sequence[str] = ()
    point: str = ""
    serving: frozenset[int] = frozenset()

    @property
    def query(self) -> dict[str, Any]:
        """What was chosen, as an address says it."""
        chosen = {name: getattr(self, name) for name in ("q", "theme", "owner", "pace", "point")}
        chosen["rag"] = list(self.rags)
        return {name: value for name, value in chosen.items() if value}

    @property
    def makes_sense(self) -> bool:
        themes, paces = {"", *Theme}, {"", AT_RISK, *Pace}
        is_point = not self.point or self.point.isdecimal()
        return self.theme in themes and self.pace in paces and not set(self.rags) - set(Rag) and is_point

    def of(self, lines: Sequence[ActionLine]) -> list[ActionLine]:
        return [line for line in lines if self.fits(line)]

    def fits(self, line: ActionLine) -> bool:
        words = line.text.casefold()
        return (
            all(word in words for word in self.q.casefold().split())
            and (not self.theme or self.theme in line.themes)
            and (not self.owner or self.owner == (line.owner or NOBODY))
            and (not self.rags or line.rag in self.rags)
            and (not self.point or line.id in self.serving)
            and (not self.pace or (line.at_risk if self.pace == AT_RISK else line.pace == self.pace))
        )


def offered(lines: Sequence[ActionLine]) -> dict[str, dict[str, str]]:
    """What can be chosen of *lines*, by name: values with their words."""
    owners = sorted({line.owner for line in lines if line.owner}, key=str.casefold)
    nobody = {NOBODY: "Nobody yet"} if any(not line.owner for line in lines) else {}
    return {
        "theme": Theme.choices(),
        "owner": {owner: owner for owner in owners} | nobody,
        "pace": {pace: pace.capitalize() for pace in (*reversed(Pace), AT_RISK)},
    }
