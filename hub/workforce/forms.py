"""What is filled in about a staff file."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from hub.core.forms import HubForm, choice
from hub.workforce import comparing
from hub.workforce.reading.columns import FIELDS
from hub.workforce.reading.files import LARGEST

MEANINGS = {key: field.label for key, field in FIELDS.items()}
MISSING = {"stay": "Stay as they are", "leave": "Have left: they are shut out today"}


class SendForm(HubForm):
    file = FileField(
        "The file",
        [FileRequired("Choose the file that your HR system wrote")],
        description=f"Excel (.xlsx) or .csv, up to {LARGEST // 1024**2} MB.",
    )


class ConfirmForm(HubForm):
    missing = choice("People who are not in the file", MISSING, "Choose what becomes of them", radio=True)
    has_looked = BooleanField("I have looked at the list: it is right that so many leave")

    def __init__(self, *args: Any, counts: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counts["missing"]:
            del self.missing
        if not comparing.too_many(counts):
            del self.has_looked

    @property
    def missing_leave(self) -> bool:
        return "missing" in self and self.missing.data == "leave"

    @property
    def was_looked_at(self) -> bool:
        return "has_looked" in self and bool(self.has_looked.data)


def columns_form(columns: Sequence[Mapping[str, str]]) -> type[HubForm]:
    """One question for each column of the file: what it is."""
    questions = {
        f"column_{at}": choice(column["heading"], MEANINGS, blank="Leave it out") for at, column in enumerate(columns)
    }
    return type("ColumnsForm", (HubForm,), questions)


def filled(columns: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {f"column_{at}": column["meaning"] for at, column in enumerate(columns)}


def meanings(form: HubForm, columns: Sequence[Mapping[str, str]]) -> dict[int, str]:
    return {at: form[f"column_{at}"].data or "" for at in range(len(columns))}
