"""Who is told what about the directory."""

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core.links import path_to
from hub.directory.models import Profile
from hub.notifications.kinds import register
from hub.notifications.services import tell

GROUP = "Directory"

register("directory.reported", GROUP, "A colleague reports that a profile is wrong")
register("directory.report_received", GROUP, "Somebody says that your profile may be wrong")


def reported(profile: Profile, *, what: str, words: str, actor: Person) -> None:
    """Tell the leads who said what is wrong; tell the owner that something may be, without a name."""
    path = path_to("directory.profile", slug=profile.person.slug)
    for lead in accounts.holders(profile.institution_id, Role.LEAD, Role.DEPUTY_LEAD):
        tell(
            lead,
            "directory.reported",
            title=f"{profile.person.name}’s profile may be wrong: {what.lower()}",
            body=f"{actor.name} writes: {words}" if words else f"Reported by {actor.name}.",
            path=path,
        )
    if profile.person_id != actor.id:
        tell(
            profile.person,
            "directory.report_received",
            title="Please check your profile: a colleague thinks that something is wrong",
            body=f"They chose: {what.lower()}.",
            path=path_to("directory.edit_profile"),
        )
