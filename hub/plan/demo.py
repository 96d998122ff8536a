"""The life of the invented plan: what people said of its wording, where it came from, how owners say that it goes."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from sqlalchemy import select

from hub.accounts.models import Person
from hub.charters import queries as charters
from hub.charters import services as on_points
from hub.core.clock import today
from hub.core.db import db
from hub.core.rag import Rag
from hub.evidence.models import Entry
from hub.plan import queries, services
from hub.plan.models import Action, Course, Outlook, Plan, Verdict

SAID = (  # reference, words, without a name, what came of it
    ("V2", "Put the portraits where students queue, not in the staff corridor.", False, "They hang at the entrances."),
    ("V2", "Ask first. Some of us would rather not be on a wall.", True, ""),
    ("R1", "Forty is a good number if the fees are paid from the start.", False, ""),
    ("C1", "Say what level three means for people who run a workshop alone.", False, "Level three has an example now."),
    ("C1", "Five levels are enough. Do not make it seven.", True, ""),
    ("S1", "Half a day is what we can get away for. A whole day never works.", False, "Sessions are half a day."),
    ("E1", "Let one of us chair a meeting each year.", True, ""),
)
WAITING = ("S3", "Name the skills in the open, or nobody knows what to ask for.", False)
KEPT_AS_IT_WAS = "The steering group wanted to keep the promise as it is, and will look again after a year."
COURSES = {  # reference in the earlier plan: course, references in the later one, why
    "V1": (
        Course.RELATED,
        ("V1", "V2"),
        "Pages of teams gave way to people: an entry for each, a wall for each building.",
    ),
    "V2": (Course.STOPPED, (), "The University’s own newsletter has a page for technicians now."),
    "C1": (Course.RELATED, ("C1",), "From a statement of expectations to a pathway with levels."),
}
SERVES: Mapping[
    str, Mapping[str, tuple[str, ...]]
] = {  # charter, number of its point in the standard list: references of the actions that serve it
    "talent": {
        "2": ("E1",),
        "3": ("S1", "S3"),
        "4": ("S2",),
        "7": ("C1",),
        "10": ("C2", "S1"),
        "11": ("R1", "R3", "C3"),
        "13": ("V1", "V2"),
        "15": ("V3",),
    },
    "athena-swan": {"3": ("C1",), "4": ("C2", "C3")},
    "ref-pce": {"2": ("C1", "C2"), "4": ("V1",)},
    "kef": {"7": ("V3",)},
}
SHOWN_DIRECTLY = {"talent": "12", "tef": "3"}  # on which points the lead places what no action asked for
GOING = {
    Outlook.ON_TRACK: (
        "As planned. The next step is booked.",
        "A good month: two departments came along by themselves.",
    ),
    Outlook.AT_RISK: ("Slower than we hoped, as two colleagues are on other work until the summer.",),
    Outlook.OFF_TRACK: ("It stands still until somebody agrees who pays for it.",),
}
NEEDED = "Who pays for cover when somebody teaches for half a day?"
DECIDED = "Paid from the development fund until July. The steering group looks at it again then."
TO_DECIDE = "Is the showcase held in both towns next year, or in one of them every second year?"
AMENDED = "Estates asked for frames that can be opened, which cost a little more."


def consult(plan: Plan, lead: Person, people: Sequence[Person]) -> None:
    """People say what they think of the wording; the lead changes some of it and answers nearly everybody."""
    services.make_move(plan, "consult", actor=lead)
    actions = {action.ref: action for action in queries.actions(plan.id)}
    voices = [people[n % len(people)] for n in range(len(SAID) + 1)]
    for author, (ref, text, unnamed, change) in zip(voices, SAID, strict=False):
        comment = services.add_comment(actions[ref], actor=author, text=text, unnamed=unnamed)
        if change:
            said = f"{actions[ref].details} {change}".strip()
            services.edit_action(actions[ref], actor=lead, themes=actions[ref].themes, details=said)
        verdict = Verdict.CHANGED if change else Verdict.UNCHANGED
        services.answer_comment(comment, actor=lead, verdict=verdict, answer=change or KEPT_AS_IT_WAS)
    ref, text, unnamed = WAITING
    services.add_comment(actions[ref], actor=voices[-1], text=text, unnamed=unnamed)


def trace(plan: Plan, before: Plan, carried: Mapping[str, str], lead: Person) -> None:
    """What became of every action of *before*; *carried*: its references, each with that of the one it goes on in."""
    services.follow(plan, before, actor=lead)
    ids = {action.ref: action.id for action in queries.actions(plan.id)}
    for trajectory in queries.trajectories(plan.id):
        ref = trajectory.action.ref
        course, into, why = COURSES.get(ref) or (Course.CONTINUED, (carried[ref],), "")
        services.decide_course(trajectory, actor=lead, course=course, into=[ids[key] for key in into], reason=why)


def serve(plan: Plan, lead: Person) -> None:
    """Which points of other charters the actions serve: about half of TALENT’s, so that there are gaps to see."""
    actions = {action.ref: action for action in queries.actions_in_short(plan.id)}
    for key, served in SERVES.items():
        points = {point.number: point for point in charters.standard_charter(plan.institution_id, key).points}
        for number, refs in served.items():
            services.serve([actions[ref] for ref in refs], [points[number]], actor=lead)


def show_directly(plan: Plan, lead: Person) -> None:
    """A skill shared in the plan’s time shows something of two points that no action serves."""
    taught = db.session.scalars(
        select(Entry)
        .where(
            Entry.institution_id == plan.institution_id,
            Entry.kind == "skills.session",
            Entry.withdrawn_at.is_(None),
            Entry.happened_on.between(plan.starts_on, plan.ends_on),
        )
        .order_by(Entry.happened_on.desc(), Entry.id)
        .limit(3)
    ).all()
    for key, number in SHOWN_DIRECTLY.items():
        points = charters.standard_charter(plan.institution_id, key).points
        for entry in taught:
            on_points.place(entry, [point for point in points if point.number == number], actor=lead)


def month(plan: Plan, actions: Sequence[Action], lead: Person, first: date, *, is_last: bool) -> None:
    """What is under way is spoken of; one owner waits for a decision. By a chance of its own."""
    chance = Random(f"check-ins {first}")  # noqa: S311 -- the same demo every time
    for action in actions:
        if action.rag == Rag.AMBER and chance.random() < (0.9 if is_last else 0.5):
            outlook = chance.choices(list(GOING), weights=(7, 2, 1))[0]
            services.add_note(action, actor=lead, text=chance.choice(GOING[outlook]), outlook=outlook)
    _ask(actions, lead, is_last=is_last)
    if is_last:
        services.ask_decision(plan, first, actor=lead, text=TO_DECIDE)
    if (first.year, first.month) == (plan.starts_on.year + 1, 10):
        amended = next(action for action in actions if action.ref == "V2")
        dearer = f"{amended.resource}, and frames that open"
        services.edit_action(amended, actor=lead, themes=amended.themes, resource=dearer, reason=AMENDED)


def _ask(actions: Sequence[Action], lead: Person, *, is_last: bool) -> None:
    """Whoever sees to the sessions wants something decided: each spring, and now."""
    asking = next((action for action in actions if action.ref == "S1" and action.owner), None)
    if asking is None or asking.owner is None or not (is_last or today().month == 3):
        return
    note = services.add_note(
        asking,
        actor=asking.owner,
        text=GOING[Outlook.AT_RISK][0],
        outlook=Outlook.AT_RISK,
        needed=NEEDED,
        wants_decision=True,
    )
    if not is_last:
        services.acknowledge(queries.note(note.id), actor=lead, answer=DECIDED)
