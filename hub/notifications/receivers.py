"""What accounts announce, told to those whom it concerns."""

from typing import Any

from hub.accounts.models import OneTimeLink, Person, Purpose, RoleGrant
from hub.accounts.signals import StepChange, link_made, password_changed, role_granted, second_step_changed
from hub.accounts.wording import ROLES
from hub.core.links import address_of, path_to
from hub.notifications.kinds import SECURITY, register
from hub.notifications.services import mail_only, tell

register("accounts.link", SECURITY, "Links that you asked for, and invitations")
register("accounts.password", SECURITY, "Your password was changed")
register("accounts.second_step", SECURITY, "Your second step was changed")
register("accounts.role", SECURITY, "You were given a role")

LETTERS = {
    Purpose.SIGN_IN: (
        "Your link to sign in",
        "accounts.use_link",
        (
            "With this link you sign in once, within 15 minutes:\n\n{link}\n\n"
            "If you did not ask for it, leave it: nobody can use it without this mail."
        ),
    ),
    Purpose.RESET: (
        "Set a new password",
        "accounts.reset_password",
        (
            "With this link you set a new password, once, within an hour:\n\n{link}\n\n"
            "If you did not ask for it, leave it: your password stays as it is."
        ),
    ),
    Purpose.INVITE: (
        "Your place in the Technicians’ Hub",
        "accounts.accept_invitation",
        (
            "{inviting} the hub of technical staff at {institution}. "
            "Choose a password to begin; the link works for seven days:\n\n{link}"
        ),
    ),
}


@link_made.connect
def mail_link(link: OneTimeLink, token: str, actor: Person | None = None, **_: Any) -> None:
    subject, endpoint, text = LETTERS[link.purpose]
    inviting = f"{actor.name} invites you to" if actor else "You have a place in"
    address = address_of(path_to(endpoint, token=token))
    text = text.format(link=address, inviting=inviting, institution=link.person.institution.name)
    mail_only(link.person, "accounts.link", subject, text)


@password_changed.connect
def mail_new_password(person: Person, **_: Any) -> None:
    address = address_of(path_to("accounts.forgot_password"))
    text = f"Your password for the hub was changed just now. If that was not you, set a new one at once:\n\n{address}"
    mail_only(person, "accounts.password", "Your password was changed", text)


STEP_CHANGES = {
    StepChange.TURNED_ON: "From now on you sign in with a code from your app, after your password.",
    StepChange.ANOTHER_APP: "You sign in with the codes of another app from now on. The old one is worth nothing.",
    StepChange.NEW_CODES: "You have new recovery codes. The old ones are worth nothing.",
    StepChange.CODE_USED: "One of your recovery codes was used to sign in. It works no more.",
    StepChange.TURNED_OFF: "Your second step was turned off: your password alone opens your account.",
    StepChange.RESET: "{actor} has reset your second step: sign in with your password, then set up another app.",
}


@second_step_changed.connect
def mail_new_second_step(person: Person, what: StepChange, actor: Person, **_: Any) -> None:
    address = address_of(path_to("accounts.forgot_password"))
    text = (
        f"{STEP_CHANGES[what].format(actor=actor.name)} If that was not you, set a new password at once:\n\n{address}"
    )
    subject = "A recovery code was used" if what == StepChange.CODE_USED else "Your second step was changed"
    mail_only(person, "accounts.second_step", subject, text)


@role_granted.connect
def tell_of_role(given: RoleGrant, actor: Person | None = None, **_: Any) -> None:
    """Those who set an installation up need not be told."""
    if actor is not None and actor.id != given.person.id:
        title = f"You have the role “{ROLES[given.role]}”"
        tell(given.person, "accounts.role", title=title, body=f"{actor.name} gave it to you.", path="/")
