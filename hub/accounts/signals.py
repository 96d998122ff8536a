"""Facts that packages above learn of: a link is to be mailed, a password was changed, a role was given."""

from blinker import Namespace

_signals = Namespace()

link_made = _signals.signal(
    "accounts-link-made",
    doc="""A one-time link is to be mailed. *sender* is the ``OneTimeLink`` with its person; ``token`` is kept nowhere;
    ``actor`` invited them, or nobody.""",
)
password_changed = _signals.signal(
    "accounts-password-changed", doc="""*sender* is the ``Person`` whose password was set or changed."""
)
role_granted = _signals.signal(
    "accounts-role-granted", doc="""*sender* is the ``RoleGrant`` with its person; ``actor`` gave it, or nobody."""
)
