"""Pages of the galleries: /galleries/…"""

from hub.galleries.views import editing, paper, portraits, showing
from hub.galleries.views.blueprint import bp

__all__ = ["bp", "editing", "paper", "portraits", "showing"]
