"""Who is told what about the directory."""

from collections.abc import Sequence

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core.clock import today
from hub.core.links import path_to
from hub.core.words import spoken
from hub.directory.models import PersonSkill, Profile, SavedSearch, SkillSuggestion, SuggestionStage
from hub.notifications.kinds import register
from hub.notifications.services import tell

GROUP = "Directory"

register("directory.reported", GROUP, "A colleague reports that a profile is wrong")
register("directory.report_received", GROUP, "Somebody says that your profile may be wrong")
register("directory.edited", GROUP, "A colleague whom you let write your profile has changed it")
register("directory.may_write", GROUP, "A colleague lets you write their profile", urgent=False)
register("directory.skill_confirmed", GROUP, "A colleague has confirmed one of your skills", urgent=False)
register("directory.suggested", GROUP, "A technician suggests a skill for the vocabulary")
register("directory.suggestion_answered", GROUP, "Your suggestion for the vocabulary is answered")
register("directory.new_people", GROUP, "People are new in a search that you keep", urgent=False)


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


def edited(profile: Profile, *, actor: Person) -> None:
    """Tell the owner that somebody else wrote their profile: once a day for each colleague, however often they save."""
    tell(
        profile.person,
        "directory.edited",
        title=f"{actor.name} has changed your profile",
        body="You let them write it. See what it said before, and take any change back.",
        path=path_to("directory.history"),
        dedupe=f"directory.edited:{profile.id}:{actor.id}:{today().isoformat()}",
    )


def may_write(profile: Profile, colleague: Person) -> None:
    tell(
        colleague,
        "directory.may_write",
        title=f"{profile.person.name} lets you write their profile",
        body="What it says is yours to help with; who sees it stays theirs.",
        path=path_to("directory.write_profile", slug=profile.person.slug),
    )


def skill_confirmed(own: PersonSkill) -> None:
    """Without a name: whoever confirms may show theirs to fewer one day."""
    tell(
        own.person,
        "directory.skill_confirmed",
        title=f"A colleague has confirmed your skill in {own.skill.name}",
        path=path_to("directory.profile", slug=own.person.slug),
    )


def suggested(suggestion: SkillSuggestion) -> None:
    for lead in accounts.holders(suggestion.institution_id, Role.LEAD, Role.DEPUTY_LEAD):
        tell(
            lead,
            "directory.suggested",
            title=f"{suggestion.person.name} suggests a skill: {suggestion.name}",
            body=suggestion.about,
            path=path_to("directory.accept_suggestion", suggestion_id=suggestion.id),
        )


ANSWERS = {
    SuggestionStage.ADDED: "{name} is in the vocabulary now, and on your profile",
    SuggestionStage.KNOWN: "The hub knows {name} under another name; it is on your profile",
    SuggestionStage.DECLINED: "{name} does not become a skill of its own",
}


def suggestion_answered(suggestion: SkillSuggestion) -> None:
    tell(
        suggestion.person,
        "directory.suggestion_answered",
        title=ANSWERS[suggestion.stage].format(name=suggestion.name),
        body=suggestion.answer,
        path=path_to("directory.my_skills"),
    )


def new_people(search: SavedSearch, new: Sequence[int]) -> None:
    """Without names: by the time that it is read, somebody may have chosen otherwise."""
    people = "Somebody is" if len(new) == 1 else f"{spoken(len(new)).capitalize()} people are"
    tell(
        search.person,
        "directory.new_people",
        title=f"{people} new in a search that you keep",
        path=f"{path_to('directory.search')}?{search.query}",
    )
