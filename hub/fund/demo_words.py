"""What invented technicians ask for, what their managers and panels say, and what came of it."""

from typing import NamedTuple

from hub.fund.models import CostKind


class Idea(NamedTuple):
    """One thing that somebody wants to learn."""

    title: str
    provider: str
    days: int
    what: str
    why: str
    role: str
    team: str
    university: str
    sharing: str
    costs: tuple[tuple[str, int], ...]  # what and how many pounds
    themes: tuple[str, ...]
    changed: str  # afterwards


CAREER, SUSTAIN, VISIBLE = "career_development", "sustainability", "visibility"

ADVICE = "Go with one question of your own and a sample in your bag: the afternoons are for that."
RETURNS_OF_MONEY = (
    "About £1,200 a year that we pay to somebody outside, and five weeks of waiting each time.",
    "Two days a month of a technician’s time, and fewer jobs that are done twice.",
    "Nothing that can be counted at once; in two years a service that other universities pay for.",
)

IDEAS = (
    Idea("Ultramicrotomy for beginners", "Institute of Imaging, Utrecht", 3,
         "A course of three days with a diamond knife of my own to take home.",
         "Thin sections are made for us elsewhere and take five weeks. I can do everything up to the knife.",
         "I would cut sections instead of posting blocks.", "Two colleagues learn it from me within the month.",
         "Four groups use the microscope; none of them could plan a week ahead.",
         "Two half-days in the imaging suite, six places each, and a handover sheet by the microtome.",
         (("Course fee", 695), ("Train and ferry", 214), ("Hotel, three nights", 240)), (CAREER, SUSTAIN),
         "We cut our own sections since March. The wait is two days, not five weeks."),
    Idea("Glass-to-metal seals", "National standards workshop", 5,
         "A week at the bench with the two people in the country who still make these seals every day.",
         "Three vacuum rigs depend on seals that nobody here can make since Peter retired.",
         "Moves me from repair to design.", "Two colleagues will learn the method the same month.",
         "A broken seal costs £900 and seven weeks. We broke five last year.",
         "Two sessions at the glass workshop, and a furnace schedule in the repository.",
         (("Workshop fee", 980), ("Travel", 160), ("Lodging", 280)), (SUSTAIN,),
         "Nine seals made here, none failed under vacuum. One went to another university."),
    Idea("Welding inspector, level 1", "Northern Welding School", 4,
         "The four-day course and its exam.",
         "I weld pressure parts that somebody from outside must then inspect and sign.",
         "I could inspect what others weld.", "We stop waiting for a visitor with a stamp.",
         "About £3,000 a year in inspection visits.", "A lunchtime on reading a weld, open to all workshops.",
         (("Course and exam", 780), ("Materials", 60), ("Travel", 85)), (CAREER,),
         "I passed, and inspected eleven jobs in the first term."),
    Idea("HPLC method transfer", "Analytical Training Centre, Leeds", 2,
         "Two days on moving a method from one instrument to another without starting afresh.",
         "Our new chromatograph stands idle because every method was written for the old one.",
         "I would own the methods, not only run them.", "Undergraduate practicals move to the new instrument.",
         "An instrument of £48,000 would be used.", "The transferred methods go into the teaching handbook.",
         (("Course fee", 620), ("Train", 74), ("Hotel", 95)), (CAREER, SUSTAIN),
         "Six methods moved; the old instrument is now the spare."),
    Idea("Bookbinding for conservation", "Guild of Binders, Cork", 5,
         "A week of sewing structures that open flat and can be undone.",
         "The special collections ask for boxes because nobody here can mend a spine.",
         "I would bind as well as box.", "The print workshop gains a second pair of hands.",
         "Books are read again instead of being stored.", "An open afternoon with ten repaired books on the table.",
         (("Course", 420), ("Ferry", 130), ("Room", 210)), (VISIBLE, SUSTAIN),
         "Fourteen books are back on the shelf, and students ask to watch."),
    Idea("Drone survey licence", "Moorland Flight School", 3,
         "Theory, two days of flying, and the licence.",
         "The field course pays a company for pictures of a river that moves every winter.",
         "I would plan and fly the survey.", "One of us can fly on any field course.",
         "The same survey every year, made the same way.", "A flight plan and a risk assessment that anybody may copy.",
         (("Licence course", 740), ("Insurance, first year", 125)), (CAREER,),
         "Two surveys flown; the river moved eleven metres and we measured it."),
    Idea("Linux for instrument computers", "Open Lab Systems, online", 6,
         "Six half-days online with a machine to break.",
         "Nine of our instruments run on computers that their makers no longer support.",
         "I could keep them safe without keeping them offline.", "We share one way of backing them up.",
         "No instrument lost to an old computer.", "A written recipe, and a clinic on the last Friday of each month.",
         (("Course", 360), ("Spare computer", 240)), (SUSTAIN,),
         "All nine are backed up each night. We have restored one for real."),
    Idea("Laser safety officer", "Radiation Advisory Service", 2,
         "The two-day certificate for laser safety officers.",
         "One person signs for twelve laboratories and retires next summer.",
         "A second signature, and a step towards registration.", "Somebody to ask on Mondays.",
         "No laboratory stops because one person is on leave.",
         "A walk through the laboratories with whoever wants to come.",
         (("Certificate course", 545), ("Train", 62)), (SUSTAIN, CAREER),
         "I sign for five laboratories and found two interlocks that did not."),
    Idea("Cryo-sectioning without folds", "Hospital Histology Unit, Dublin", 2,
         "Two days at the bench of the people whose sections are on the poster.",
         "A third of my sections fold, and the tissue cannot be had again.",
         "Fewer repeats, better slides.", "Everybody who uses the cryostat gains.",
         "Less tissue is needed for the same result.", "A one-page guide with pictures of what goes wrong.",
         (("Bench fee", 300), ("Flight", 110), ("Hotel", 180)), (CAREER,),
         "One section in twenty folds now. It was one in three."),
    Idea("Accessible field kit", "Field Studies Workshop, Bangor", 3,
         "Building sampling kit that works from a wheelchair and in gloves.",
         "Two students could not sample last spring and nobody had thought of it before the day.",
         "I would design kit rather than adapt it in the rain.", "The kit store plans for everybody.",
         "Every student samples.", "The drawings are free for other universities.",
         (("Workshop", 390), ("Materials", 220), ("Travel", 96)), (VISIBLE, CAREER),
         "Five kits built; on the spring course nobody stood and watched."),
    Idea("Teaching a demonstration well", "College of Technical Teaching", 2,
         "Two days on showing a technique to twelve people at once.",
         "I teach forty hours a term and was never shown how.",
         "Evidence for a teaching fellowship.", "We plan our demonstrations together.",
         "Students who remember more than the smell.", "I watch two colleagues teach and they watch me.",
         (("Course", 410), ("Train", 58)), (CAREER, VISIBLE),
         "The practical starts with a question now. Fewer of them ask me afterwards what it was about."),
    Idea("Python for image batches", "Data Skills Collective, online", 5,
         "Five mornings online, with our own pictures.",
         "I adjust two thousand images by hand each month.",
         "Hours back every week.", "The script is for everybody in imaging.",
         "The same correction each time, so that results compare.",
         "A first hour of Python for technicians, with their own data.",
         (("Course", 280),), (CAREER,),
         "What took two days takes eleven minutes, and it is written down."),
    Idea("Vacuum leak hunting", "Vacuum Society, Sheffield", 2,
         "Helium, patience, and how to find the fitting that everybody swears is tight.",
         "We lose a week a term to leaks.", "I could find them without taking the rig apart.",
         "A leak detector that two of us can use.", "Rigs run in term time.",
         "A leaking chamber to practise on, in the foyer.",
         (("Course", 520), ("Hotel", 110), ("Train", 48)), (SUSTAIN,),
         "Four leaks found in a term, the longest took an hour."),
    Idea("Aseptic technique, train the trainer", "Biologics Training Institute", 3,
         "The course that lets me sign others off.",
         "New starters wait two months for a course elsewhere.", "I would train, not only do.",
         "New colleagues begin in their first week.", "Forty people a year no longer travel.",
         "A training morning every month.", (("Course", 890), ("Travel", 120)), (CAREER, SUSTAIN),
         "Seventeen people signed off since, three of them from the hospital."),
    Idea("Colour-managed printing", "School of Print, Glasgow", 2,
         "Two days between monitor, profile and paper.",
         "Posters come out a different blue from the one on the screen.", "I would promise a colour and keep it.",
         "Print and photography use the same profiles.", "Fewer reprints.",
         "A printed swatch for every department office.",
         (("Course", 340), ("Train", 66), ("Paper for tests", 45)), (VISIBLE,),
         "Reprints fell from nineteen a term to four."),
    Idea("Mass spectrometer maintenance", "Instrument maker’s school, Manchester", 4,
         "Cleaning a source, changing a pump, knowing when to stop.",
         "A visit from the engineer costs £1,400, most of it the drive.", "First call before the engineer.",
         "Two of us, so that one may be on leave.", "Half the downtime.",
         "The cleaning is filmed and shown to the next two people.",
         (("Course", 1150), ("Hotel", 290)), (SUSTAIN,),
         "We cleaned the source twice ourselves; the instrument lost four days this year, last year nineteen."),
    Idea("Mental health first aid, for workshops", "Wellbeing at Work Wales", 2,
         "Two days, in a group of technicians only.",
         "Students talk in the workshop before they talk anywhere else.",
         "I would know what to say and where to send them.",
         "Three of us, one on each floor.", "Somebody is helped earlier.", "A card by every sink with whom to call.",
         (("Course", 325),), (CAREER,),
         "Four conversations so far that I would not have known how to begin."),
    Idea("X-ray tomography, first steps", "National Imaging Facility", 3,
         "A placement at the beamline’s little sister.", "Our scanner does one thing because we know one thing.",
         "I would set up scans that nobody here has made.", "A second operator.",
         "Archaeology, geology and engineering wait.",
         "An open scan day: bring an object.", (("Placement", 450), ("Travel", 130), ("Lodging",
         210)), (CAREER, SUSTAIN),
         "The first open scan day had thirty-one objects, among them a sandwich."),
    Idea("Technicians’ conference: a talk on our kiln", "Technicians’ conference, Belfast", 2,
         "A talk of fifteen minutes and two days of everybody else’s.",
         "I rebuilt a kiln from a photograph and was asked to say how.", "My first talk.",
         "We meet those who do the same.",
         "The University is named.", "The talk again at home, with the kiln running.",
         (("Conference fee", 240), ("Flight", 95), ("Hotel", 170)), (VISIBLE,),
         "Two other universities now rebuild theirs, and one of them sent us a thermocouple."),
    Idea("Pipetting robots for teaching", "Automation Users’ Group, Bristol", 2,
         "Two days of making a robot do what a first-year does.",
         "We bought a robot and it waters plants.", "I would write the methods.",
         "The practical class can be twice as large.",
         "A robot that earns its bench.", "A practical that other schools may copy.",
         (("Workshop", 460), ("Train", 84), ("Hotel", 98)), (CAREER,),
         "The robot plates for eighty students each week. The plants are watered by hand."),
    Idea("Fume cupboard testing", "Ventilation Engineers’ Institute", 3,
         "The competent person’s course with its practical exam.",
         "Sixty cupboards wait for one contractor in one week of August.",
         "A competent person on the staff.", "Testing all year round.",
         "No laboratory closes for a contractor’s diary.",
         "I show anybody how to read the airflow.", (("Course and exam", 860), ("Travel", 90)), (SUSTAIN,),
         "Forty cupboards tested in the first year; three closed the same day and mended the same week."),
    Idea("Fast soldering inspection", "Electronics Craft School, Derby", 3,
         "The inspector’s certificate and its exam.", "Boards fail in the field and nobody knows why.",
         "I could say good or not good and be believed.", "One standard in three workshops.",
         "Instruments that survive a winter.",
         "A board of bad joints to find them on.", (("Certificate", 690), ("Train", 55)), (CAREER,),
         "We reject one board in thirty before it leaves, and none came back."),
)  # fmt: skip

