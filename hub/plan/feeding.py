"""What an action asks for: a first guess from its own words, then the rules that the lead has made of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from hub.accounts.queries import above, beneath
from hub.core.db import db
from hub.evidence.models import Entry
from hub.plan.models import Action, Placement, PlacementState, Plan, Rule, Stage

IN_FORCE = (Stage.PUBLISHED, Stage.APPROVED)

# “Award” alone would also catch money awarded and marks such as Employer Champion.
RECOGNISING = (
    "nominat",
    "prize",
    "staff award",
    "award scheme",
    "award ceremon",
    "technician awards",
    "of the year",
    "celebrat",
)

WORDS_OF_KIND = {
    "directory.profile": (
        "profile",
        "galler",
        "directory",
        "webpage",
        "web page",
        "website",
        "identifiable",
        "web presence",
    ),
    "skills.session": (
        "skill",
        "shadow",
        "secondment",
        "placement",
        "demonstrat",
        "sharing",
        "peer learning",
        "cross-train",
    ),
    "registration.mentoring": ("mentor",),
    "registration.registered": (
        "registered",
        "registration",
        "rsci",
        "engtech",
        "science council",
        "engineering council",
        "employer champion",
    ),
    "fund.award": ("development fund", "bursar", "funding for", "fund open"),
    "fund.report": ("development fund", "bursar", "funding for", "fund open"),
    "fund.promise": ("development fund", "bursar", "funding for"),
    "fund.follow_up": ("development fund", "bursar", "funding for"),
    "awards.nomination": RECOGNISING,
    "awards.award": RECOGNISING,
    "attribution.credit": ("attribution", "acknowledg", "authorship", "credited"),
    "attribution.reading": ("statement of expectations",),
}


def kinds_in(*texts: str) -> list[str]:
    """The kinds of evidence that these texts speak of, in table order."""
    words = " ".join(texts).lower()
    return [kind for kind, signs in WORDS_OF_KIND.items() if any(sign in words for sign in signs)]


def rules_for(entry: Entry) -> list[Rule]:
    """The rules of plans in force that fit *entry*, the first of each action."""
    wide = Rule.unit_id.is_(None)
    inside = wide if entry.unit_id is None else or_(wide, Rule.unit_id.in_(above(entry.unit_id)))
    found = db.session.scalars(
        select(Rule)
        .join(Entry, _fits())
        .join(Rule.action)
        .join(Action.plan)
        .options(joinedload(Rule.unit))
        .where(
            Entry.id == entry.id,
            Rule.institution_id == entry.institution_id,
            Plan.stage.in_(IN_FORCE),
            Entry.happened_on.between(Plan.starts_on, Plan.ends_on),
            inside,
        )
        .order_by(Action.position, Action.id, Rule.id)
    )
    return list({rule.action_id: rule for rule in reversed(found.all())}.values())[::-1]


def _fits() -> ColumnElement[bool]:
    """Whether an entry is what a rule names, apart from its unit, which is looked for from the side that is known."""
    title, words = func.lower(Entry.title), func.lower(Rule.words)
    return and_(
        or_(Rule.kind.is_(None), Rule.kind == Entry.kind),
        or_(Rule.theme.is_(None), Rule.theme == Entry.theme),
        or_(Rule.since.is_(None), Rule.since <= Entry.happened_on),
        or_(Rule.until.is_(None), Rule.until >= Entry.happened_on),
        or_(Rule.words == "", func.replace(title, words, "") != title),
    )


def waiting_for(action: Action, rules: Sequence[Rule]) -> dict[int, Rule]:
    """Entry → the first of *rules* of *action* that it fits, of all that still waits in the inbox."""
    waits = select(Placement.entry_id).where(
        Placement.institution_id == action.institution_id, Placement.state == PlacementState.SUGGESTED
    )
    return _by_entry(_fitting(action, rules).where(Entry.id.in_(waits)), rules)


def older_for(action: Action, rules: Sequence[Rule], most: int) -> dict[int, Rule]:
    """The same of what lies in the ledger without ever having been suggested here, the newest *most*.

    What was set aside before it had an action is not for the plan at all.
    """
    other = aliased(Placement)
    aside = and_(other.action_id.is_(None), other.state == PlacementState.SET_ASIDE)
    known = select(other.id).where(other.entry_id == Entry.id, or_(other.action_id == action.id, aside))
    newest = (Entry.happened_on.desc(), Entry.id.desc())
    return _by_entry(_fitting(action, rules).where(~known.exists()).order_by(*newest).limit(most), rules)


def _fitting(action: Action, rules: Sequence[Rule]) -> Select[int, int]:
    """Rows of (entry, rule), of what happened within the plan's time and stands."""
    of_rules = or_(false(), *(and_(Rule.id == rule.id, _inside(rule)) for rule in rules))
    found = (
        select(Entry.id, Rule.id)
        .join(Rule, _fits())
        .where(
            Entry.institution_id == action.institution_id,
            Entry.happened_on.between(action.plan.starts_on, action.plan.ends_on),
            Entry.withdrawn_at.is_(None),
            of_rules,
        )
    )
    kinds = [rule.kind for rule in rules]
    return found if None in kinds else found.where(Entry.kind.in_(kinds))


def _inside(rule: Rule) -> ColumnElement[bool]:
    return true() if rule.unit_id is None else Entry.unit_id.in_(beneath(rule.unit_id))


def _by_entry(found: Select[int, int], rules: Sequence[Rule]) -> dict[int, Rule]:
    by_id = {rule.id: rule for rule in rules}
    first: dict[int, int] = {}
    for entry_id, rule_id in db.session.execute(found):
        first[entry_id] = min(rule_id, first.get(entry_id, rule_id))
    return {entry_id: by_id[rule_id] for entry_id, rule_id in first.items()}
