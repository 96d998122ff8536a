"""What the two invented plans say."""

from dataclasses import dataclass

from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan.measures import REGISTERED_STAFF, TYPED, Definition
from hub.plan.models import Counting, Period

V, R, C, S, E = (
    Theme.VISIBILITY,
    Theme.RECOGNITION,
    Theme.CAREER_DEVELOPMENT,
    Theme.SUSTAINABILITY,
    Theme.EVALUATING_IMPACT,
)


Counted = tuple[str, Definition, int, tuple[tuple[int, int], ...]]


def _often(kind: str) -> Definition:
    return Definition(Counting.ENTRIES, (kind,))


@dataclass(frozen=True)
class Sketch:
    """An action in short; *months* and milestone days count from the plan's first day."""

    ref: str
    objective: str
    details: str
    themes: tuple[Theme, ...]
    owner: str
    months: int
    impact: str = ""
    resource: str = ""
    milestones: tuple[tuple[str, int], ...] = ()
    counted: Counted | None = None
    feeds: tuple[str, ...] = ()
    carried: str = ""
    ended: Rag = Rag.GREEN
    why: str = ""
    proof: str = ""


NOW = (
    Sketch(
        "V1",
        "Every technician has a directory entry they have checked",
        "People cannot ask for what they cannot find. Each entry is confirmed by its owner.",
        (V,),
        "Head of technical services",
        34,
        "Share of technicians with a checked entry, each July",
        "Staff time within technical services",
        (("Entries made from the staff file", 4), ("Half of them checked", 12)),
        ("Profiles that technicians have checked", _often("directory.profile"), 0, ((120, 12), (200, 24), (280, 36))),
        ("directory.profile",),
        "V1",
    ),
    Sketch(
        "V2",
        "A gallery of technical staff in each of our six buildings",
        "Portraits and a sentence of their own, where students and visitors pass.",
        (V, R),
        "Estates and design",
        36,
        "Six galleries open, with visitors’ comments",
        "£4,800 from the estates budget",
        (("Places agreed with each building", 6), ("First gallery open", 10), ("Six galleries open", 35)),
        ("Galleries open", TYPED, 0, ((3, 18), (6, 36))),
        (),
    ),
    Sketch(
        "V3",
        "A showcase each June, open to the whole University",
        "Technicians show what they build, and who asked for it.",
        (V,),
        "Commitment lead",
        35,
        "Number attending, and requests made on the day",
        "£3,000 a year",
        (("First showcase held", 11), ("Second showcase held", 23), ("Third showcase held", 35)),
        None,
        (),
    ),
    Sketch(
        "R1",
        "Forty professionally registered technicians",
        "Registration tells people outside the laboratory what technicians already know.",
        (R,),
        "Commitment lead",
        36,
        "Number of staff registered, by faculty",
        "Fees from central budget, £6,000 a year",
        (("Fees paid for the first year", 6), ("Mentors in three registers", 14), ("Workshops each quarter", 20)),
        ("Number of staff registered", REGISTERED_STAFF, 2, ((10, 12), (20, 24), (40, 36))),
        ("registration.registered",),
        "R1",
    ),
    Sketch(
        "R2",
        "A technician category in the staff awards",
        "Judged by technicians, presented with all the others.",
        (R,),
        "Head of organisational development",
        24,
        "Nominations each year, and from how many schools",
        "",
        (("Category agreed by the awards board", 5), ("First winners announced", 13)),
        ("Nominations that nominees agreed to", _often("awards.nomination"), 0, ((10, 12), (25, 24))),
        ("awards.nomination", "awards.award"),
        "R2",
    ),
    Sketch(
        "R3",
        "Employer Champion of professional registration",
        "A public promise of time, fees and mentoring for those who register.",
        (R,),
        "Commitment lead",
        20,
        "The mark itself",
        "",
        (("Application written", 12), ("Mark received", 20)),
        None,
        (),
    ),
    Sketch(
        "C1",
        "A technical career pathway with five published levels",
        "Two tracks, generalist and specialist, with what is expected at each level.",
        (C,),
        "HR reward manager",
        24,
        "Levels published; roles mapped to them",
        "One HR adviser, one day a week",
        (("Levels drafted with technicians", 8), ("Levels published", 22)),
        ("Levels published", TYPED, 0, ((5, 24),)),
        (),
        "C1",
    ),
    Sketch(
        "C2",
        "A development fund open to every technician",
        "Four rounds a year, decided by a panel on which technicians sit.",
        (C,),
        "Commitment lead",
        36,
        "Awards made, first-time applicants, what changed afterwards",
        "£60,000 over three years",
        (("First round decided", 6), ("Reports published", 16)),
        ("Awards from the development fund", _often("fund.award"), 0, ((15, 12), (30, 24), (45, 36))),
        ("fund.award", "fund.report"),
        "C2",
    ),
    Sketch(
        "C3",
        "A mentor for everyone who wants to register",
        "Mentors who have been through it themselves, never somebody’s own line manager.",
        (C, R),
        "Mentoring coordinator",
        36,
        "Pairs begun, and how many were registered",
        "",
        (("Mentors trained", 9), ("First matching round", 14)),
        ("Mentoring pairs begun", _often("registration.mentoring"), 0, ((8, 12), (20, 24), (30, 36))),
        ("registration.mentoring",),
    ),
    Sketch(
        "S1",
        "Skills-sharing sessions in every term",
        "Technicians teach technicians; each session is confirmed by those who came.",
        (S, C),
        "Technicians’ network",
        36,
        "Sessions held and places taken up",
        "Rooms and materials, £1,500 a year",
        (("A session in every faculty", 10),),
        ("Skills-sharing sessions delivered", _often("skills.session"), 0, ((12, 12), (24, 24), (36, 36))),
        ("skills.session",),
        "S1",
    ),
    Sketch(
        "S2",
        "Eight technical apprentices in post",
        "Two in each faculty and two in shared services, with a named supervisor.",
        (S,),
        "HR resourcing",
        36,
        "Apprentices in post each September",
        "Levy and eight posts",
        (("Four posts approved", 14), ("Eight in post", 36)),
        ("Apprentices in post", TYPED, 3, ((4, 18), (8, 36))),
        (),
        "S2",
    ),
    Sketch(
        "S3",
        "Cover agreed for every single-holder skill",
        "Where one person alone can do something, a second learns it.",
        (S,),
        "Technical managers’ forum",
        30,
        "Skills with a second holder",
        "",
        (("List agreed with each school", 12), ("Half of them covered", 22)),
        ("Skills with a second holder", TYPED, 0, ((6, 18), (12, 30))),
        (),
        "S3",
    ),
    Sketch(
        "E1",
        "A steering group that meets each quarter in the open",
        "Papers and minutes are there for every technician to read.",
        (E,),
        "Pro-Vice-Chancellor, Research",
        36,
        "Meetings with published minutes",
        "",
        (("Terms of reference published", 2), ("Technicians hold half of the seats", 8)),
        ("Meetings with published minutes", TYPED, 0, ((4, 12), (8, 24), (12, 36))),
        (),
    ),
)

