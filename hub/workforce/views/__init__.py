"""Pages of the staff list and of contracts."""

from hub.workforce.views import contracts, imports  # noqa: F401 -- each adds its routes
from hub.workforce.views.blueprint import bp

__all__ = ["bp"]
