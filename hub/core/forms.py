"""Forms: what people send is cleaned, bounded and explained; rules that need the database live in services."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from flask import abort, request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from markupsafe import Markup, escape
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    EmailField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, StopValidation
from wtforms.widgets import TextInput

from hub.core.clock import LONDON, today
from hub.core.money import MOST_PENCE, parse_pounds, pounds
from hub.core.text import clean, is_visible, one_line, word_count
from hub.core.web import INCOMPLETE, fresh_token, sealed

MAY_BE_ABSENT = (BooleanField, RadioField, SelectMultipleField, FileField)


class HubForm(FlaskForm):
    """A form that knows whether all of it arrived, and which version of the row it was filled from."""

    def __init__(self, *args: Any, version_of: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._version_of = version_of if version_of is not None else kwargs.get("obj")

    def hidden_tag(self, *_fields: Any) -> Markup:
        return post_inputs(self._version_of) + Markup('<input type="hidden" name="_fields" value="{}">').format(
            sealed(self._names())
        )

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        if not self.is_submitted():
            return False
        self._refuse_incomplete()
        return bool(self.validate(extra_validators))

    def _names(self) -> str:
        return ",".join(f.name for f in self if f.name != "csrf_token")

    def _refuse_incomplete(self) -> None:
        absent = [
            f for f in self if f.name not in request.form and f.name not in request.files and f.name != "csrf_token"
        ]
        if request.form.get("_fields", "").partition(".")[0] != self._names() or any(
            not isinstance(f, MAY_BE_ABSENT) for f in absent
        ):
            abort(400, INCOMPLETE)
        many = {f.name for f in self if isinstance(f, SelectMultipleField)}
        arrived = Counter(name for part in (request.form, request.files) for name, _ in part.items(multi=True))
        if any(times > 1 and name not in many for name, times in arrived.items()):
            abort(400, "A field of the form arrived twice, so nothing was changed.")

    def refuse(self, field: Field, refusal: Exception) -> None:
        """Show why a service refused, beside the field it concerns."""
        field.errors = [*field.errors, str(refusal)]


def post_inputs(subject: Any = None) -> Markup:
    """The hidden inputs without which no POST is taken: CSRF token, once-only token, version of *subject*."""
    from flask_wtf.csrf import generate_csrf  # noqa: PLC0415 -- slow import

    inputs = hidden_input("csrf_token", generate_csrf()) + hidden_input("_once", fresh_token())
    return inputs + hidden_input("_version", subject.version) if hasattr(subject, "version") else inputs


def hidden_input(name: str, value: Any) -> Markup:
    return Markup(f'<input type="hidden" name="{name}" value="{escape(value)}">')  # noqa: S704 -- names are ours


class AtMost(Length):
    """What is too long is looked at no further: telling whether a megabyte is an address takes a second."""

    def __call__(self, form: Any, field: Field) -> None:
        try:
            super().__call__(form, field)
        except ValidationError as too_long:
            raise StopValidation(str(too_long)) from None


def _need(required: str | None) -> list[Any]:
    return [DataRequired(required)] if required else [Optional()]


def _visible(_form: Any, field: Field) -> None:
    if field.data and not is_visible(field.data):
        raise ValidationError("Use letters or numbers that a reader can see")


def line(
    label: str, required: str | None = None, *, most: int = 200, description: str = "", **kwargs: Any
) -> UnboundField:
    """One line of text. *required* is the sentence shown when it is missing; without it the field is optional."""
    checks = [*_need(required), AtMost(max=most, message=f"Use {most} characters or fewer"), _visible]
    return StringField(label, checks, filters=[lambda t: one_line(t) if t else t], description=description, **kwargs)


def prose(
    label: str,
    required: str | None = None,
    *,
    words: int | None = None,
    most: int = 20_000,
    description: str = "",
    **kwargs: Any,
) -> UnboundField:
    """Several lines, at most *words* words, counted here as on the page, and *most* characters."""

    def short_enough(_form: Any, field: Field) -> None:
        over = word_count(field.data or "") - (words or 10**6)
        if over > 0:
            raise ValidationError(f"Shorten this by {over} {'word' if over == 1 else 'words'}: {words} is the most")

    short_enough.words = words  # type: ignore[attr-defined]  # the page's own counter reads it
    checks = [*_need(required), AtMost(max=most, message=f"Use {most:,} characters or fewer"), short_enough, _visible]
    return TextAreaField(label, checks, filters=[lambda t: clean(t) if t else t], description=description, **kwargs)


def email(
    label: str = "E-mail address", required: str | None = "Enter an e-mail address", **kwargs: Any
) -> UnboundField:
    checks = [
        *_need(required),
        AtMost(max=254, message="Use 254 characters or fewer"),
        Email("Enter an address such as name@university.ac.uk"),
    ]
    return EmailField(label, checks, filters=[lambda t: one_line(t).lower() if t else t], **kwargs)


def choice(
    label: str,
    options: Any,
    required: str | None = None,
    *,
    radio: bool = False,
    blank: str = "Choose one",
    **kwargs: Any,
) -> UnboundField:
    """One of *options*, ``{value: text}``. Optional ones offer *blank* and give ``None``."""
    kind = RadioField if radio else SelectField

    def options_with_blank() -> dict[str, str]:
        given = options() if callable(options) else options
        return dict(given) if radio else {"": blank, **given}

    kwargs.setdefault("coerce", lambda v: str(v) if v not in (None, "") else None)
    return kind(label, _need(required), choices=options_with_blank, validate_choice=True, **kwargs)


class _MayBeNone:
    """Like ``Optional``, which would forget of several values that one was never offered if the first is blank."""

    field_flags: ClassVar = {"optional": True}

    def __call__(self, _form: Any, _field: Field) -> None: ...


def choices(label: str, options: Any, required: str | None = None, **kwargs: Any) -> UnboundField:
    """Any number of *options*, as checkboxes."""
    return SelectMultipleField(label, [DataRequired(required) if required else _MayBeNone()], choices=options, **kwargs)


class MoneyField(StringField):
    """Pounds as typed, pence as ``data``."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = one_line(valuelist[0]) if valuelist else ""
        self.data = None
        if self.typed.strip():
            self.data = parse_pounds(self.typed)

    def _value(self) -> str:
        if getattr(self, "typed", None):
            return str(self.typed)
        return pounds(self.data).lstrip("£").removesuffix(".00") if self.data is not None else ""