BEFORE = (
    Sketch(
        "V1",
        "A page for each technical team",
        "Who is there, and what they do.",
        (V,),
        "Head of technical services",
        24,
        ended=Rag.AMBER,
        why="Seven of twelve teams have one; the directory takes this further.",
        proof="Seven team pages are live",
    ),
    Sketch(
        "V2",
        "A technicians’ newsletter each term",
        "Written by technicians.",
        (V,),
        "Commitment lead",
        12,
        milestones=(("First issue", 3),),
        proof="Six issues of the newsletter are online",
    ),
    Sketch(
        "R1",
        "Ten technicians working towards registration",
        "Workshops and help with fees.",
        (R,),
        "Commitment lead",
        24,
        ended=Rag.AMBER,
        why="Two are registered and five have begun; mentors were missing.",
        proof="Two technicians became registered",
    ),
    Sketch(
        "R2",
        "Technicians among the staff awards",
        "A category of their own.",
        (R,),
        "Head of organisational development",
        24,
        ended=Rag.RED,
        why="The awards were paused for two years and start again with a category for technicians.",
    ),
    Sketch(
        "C1",
        "A statement of what is expected of technical roles",
        "Agreed with managers and unions.",
        (C,),
        "HR reward manager",
        18,
        ended=Rag.AMBER,
        why="Drafted, not yet agreed by all faculties.",
        proof="The draft statement went to consultation",
    ),
    Sketch(
        "C2",
        "A small fund for courses",
        "One round a year.",
        (C,),
        "Commitment lead",
        24,
        milestones=(("First round", 8),),
        proof="Nine courses were paid for",
    ),
    Sketch(
        "S1",
        "Open workshops between schools",
        "Half-day visits to each other’s laboratories.",
        (S,),
        "Technicians’ network",
        24,
        milestones=(("Three visits", 12),),
        proof="Five visits between schools took place",
    ),
    Sketch(
        "S2",
        "Three technical apprentices",
        "One in each faculty.",
        (S,),
        "HR resourcing",
        24,
        milestones=(("All three in post", 20),),
        proof="Three apprentices started in September",
    ),
    Sketch(
        "S3",
        "A list of skills that only one person has",
        "School by school.",
        (S,),
        "Technical managers’ forum",
        24,
        ended=Rag.RED,
        why="Managers asked for a shared method first, which the new plan brings.",
    ),
)

