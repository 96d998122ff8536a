"""Forms for signing in, for one's own account, and for the people of an institution."""

from typing import Any

from wtforms import BooleanField, PasswordField
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired, Length

from hub.accounts.passwords import LONGEST, SHORTEST
from hub.accounts.wording import ROLES, UNIT_KINDS
from hub.core.clock import today
from hub.core.forms import HubForm, choice, day, email, line, number


def _password(label: str, required: str, *, autocomplete: str, description: str = "") -> UnboundField:
    checks = [InputRequired(required), Length(max=LONGEST, message=f"Use {LONGEST:,} characters or fewer")]
    return PasswordField(label, checks, description=description, render_kw={"autocomplete": autocomplete})


def _new_password(label: str = "New password") -> UnboundField:
    return _password(
        label,
        "Enter a password",
        autocomplete="new-password",
        description=f"{SHORTEST} characters or more. Three or four words that only you would put together are best.",
    )


def _own_email() -> UnboundField:
    return email("Work e-mail", "Enter your e-mail address", render_kw={"autocomplete": "username"})


class SignInForm(HubForm):
    email = _own_email()
    password = _password("Password", "Enter your password", autocomplete="current-password")


class CodeForm(HubForm):
    """A code from an app, or one that was kept for a rainy day: digits both, so that phones show their number pad."""

    code = line(
        "Code",
        "Enter the code that your app shows",
        most=40,
        description="Six digits.",
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class SignInCodeForm(CodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.description = "Six digits, or the twelve of one of your recovery codes."


class ProveForm(HubForm):
    password = _password("Your password", "Enter your password", autocomplete="current-password")


class SignInLinkForm(HubForm):
    email = _own_email()


class ForgotPasswordForm(HubForm):
    email = _own_email()


class UseLinkForm(HubForm):
    """Nothing but its button: looking at a link must not use it up."""


class ResetPasswordForm(HubForm):
    password = _new_password()


class AcceptInvitationForm(HubForm):
    password = _new_password("Choose a password")


class ChangePasswordForm(HubForm):
    current = _password("Your password now", "Enter your password", autocomplete="current-password")
    password = _new_password()


def _unit(label: str = "Unit", blank: str = "No unit") -> UnboundField:
    return choice(label, dict, blank=blank)


class InviteForm(HubForm):
    name = line("Name", "Enter a name", most=150)
    email = email("Work e-mail", description="The invitation goes there. It works for seven days.")
    job_title = line("Job title", most=150)
    unit = _unit()
    is_technician = BooleanField("A technician: somebody the Technician Commitment is for", default=True)

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = {"": "No unit", **units}


class EditPersonForm(HubForm):
    name = line("Name", "Enter a name", most=150)
    job_title = line("Job title", most=150)
    staff_id = line("Staff number", most=40)
    unit = _unit()
    manager_email = email("Line manager’s e-mail", None)
    is_technician = BooleanField("A technician: somebody the Technician Commitment is for")

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = {"": "No unit", **units}


class RecordLeaverForm(HubForm):
    left_on = day("Last day", "Enter the last day", latest=today)


class GrantRoleForm(HubForm):
    role = choice("Role", dict, "Choose a role")
    ends_on = day("Until", earliest=today, description="Leave empty if there is no end yet.")

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = {"": "Choose one"} | {role.value: ROLES[role] for role in ROLES if role in roles}


class UnitForm(HubForm):
    name = line("Name", "Enter a name", most=150)
    kind = choice("Kind", {kind.value: text for kind, text in UNIT_KINDS.items()}, "Choose a kind")
    parent = _unit("Part of", "Nothing larger")

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent.choices = {"": "Nothing larger", **units}


class InstitutionForm(HubForm):
    short_name = line(
        "Short name", "Enter the name that people use", most=40, description="As it stands in the header."
    )
    signed_on = day("Signed the Technician Commitment on", latest=today)
    phase = number("Signing phase", least=1, most=50, description="The cohort in which you signed, if you know it.")
    contact_name = line("Named contact", description="The public page names this person.")
    contact_email = email("Contact’s e-mail address", required=None)
    contact_phone = line("Contact’s telephone", most=40)
