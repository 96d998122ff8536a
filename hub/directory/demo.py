"""The directory of the demo institution: what its technicians know, look after and say of themselves."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hub.accounts.models import Institution, Person
from hub.core.clock import at_london, held, now, today
from hub.directory import queries, services
from hub.directory.demo_words import (
    BIOGRAPHIES,
    CAMPUSES,
    CHAMPIONS,
    CONTACT_FOR,
    DISCIPLINES,
    EQUIPMENT,
    FELLOWSHIPS,
    FIELDS_OF_WORK,
    HELPS,
    KEPT,
    MISSED,
    PRONOUNS,
    ROUTES,
    WEEKS,
)
from hub.directory.models import Level, Skill, SkillGroup, Visibility
from hub.directory.services import Claim

LEVELS = (Level.LEARNING, Level.WORKING, Level.WORKING, Level.EXPERT, Level.EXPERT, Level.CAN_TEACH)
EVERYWHERE = (SkillGroup.ESTATES, SkillGroup.TEACHING, SkillGroup.DIGITAL)


def begin(institution: Institution, _lead: Person, people: Sequence[Person], rng: Random) -> None:
    """The vocabulary, and a profile for every technician: some full, some begun, a few untouched."""
    services.load_vocabulary(institution)
    by_group: dict[SkillGroup, list[Skill]] = {}
    for skill in queries.skills(institution.id):
        by_group.setdefault(skill.group, []).append(skill)
    for person in people:
        if person.is_technician and rng.random() > 0.06:
            _describe(person, by_group, rng)
    _keep_and_share([person for person in people if person.is_technician], Random(len(people)))  # noqa: S311 -- as the demo


def month(institution: Institution, lead: Person, people: Sequence[Person], month_start: date, rng: Random) -> None:
    """A dozen technicians confirm what their profile says; some add a skill, a few change their mind."""
    vocabulary = list(queries.skills(institution.id))
    technicians = [person for person in people if person.is_technician and person.is_active]
    days = sorted(rng.sample(range(26), k=14))
    for day, person in zip(days, rng.sample(technicians, k=min(14, len(technicians))), strict=False):
        with held(at_london(month_start + timedelta(days=day), rng.randint(8, 16), rng.randint(0, 59))):
            _visit(person, vocabulary, rng)
    with held(at_london(month_start + timedelta(days=26), 15, 30)):
        _neighbours(technicians, Random(month_start.toordinal()))  # noqa: S311 -- as the demo
        _answer_oldest(institution, lead)


def _visit(person: Person, vocabulary: Sequence[Skill], rng: Random) -> None:
    """Somebody looks at their own profile."""
    if rng.random() < 0.35:
        services.start_learning(person, rng.choice(vocabulary), actor=person)
    profile = queries.profile_of(person.id)
    if rng.random() < 0.1 and not profile.consents:
        services.agree_to_public(profile, photograph=False, actor=person)
        profile = queries.profile_of(person.id, fresh=True)
        shown = {"can_help_with": Visibility.PUBLIC, "biography": Visibility.PUBLIC, "skills": Visibility.PUBLIC}
        services.edit_profile(profile, actor=person, values={}, visibility=shown)
    elif rng.random() < 0.03 and profile.consents:
        services.withdraw_public(profile, actor=person)
    services.confirm(profile, actor=person)


def _neighbours(technicians: Sequence[Person], rng: Random) -> None:
    """Some confirm a skill of a colleague of their own unit; now and then somebody misses a skill in the list."""
    for person in rng.sample(technicians, k=min(8, len(technicians))):
        near = [one for one in technicians if one.unit_id == person.unit_id and one.id != person.id]
        skills = [own for own in queries.skills_of(rng.choice(near)) if own.level] if near else []
        if skills:
            services.confirm_skill(queries.claimed_skill(rng.choice(skills).id), actor=person)
    here = technicians[0].institution_id
    waiting = {one.name for one in queries.waiting_suggestions(here)}
    missed = [name for name in MISSED if name not in waiting and not queries.skill_called(name, here)]
    if missed and rng.random() < 0.4:
        services.suggest_skill(rng.choice(technicians), name=missed[0], about=MISSED[missed[0]], level=Level.EXPERT)


def _answer_oldest(institution: Institution, lead: Person) -> None:
    """The lead answers what has waited since an earlier month."""
    for waiting in queries.waiting_suggestions(institution.id)[:1]:
        if waiting.suggested_at < now() - timedelta(days=20):
            asked = queries.suggestion(waiting.id)
            services.accept_suggestion(asked, name=asked.name, group=SkillGroup.ARTS, actor=lead)


def _keep_and_share(technicians: Sequence[Person], rng: Random) -> None:
    """Searches that somebody keeps, and a colleague who helps another to write."""
    for person, query in zip(rng.sample(technicians, k=len(KEPT)), KEPT, strict=True):
        services.save_search(person, query=query, found=[])
    owner, helper = rng.sample(technicians, k=2)
    services.let_write(queries.profile_of(owner.id), colleague=helper, actor=owner)


def _describe(person: Person, by_group: dict[SkillGroup, list[Skill]], rng: Random) -> None:
    groups = _groups(person)
    services.add_skills_to(person, _claims(by_group, groups, rng), actor=person)
    fullness = rng.random()
    profile = queries.profile_of(person.id)
    campus = rng.choice(list(CAMPUSES))
    values: dict[str, object] = {
        "campus": campus,
        "building": rng.choice(CAMPUSES[campus]),
        "working_days": rng.choice(WEEKS),
    }
    if fullness > 0.25:
        values["can_help_with"] = "\n".join(rng.sample(HELPS[groups[0]], k=2))
        values["contact_for"] = rng.choice(CONTACT_FOR)
        values["contact_route"] = rng.choice(ROUTES)
    if fullness > 0.5:
        values["biography"] = _biography(rng)
        values["pronouns"] = rng.choice(PRONOUNS)
        values["equipment"] = "\n".join(rng.sample(EQUIPMENT[groups[0]], k=rng.randint(1, 2)))
    services.edit_profile(profile, actor=person, values=values | _standing(person, groups), visibility=_visibility(rng))


def _standing(person: Person, groups: list[SkillGroup]) -> dict[str, object]:
    """Disciplines of most, and what a few are champion or fellow of."""
    rng = Random(person.id)  # noqa: S311 -- as the demo
    said: dict[str, object] = {"disciplines": rng.choice(DISCIPLINES[groups[0]])} if rng.random() < 0.6 else {}
    champion = {"champion_role": rng.choice(CHAMPIONS), "fellowships": rng.choice(FELLOWSHIPS)}
    return said | champion if rng.random() < 0.05 else said


def _groups(person: Person) -> list[SkillGroup]:
    """The kinds of skill that somebody's job and school lead one to expect."""
    about = f"{person.job_title} {person.unit.name if person.unit else ''}".casefold()
    fits = [group for group, signs in FIELDS_OF_WORK.items() if any(sign in about for sign in signs)]
    return fits or [SkillGroup.LABORATORY]


