"""Pages of the ledger, and of evidence brought by hand, under /evidence."""

from hub.evidence.views import items, ledger  # noqa: F401 -- they add their pages to bp
from hub.evidence.views.blueprint import bp

__all__ = ["bp"]
