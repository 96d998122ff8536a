"""Parts of a profile page that features above the directory bring: each draws what the viewer may see of it."""

from collections.abc import Callable

from markupsafe import Markup

from hub.directory.models import Profile
from hub.directory.policy import Viewer

Draw = Callable[[Profile, Viewer], Markup]

_parts: dict[str, Draw] = {}


def add(key: str, draw: Draw) -> None:
    """Have *draw* asked for every profile that is shown; what it has nothing for, it draws empty."""
    _parts[key] = draw


def drawn(profile: Profile, viewer: Viewer) -> list[Markup]:
    return [part for draw in _parts.values() if (part := draw(profile, viewer))]
