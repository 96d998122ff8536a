"""What a profile shows of its owner's registrations."""

from flask import get_template_attribute
from markupsafe import Markup

from hub.directory.models import Profile
from hub.directory.policy import Viewer, visible
from hub.registration import queries, registers


def on_profile(profile: Profile, viewer: Viewer) -> Markup:
    """What *viewer* may see of somebody’s registrations, as a part of their profile."""
    if not profile.registrations or not visible("registrations", profile, viewer):
        return Markup("")
    journeys = queries.current_registrations([profile.person_id]).get(profile.person_id, [])
    held = [(registers.register_of(one.register), one.registered_on) for one in journeys]
    drawn: Markup = get_template_attribute("components/registration.html", "on_profile")(held)
    return drawn