NOTES = {
    "V2": (
        "Engineering and Chemistry have agreed their walls; printing waits for the last eight portraits.",
        "Two galleries are up. Visitors stop in front of them.",
    ),
    "R1": (
        "Three interviews are booked for next month.",
        "Two drafts wait for a mentor; both have one from this week.",
    ),
    "C1": (
        "The two tracks are drafted. The unions asked for plainer wording at level three.",
        "Published on the staff pages, with examples from four schools.",
    ),
    "C2": (
        "More first-time applications than ever, most from Arts.",
        "The panel asked for shorter forms, and now has them.",
    ),
    "S1": (
        "Sessions fill within a day when they are half a day long.",
        "The first session on the city campus was full.",
    ),
    "S2": ("Recruitment was paused for the autumn; four posts are approved for September.",),
    "S3": ("Biosciences and Physics have sent their lists.",),
    "E1": ("Minutes are up within a week, as promised.",),
}

STILL_RED = {
    "S2": "Recruitment was paused across the University. Four posts are approved and carried to the next round.",
}

SHARE_OF_PROJECTION = {"V2": 0.7, "C1": 1.0, "S2": 0.75, "S3": 0.4, "E1": 1.1}  # of what is counted by hand

HAPPENED = {  # month → what is brought by hand in it
    1: (("Minutes of the steering group published, January {year}", E),),
    4: (
        ("Minutes of the steering group published, April {year}", E),
        ("The career pathway is on the staff pages, {year}", C),
    ),
    6: (("The showcase of {year} drew visitors from every school", V),),
    7: (("Minutes of the steering group published, July {year}", E), ("A portrait gallery opened, {year}", V)),
    10: (("Minutes of the steering group published, October {year}", E),),
}

HAND_WORDS = {"E1": ("Minutes of the",), "V3": ("showcase",), "V2": ("gallery",), "C1": ("pathway",)}

# What some actions are measured by besides: reference → as in a sketch.
ALSO_COUNTED: dict[str, Counted] = {
    "C2": (
        "Awarded since the plan began",
        Definition(Counting.QUANTITY, ("fund.award",), period=Period.PLAN),
        0,
        ((6_000, 12), (12_000, 24), (18_000, 36)),
    ),
    "S1": (
        "Different people in sessions, in twelve months",
        Definition(Counting.PEOPLE, ("skills.session",), period=Period.YEAR),
        0,
        ((20, 12), (40, 24), (60, 36)),
    ),
}
