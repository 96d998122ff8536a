"""Pages of registration and mentoring, by what they are about."""

from hub.registration.views import drafts, journeys, leading, mentors, outcomes, pairings, profiles
from hub.registration.views.blueprint import bp

__all__ = ["bp", "drafts", "journeys", "leading", "mentors", "outcomes", "pairings", "profiles"]