def money(
    label: str, required: str | None = None, *, least: int = 1, most: int = MOST_PENCE, **kwargs: Any
) -> UnboundField:
    """Pounds; *least* and *most* are in pence."""

    def in_bounds(_form: Any, field: Field) -> None:
        if field.data is None and required and not field.errors:
            raise ValidationError(required)  # nothing but white space was typed
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(f"Enter an amount from {pounds(least)} to {pounds(most)}")

    return MoneyField(label, [InputRequired(required) if required else Optional(), in_bounds], **kwargs)


class WholeNumberField(IntegerField):
    """Plain digits only: neither 1_000 nor digits of other scripts, which ``int`` would take."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0].strip().replace(",", "") if valuelist else ""
        if not typed:
            self.data = None
        elif typed.isascii() and typed.lstrip("-").isdigit() and len(typed) <= 12:
            self.data = int(typed)
        else:
            self.data = None
            raise ValueError("Enter a whole number, such as 12")


def number(
    label: str, required: str | None = None, *, least: int = 0, most: int = 1_000_000, **kwargs: Any
) -> UnboundField:
    def in_bounds(_form: Any, field: Field) -> None:
        if field.data is None and required and not field.errors:
            raise ValidationError(required)  # nothing but white space was typed
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(f"Enter a whole number from {least:,} to {most:,}")

    return WholeNumberField(label, [InputRequired(required) if required else Optional(), in_bounds], **kwargs)


Bound = Callable[[], date] | None


def day(
    label: str, required: str | None = None, *, earliest: Bound = None, latest: Bound = None, **kwargs: Any
) -> UnboundField:
    """A calendar day within the window, by default twenty years either side of today."""

    def in_window(_form: Any, field: Field) -> None:
        low = earliest() if earliest else today() - timedelta(days=7305)
        high = latest() if latest else today() + timedelta(days=7305)
        if field.data and not low <= field.data <= high:
            raise ValidationError(f"Choose a day from {low:%-d %B %Y} to {high:%-d %B %Y}")

    return DateField(label, [InputRequired(required) if required else Optional(), in_window], **kwargs)


class MomentField(DateTimeLocalField):
    """Day and time on London clocks; ``data`` is aware."""

    data: datetime | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if isinstance(self.data, datetime):
            self.data = self.data.replace(tzinfo=LONDON)

    def process_data(self, value: Any) -> None:
        self.data = value.astimezone(LONDON) if value else None


def moment(label: str, required: str | None = None, **kwargs: Any) -> UnboundField:
    def in_window(_form: Any, field: Field) -> None:
        if field.data and abs(field.data.date() - today()) > timedelta(days=7305):
            raise ValidationError("Choose a day within twenty years of today")

    return MomentField(label, [InputRequired(required) if required else Optional(), in_window], **kwargs)
