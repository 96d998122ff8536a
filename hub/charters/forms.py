"""What a lead fills in about charters, and about what stands on their points."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired

from hub.charters.models import Charter, Point
from hub.charters.point_file import LONGEST_NUMBER, LONGEST_TOPIC
from hub.core.forms import HubForm, choice, choices, line, prose


class CharterForm(HubForm):
    name = line("What is it called?", "Give the charter a name", most=120)
    about = prose(
        "What should those who use it know?",
        words=120,
        description="Which version it is, and where its wording is from.",
    )


class PointForm(HubForm):
    number = line(
        "Number", "Give the point a number", most=LONGEST_NUMBER, description="As the charter counts: 4, 4.2 or b."
    )
    topic = line("Topic", "Say in a few words what it is about", most=LONGEST_TOPIC)
    wording = prose(
        "Official wording", description="Paste it from the charter itself. Until then the topic stands for it."
    )
    after = choice("Comes after", dict, blank="It comes first")

    def __init__(self, *args: Any, others: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(one.id): one for one in others}
        self.after.choices = {"": "It comes first"} | {key: one.title for key, one in self._others.items()}

    @property
    def said(self) -> dict[str, Any]:
        """The point as the services take it."""
        return {
            "number": self.number.data,
            "topic": self.topic.data,
            "wording": self.wording.data or "",
            "after": self._others.get(self.after.data or ""),
        }


class PointFileForm(HubForm):
    file = FileField(
        "File",
        [FileRequired("Choose the file")],
        description="CSV with the columns Number, Topic and Official wording, as the list of points is exported.",
    )


class PointsForm(HubForm):
    """Points of any charter in force, but for those *there* already."""

    points = choices("Points", dict, "Choose at least one point")

    def __init__(self, *args: Any, charters: Sequence[Charter], there: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = {
            charter: [p for p in charter.points if p.retired_on is None and p.id not in there] for charter in charters
        }
        self.offered = [(charter, points) for charter, points in open_to.items() if points]
        self._by_id = {str(point.id): point for _, points in self.offered for point in points}
        self.points.choices = {key: point.title for key, point in self._by_id.items()}

    @property
    def chosen(self) -> list[Point]:
        return [self._by_id[key] for key in self.points.data]
