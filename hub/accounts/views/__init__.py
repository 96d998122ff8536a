"""The pages of signing in, of one's own account, and of an institution's people and units."""

from hub.accounts.views import institution, mine, people, second_step, signing_in, units
from hub.accounts.views.blueprint import bp

__all__ = ["bp", "institution", "mine", "people", "second_step", "signing_in", "units"]
