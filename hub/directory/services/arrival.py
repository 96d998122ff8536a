"""The first two minutes of somebody whose record was there before them."""

from collections.abc import Sequence

from hub.accounts.models import Person
from hub.directory import queries
from hub.directory.models import Profile, Skill
from hub.directory.services.profiles import confirm, edit_profile, report
from hub.directory.services.skills import Claim, add_skills_to


def welcome(profile: Profile, *, can_help_with: str, wishes: Sequence[Skill], wrong: str, actor: Person) -> None:
    """What somebody says when they first meet their own record: what is wrong with it, and two things more."""
    add_skills_to(profile.person, [Claim(skill, wants_to_learn=True) for skill in wishes], actor=actor)
    profile = queries.profile_of(profile.person_id, fresh=True)
    edit_profile(profile, actor=actor, values={"can_help_with": can_help_with})
    if wrong:
        report(profile, what="Something is wrong or out of date", words=wrong, actor=actor)
    else:
        confirm(profile, actor=actor)
