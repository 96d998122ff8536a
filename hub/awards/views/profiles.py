"""What a profile shows of its owner's awards."""

from flask import get_template_attribute
from markupsafe import Markup

from hub.awards import queries
from hub.directory.models import Profile
from hub.directory.policy import Viewer


def on_profile(profile: Profile, viewer: Viewer) -> Markup:
    """The awards of somebody who agreed to be named, for whoever may read the roll of honour."""
    if viewer.institution_id != profile.institution_id:
        return Markup("")
    won = queries.honours_of(profile.person_id)
    return get_template_attribute("components/awards.html", "on_profile")(won) if won else Markup("")
