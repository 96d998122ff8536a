"""Facts that packages above learn of: a link is to be mailed, somebody was changed, a role was given."""

from enum import StrEnum

from blinker import Namespace


class StepChange(StrEnum):
    """What became of somebody's second step."""

    TURNED_ON = "turned_on"
    ANOTHER_APP = "another_app"
    NEW_CODES = "new_codes"
    CODE_USED = "code_used"
    TURNED_OFF = "turned_off"
    RESET = "reset"  # by somebody else


_signals = Namespace()

link_made = _signals.signal(
    "accounts-link-made",
    doc="""A one-time link is to be mailed. *sender* is the ``OneTimeLink`` with its person; ``token`` is kept nowhere;
    ``actor`` invited them, or nobody.""",
)
person_changed = _signals.signal(
    "accounts-person-changed",
    doc="""Who somebody is to the institution was changed: name, title, unit, being a technician, or whether they are
    let in. *sender* is the ``Person``, already flushed.""",
)
password_changed = _signals.signal(
    "accounts-password-changed", doc="""*sender* is the ``Person`` whose password was set or changed."""
)
second_step_changed = _signals.signal(
    "accounts-second-step-changed",
    doc="""*sender* is the ``Person`` whose second step it is; ``what`` is a ``StepChange``; ``actor`` did it.""",
)
role_granted = _signals.signal(
    "accounts-role-granted", doc="""*sender* is the ``RoleGrant`` with its person; ``actor`` gave it, or nobody."""
)