def _claims(by_group: dict[SkillGroup, list[Skill]], groups: list[SkillGroup], rng: Random) -> list[Claim]:
    own = [skill for group in groups for skill in rng.sample(by_group[group], k=min(5, len(by_group[group])))]
    own = [*rng.sample(own, k=min(len(own), rng.randint(3, 6))), rng.choice(by_group[rng.choice(EVERYWHERE)])]
    known = [
        Claim(skill, rng.choice(LEVELS), last_used=today() - timedelta(days=rng.randint(1, 500)))
        for skill in dict.fromkeys(own)
    ]
    wish = rng.choice(by_group[rng.choice([*groups, SkillGroup.DIGITAL])])
    return known + ([Claim(wish, wants_to_learn=True)] if wish not in own and rng.random() < 0.6 else [])


def _biography(rng: Random) -> str:
    return " ".join(rng.choice(part) for part in BIOGRAPHIES)


def _visibility(rng: Random) -> dict[str, Visibility]:
    """Most leave the defaults; some open a field to the institution, some keep one to themselves."""
    chosen: dict[str, Visibility] = {}
    if rng.random() < 0.3:
        chosen |= {"skills": Visibility.INSTITUTION, "can_help_with": Visibility.INSTITUTION}
    if rng.random() < 0.1:
        chosen["learning"] = Visibility.PRIVATE
    if rng.random() < 0.1:
        chosen["biography"] = Visibility.UNIT
    if rng.random() < 0.05:
        chosen["place"] = Visibility.UNIT
    return chosen