STATEMENTS = (
    "Released for these days, and cover is agreed. This is the skill on our list that nobody else holds.",
    "I support this without reserve. The time is released and the bench is covered.",
    "We talked about it in the yearly review. It is the next step for the service, not only for one person.",
    "Worth the time twice over: we pay others for it today.",
    "The work can wait those days; the need cannot. I would send two if I could.",
    "A careful plan. I have asked that the others learn it too and that is in it.",
    "I agree the time. It would end a single point of failure in our school.",
)

REASONS = (
    "Closes a gap that the resilience map shows in red.",
    "A first application after nine years here, and a modest one.",
    "Two colleagues gain within the month; that is rare.",
    "The sharing is concrete: a date, a place, and whom it is for.",
    "Costs are quoted and fair; the school gives its part.",
    "Good for one person, less clear for anybody else.",
    "I would like to know who covers the bench meanwhile.",
    "It serves the plan’s own words on career development.",
    "Pays for itself in a year if the figures hold.",
    "The case is strong, the sharing is thin.",
    "Nothing like it can be had in house.",
    "Could be done online for half the price.",
)

FEEDBACK = (
    "A clear plan with a date for sharing it. Well done.",
    "The panel liked that two colleagues learn it too.",
    "Strong on need. Say next time how you will know that it worked.",
    "Funded in full. Tell us about it at the forum.",
)
PART = "The panel pays the course and the travel; ask your school for the rest."
CONDITION = "Your school confirms in writing that it pays the rest before you book."
FEE_BEFORE = "The organiser wanted the fee with the booking."
RESERVE = "A good case, just below the line. If money comes back you are among the first."
DECLINES = (
    "The panel saw a benefit to you, and little to your team. Say who else would learn it, and apply again.",
    "Your school should pay for this: it is part of the job as it stands.",
    "Costs were not proved. Add a quote to each line and come back next round.",
    "Three stronger cases asked for the same skill. Join the session that one of them will give.",
)
RETURNS = ("Add a quote for the travel, then send it again.", "Say who covers the bench on those days.")
QUOTES = (
    "I had not been asked what I wanted to learn for eleven years.",
    "It paid for itself before the report was due.",
    "The best part was the other technicians.",
    "I came back with a notebook and six telephone numbers.",
    "Now they send the others to me.",
)
RETOLD = "Others of the department have asked to learn it, too."
SHARED = (
    "Two sessions, eleven colleagues from four schools, and a sheet on the wall by the instrument.",
    "I showed it to the whole team on two Fridays and wrote it down in the shared folder.",
    "A talk at the technicians’ forum, and three people who now shadow me.",
    "Six colleagues at the bench, two from another faculty.",
)

PLACES = ("Workshop 2, Kelvin Court", "The teaching laboratory, level 1", "Room 0.14, Foundry Building")
DIFFERENT = (
    "I do it alone now, and nobody waits for an engineer. Two colleagues can do the first half.",
    "It has become part of the induction: whoever starts here sees it in the first week.",
    "Less than I hoped, as the instrument was moved. What I learned about planning a day I use all the time.",
    "We stopped sending samples away. The money that this saves paid for the second microscope stage.",
    "Others ask me first. Last month somebody from another faculty did.",
)

KINDS = {
    CostKind.TRAVEL: ("train", "rail", "flight", "fare", "travel", "ferry", "bus"),
    CostKind.STAY: ("hotel", "lodging", "room", "meals"),
    CostKind.MATERIAL: ("material", "paper", "spare", "computer", "licence for"),
    CostKind.FEE: ("fee", "course", "workshop", "exam", "placement"),
}


def kind_of(cost: str) -> CostKind:
    found = (kind for kind, signs in KINDS.items() if any(sign in cost.casefold() for sign in signs))
    return next(found, CostKind.OTHER)
