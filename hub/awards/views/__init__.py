"""Pages of the awards: /awards/…"""

from hub.awards.views import judging, nominating, profiles, running
from hub.awards.views.blueprint import bp

__all__ = ["bp", "judging", "nominating", "profiles", "running"]
