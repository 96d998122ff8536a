"""What a lead fills in about plans and actions."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import ValidationError

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.charters.models import Point
from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, email, line, number, prose
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.plan.measures import Definition
from hub.plan.models import Action, Counting, Period, Shown

THEMES = Theme.choices()

_KEY = re.compile(r"[0-9]{1,4}-[0-9a-f]{1,8}")
_DATED = re.compile(r"^(?P<text>.*?)(?:\s*[|;]\s*(?P<day>\d{1,2}/\d{1,2}/\d{4}))?$")


class PlanForm(HubForm):
    name = line(
        "What is the plan called?",
        "Give the plan a name",
        description="For example, Action plan, August 2026 to July 2029.",
    )
    starts_on = day("First day", "Enter the first day")
    ends_on = day("Last day", "Enter the last day")

    def validate_ends_on(self, field: Any) -> None:
        start = self.starts_on.data
        if start and field.data and not 300 <= (field.data - start).days <= 5 * 366:
            raise ValidationError(
                "Choose a last day between one and five years after the first: plans run for 24 or 36 months"
            )


class StoreForm(PlanForm):
    owner_role = line(
        "Whose task is what names nobody?", description="A role for every action without one. It can be changed later."
    )


class DatedLinesField:
    """“What | 31/07/2027” on each line, read into (text, date) pairs."""

    @staticmethod
    def read(text: str) -> list[tuple[str, date | None]]:
        """:raises ValueError: naming the line that cannot be read"""
        rows = []
        for typed in filter(None, (t.strip() for t in (text or "").splitlines())):
            found = _DATED.match(typed)
            words = found["text"].strip() if found else ""
            if not words or ("|" in typed and not (found and found["day"])):
                raise ValueError(
                    f"Write “{typed[:40]}” as what is promised, a bar and a day: Minutes published | 31/07/2027"
                )
            rows.append((words[:500], _day(found["day"], typed) if found and found["day"] else None))
        return rows

    @staticmethod
    def write(rows: list[tuple[str, date | None]]) -> str:
        return "\n".join(f"{text} | {due:%d/%m/%Y}" if due else text for text, due in rows)


def _day(text: str, typed: str) -> date:
    dd, mm, yyyy = (int(part) for part in text.split("/"))
    try:
        return date(yyyy if 2000 <= yyyy <= 2100 else 0, mm, dd)
    except ValueError:
        raise ValueError(f"There is no such day in “{typed[:40]}”. Write days as 31/07/2027") from None


def _dated(_form: Any, field: Any) -> None:
    try:
        DatedLinesField.read(field.data)
    except ValueError as error:
        raise ValidationError(str(error)) from None


def _is_figure(text: str) -> bool:
    return text.isascii() and text.replace(",", "").isdigit() and len(text) <= 9


def _figure(text: str) -> int:
    return int(text.replace(",", ""))


class WithMilestones:
    """A form whose ``milestones`` are dated lines."""

    milestones = prose("Milestones", description="One a line, with its day: Terms of reference published | 31/08/2027.")

    def validate_milestones(self, field: Any) -> None:
        _dated(self, field)

    @property
    def milestone_rows(self) -> list[tuple[str, date | None]]:
        return DatedLinesField.read(self.milestones.data)


class ActionForm(WithMilestones, HubForm):
    """What an action says; after validation, *owner* is the person whose address was given."""

    owner: Person | None = None

    def __init__(self, *args: Any, institution_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._institution_id = institution_id

    objective = line("Objective", "Say what is to be achieved", most=500)
    themes = choices(
        "Themes", THEMES, "Choose at least one theme", description="The first one chosen is where the action is listed."
    )
    details = prose("How will it be done?", words=400)
    delivery = line("What will be there when it is done?", most=500, description="A guide, a gallery, forty places.")
    impact = prose("How will impact be evidenced?", words=300)
    owner_role = line(
        "Whose task is it?", description="A role, as the public plan names it: Head of technical services."
    )
    owner_email = email(
        "Who is that now?",
        None,
        description="Their e-mail address. They are asked each month how it goes; only people here see the name.",
    )
    working_group = line("Working group")
    resource = line("With what resources?", most=500)
    starts_on = day("Starts")
    due_on = day("Due")

    def validate_due_on(self, field: Any) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Choose a due date on or after the start")

    def validate_owner_email(self, field: Any) -> None:
        if field.data:
            self.owner = accounts.active_colleague(field.data, self._institution_id)
            if self.owner is None:
                raise ValidationError("Nobody at your institution signs in with this address")


def _why(question: str, beside: str) -> Any:
    told = f"Everybody who reads the plan sees this beside {beside}."
    return line(question, "Say why it changes: the plan is published", most=500, description=told)


class AmendForm(ActionForm):
    """The same once the plan is published, when people rely on it."""

    reason = _why("Why does it change?", "the change")


class ImportForm(HubForm):
    file = FileField("The file", description="Word (.docx), Excel (.xlsx), .ods or .csv, up to 10 MB.")
    text = prose(
        "Or paste the table",
        most=200_000,
        description="Copy it from Word, Excel or a web page, with its headings.",
        render_kw={"data-tables": True, "maxlength": False},  # a browser would cut it and say nothing
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file.flags.either = self.text.flags.either = True  # one is needed, so neither is called optional

    def validate(self, extra_validators: Any = None) -> bool:
        whole = bool(super().validate(extra_validators))
        if whole and not self.file.data and not self.text.data:
            self.file.errors = [*self.file.errors, "Choose a file, or paste a table below"]
            return False
        return whole


class TakeForm(HubForm):
    """Which of the differences are taken: *offered* by key; *asked* may name some that are no longer there."""

    take = choices("Which of them do you take?", {}, "Choose at least one")

    def __init__(self, *args: Any, offered: Iterable[str], asked: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.take.choices = dict.fromkeys([*offered, *(key for key in asked if _KEY.fullmatch(key))], "")


class AmendingTakeForm(TakeForm):
    """The same once the plan is published."""

    reason = _why("Why does the plan change?", "each change")


class DraftForm(WithMilestones, HubForm):
    ref = line("Reference", "Give it a reference", most=12)
    themes = choices("Themes", THEMES, "Choose at least one theme")
    objective = line("Objective", "Say what is to be achieved", most=500)
    details = prose("How will it be done?")
    impact = prose("How will impact be evidenced?")
    delivery = line("What will be there when it is done?", most=500)
    owner = line("Whose task is it?")
    working_group = line("Working group")
    resource = line("With what resources?", most=500)
    start = day("Starts")
    due = day("Due")
    rag = choice("Status", Rag.choices(), blank="Not said")
    progress = prose("Progress so far")
    targets = prose("Targets", description="One a line: Number of staff registered | 40 | 31/07/2027.")

    def validate_due(self, field: Any) -> None:
        if field.data and self.start.data and field.data < self.start.data:
            raise ValidationError("Choose a due date on or after the start")

    def validate_targets(self, field: Any) -> None:
        _dated(self, field)
        for words, _ in DatedLinesField.read(field.data):
            text, _, value = words.rpartition("|")
            if not text.strip() or not _is_figure(value.strip()):
                raise ValidationError(f"Write “{words[:40]}” as what is counted, a bar, the number, a bar and the day")

    @property
    def target_rows(self) -> list[tuple[str, int, date | None]]:
        rows = [(*words.rpartition("|")[::2], due) for words, due in DatedLinesField.read(self.targets.data)]
        return [(text.strip(), _figure(value.strip()), due) for text, value, due in rows]


class RagForm(HubForm):
    rag = choice("Status", Rag.choices(), "Choose a status", radio=True)
    explanation = prose(
        "Why?", words=200, description="Needed when it has not started, and when it is not what the hub proposes."
    )


class WithUnit(HubForm):
    """A form that may narrow to a unit of the institution, *units* by id."""

    unit = choice("Unit", dict, description="With everything that belongs to it.")

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = {"": "Anywhere", **units}

    @property
    def unit_id(self) -> int | None:
        return int(self.unit.data) if self.unit.data else None


KIND_LABELS = {key: kind.label for key, kind in KINDS.items()}
HOW = Counting.choices()


class IndicatorForm(WithUnit):
    text = line("What is counted?", "Say what is counted", description="For example, Number of staff registered.")
    counting = choice(
        "How does the hub count it?",
        HOW,
        blank="It does not: we type the figures in",
        description="Where the hub can count it, nobody types it again.",
    )
    kinds = choices("Which kinds of evidence?", KIND_LABELS, description="None chosen means all of them.")
    theme = choice("Only for the theme", THEMES, blank="Any theme")
    words = line("Only with these words in the title", most=100)
    period = choice("From when?", Period.choices(), "Choose from when it counts")
    shown = choice("How is it shown?", Shown.choices(), "Choose how it is shown")
    baseline = number("Baseline", most=100_000_000, description="What it was before: growth is counted from here.")
    baseline_on = day("Baseline on")
    targets = prose("Targets", description="One a line, with its day: 40 | 31/07/2027. Pounds without the sign.")

    def validate(self, extra_validators: Any = None) -> bool:
        whole = bool(super().validate(extra_validators))
        faults = self._at_odds() if whole else []
        for field, text in faults:
            field.errors = [*field.errors, text]
        return whole and not faults

    def _at_odds(self) -> list[tuple[Any, str]]:
        """Answers that do not go together."""
        units = sorted({KINDS[kind].unit for kind in self.chosen_kinds})
        found: list[tuple[Any, str]] = []
        if self.counting.data == Counting.QUANTITY and len(units) != 1:
            several = f"Choose kinds of one sort: {' and '.join(units)} cannot be added up"
            found.append((self.kinds, several if units else "Choose the kinds whose numbers are added up"))
        if self.period.data == Period.BASELINE and not self.baseline_on.data:
            found.append((self.baseline_on, "Enter the day from which it counts"))
        if self.shown.data != Shown.NUMBER and self.baseline.data is None:
            found.append((self.baseline, "Enter the baseline from which growth is counted"))
        if self.shown.data == Shown.GROWTH_PERCENT and self.baseline.data == 0:
            found.append((self.baseline, "Enter a baseline above nothing: growth in per cent is a share of it"))
        return found

    def validate_targets(self, field: Any) -> None:
        _dated(self, field)
        wrong = [text for text, _ in DatedLinesField.read(field.data) if not _is_figure(text)]
        if wrong:
            raise ValidationError(f"“{wrong[0][:40]}” is not a whole number. Write a target as 40 | 31/07/2027")

    @property
    def target_rows(self) -> list[tuple[int, date | None]]:
        return [(_figure(text), due) for text, due in DatedLinesField.read(self.targets.data)]

    @property
    def chosen_kinds(self) -> tuple[str, ...]:
        """In table order; an optional field lets a blank one pass."""
        return tuple(kind for kind in KINDS if kind in (self.kinds.data or ()))

    @property
    def why(self) -> str:
        return ""

    @property
    def definition(self) -> Definition:
        """The question, kept whole even while the figures are typed in."""
        return Definition(
            counting=Counting(self.counting.data) if self.counting.data else None,
            kinds=self.chosen_kinds,
            theme=Theme(self.theme.data) if self.theme.data else None,
            unit_id=self.unit_id,
            words=self.words.data or "",
            period=Period(self.period.data),
            shown=Shown(self.shown.data),
        )


class AmendIndicatorForm(IndicatorForm):
    """The same once the plan is published, when people rely on what it promises."""

    reason = _why("Why does it change?", "the change")

    @property
    def why(self) -> str:
        return self.reason.data or ""


class ReadingForm(HubForm):
    value = number("Figure", "Enter the figure", most=100_000_000)
    on = day("On", "Enter the day it was counted", latest=today)
    source = line(
        "Where is it from?",
        "Say where the figure is from",
        description="Whoever reads it later can ask there: the return of 31 July, the visitors’ book.",
    )


class FreezeForm(HubForm):
    on = day("For which day?", "Enter the day", latest=today, description="The reporting date, such as 31 January.")


class RuleForm(WithUnit):
    kind = choice("Kind of evidence", KIND_LABELS, blank="Any kind")
    theme = choice("Theme", THEMES, blank="Any theme")
    words = line("With these words in the title", most=100)
    since = day("From")
    until = day("Until")

    def validate_until(self, field: Any) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("Choose a last day on or after the first")

    @property
    def named(self) -> dict[str, Any]:
        """What the rule names, as the services take it."""
        return {
            "kind": self.kind.data,
            "words": self.words.data or "",
            "unit_id": self.unit_id,
            "theme": Theme(self.theme.data) if self.theme.data else None,
            "since": self.since.data,
            "until": self.until.data,
        }


class PlaceForm(HubForm):
    actions = choices("Which actions does it show?", dict, "Choose at least one action")

    def __init__(self, *args: Any, actions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions.choices = actions


class ServeForm(PlaceForm):
    actions = choices("Which actions serve it?", dict, "Choose at least one action")


class MapForm(HubForm):
    actions = choices("Which actions?", dict, "Choose at least one action")
    points = choices("Which points?", dict, "Choose at least one point")

    def __init__(self, *args: Any, actions: dict[str, Action], points: dict[str, Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions.choices = {key: action.objective for key, action in actions.items()}
        self.points.choices = {key: point.title for key, point in points.items()}


class SetAsideForm(HubForm):
    reason = line("Why does it not belong in the plan?", "Give a reason", most=300)
