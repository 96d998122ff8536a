"""The pages of attribution, under /credit."""

from hub.attribution.views import contributions, documents, publishing  # noqa: F401 -- they add their pages to bp
from hub.attribution.views.blueprint import bp
from hub.attribution.views.contributions import on_profile

__all__ = ["bp", "on_profile"]
