"""What the form macros must know of a WTForms field, read from the field itself."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectFieldBase, SelectMultipleField
from wtforms.widgets import TextArea


class Fault(NamedTuple):
    """One thing wrong with a form, and the id of what to mend (empty for the form as a whole)."""

    id: str
    text: str


def kind(field: Any) -> str:
    """Which macro draws *field*: money, select, radio, checkboxes, confirm, textarea, group, or an input's type."""
    if any(base.__name__ == "MoneyField" for base in type(field).__mro__):
        return "money"
    for field_type, name in _DRAWN_AS:
        if isinstance(field, field_type):
            return name
    if isinstance(field.widget, TextArea):
        return "textarea"
    return getattr(field.widget, "input_type", None) or "text"


_DRAWN_AS: tuple[tuple[type[Any], str], ...] = (
    (RadioField, "radio"),
    (SelectMultipleField, "checkboxes"),
    (SelectFieldBase, "select"),
    (BooleanField, "confirm"),
    (HiddenField, "hidden"),
    (FieldList, "group"),
    (FormField, "group"),
)
_CHOICES = {"radio", "checkboxes"}
_ALWAYS_ANSWERED = {"select", "radio", "confirm"}


def is_optional(field: Any) -> bool:
    """Whether the label should say so: a select or radio is only when its form says so itself, “either or” never."""
    if field.flags.required or field.flags.either:
        return False
    return bool(field.flags.optional) or kind(field) not in _ALWAYS_ANSWERED


def word_limit(field: Any) -> int | None:
    """The limit of the first validator that counts words (it carries ``words``)."""
    return next((limit for check in field.validators if (limit := getattr(check, "words", None))), None)


def has(form: Iterable[Any], wanted: str) -> bool:
    """Whether *form* has a field of that *wanted* kind."""
    return any(kind(field) == wanted for field in form)


def shown(form: Iterable[Any]) -> list[Any]:
    """The fields a person sees, in the form's order."""
    return [field for field in form if kind(field) != "hidden"]


def faults(form: Any) -> list[Fault]:
    """Everything wrong with *form*, top to bottom; what belongs to no field comes first."""
    return [*(Fault("", str(text)) for text in form.form_errors), *_field_faults(form)]


def _field_faults(form: Iterable[Any]) -> Iterator[Fault]:
    for field in form:
        if not field.errors:
            continue
        if kind(field) == "group":
            yield from _group_faults(field)
        else:
            yield Fault(_first_control(field), str(field.errors[0]))


def _group_faults(field: Any) -> Iterator[Fault]:
    if isinstance(field, FormField):
        yield from faults(field.form)
        return
    yield from (Fault("", text) for text in field.errors if isinstance(text, str))
    yield from _field_faults(field.entries)


def _first_control(field: Any) -> str:
    if kind(field) == "hidden":
        return ""
    return f"{field.id}-0" if kind(field) in _CHOICES else str(field.id)
