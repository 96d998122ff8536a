"""What the people of the demo institution write about each other."""

from hub.awards.models import Outcome

AWARDS = (
    ("Teaching", "Somebody from whose hands students learn", False),
    ("Research", "Somebody without whom a result would not exist", False),
    ("Newcomer", "In a technical career for four years at most", False),
    ("Sharing and community", "Somebody who makes other technicians better", False),
    ("Technical team", "Two or more who do together what none could alone", True),
)

CRITERIA = (
    (
        "Difference made",
        "What would not have happened without them?",
        40,
        (
            "No difference is described",
            "A difference is claimed",
            "A difference is shown for one group",
            "A difference is shown with numbers or voices",
            "It changed how the university works",
        ),
    ),
    (
        "Skill and craft",
        "How far beyond the usual is the technical work?",
        35,
        (
            "Usual work",
            "Usual work done very well",
            "A method improved",
            "A method made or brought here",
            "Others come from elsewhere to learn it",
        ),
    ),
    (
        "Sharing",
        "Who else can do it now?",
        25,
        (
            "Nobody else",
            "It is written down",
            "A colleague was taught",
            "Several were taught and use it",
            "It is taught as a matter of course",
        ),
    ),
)

STORIES = (
    (
        (
            "The second-year practical had one working centrifuge for ninety students, and groups went home "
            "without a result."
        ),
        (
            "They mended two that had been written off, wrote a card for each common fault, and taught six "
            "demonstrators to use it."
        ),
        (
            "Every group finished in the spring term. The repair cost £214 in parts; two new machines were "
            "quoted at £11,000."
        ),
    ),
    (
        "Visiting artists used the foundry on goodwill, and nobody dared to pour after 16:00.",
        (
            "They wrote the safe system of work, trained four colleagues to lead a pour, and ran an open "
            "evening every month."
        ),
        "Twenty-six pours last year instead of nine, no incident, and a waiting list that now moves.",
    ),
    (
        "A doctoral project had lost eight months to samples that cracked in the microtome.",
        (
            "They tried eleven embedding mixtures after hours, kept a notebook that anybody can follow, and "
            "sat beside the student for the first runs."
        ),
        "The thesis has its chapter, the paper names them, and two other groups have switched to the mixture.",
    ),
    (
        "Three departments each bought the same licence and none of them could book the other’s machine.",
        (
            "They drew up one calendar, persuaded three budget holders, and answered every question of the "
            "first month themselves."
        ),
        "One licence fewer, 40 per cent more hours used, and people from three buildings who now know each other.",
    ),
    (
        "New starters waited six weeks for their first induction and learnt the rest by asking around.",
        (
            "They turned the induction into four half mornings with a bench test at the end, and filmed the "
            "parts that nobody remembers."
        ),
        "The wait is eight days. All fourteen who started since Easter work alone where they may.",
    ),
    (
        "The glasshouse lost a season of trial plants when the misting failed on a Sunday.",
        (
            "They built a sensor from parts that we had, set it to ring three telephones, and showed the "
            "caretakers what to do."
        ),
        "Two failures since, both caught within ten minutes. The design is used at the field station too.",
    ),
    (
        "Deaf students followed the workshop demonstration from the back, over other people’s shoulders.",
        (
            "They mounted a camera over the bench, captioned twelve demonstrations, and moved the noisy "
            "extraction outside the hour."
        ),
        (
            "“The first practical in which I did not have to guess,” one of them wrote. The other sections "
            "asked for the same."
        ),
    ),
    (
        "Nobody kept count of what the imaging suite gives to teaching, so it was first in line when money was short.",
        "They made a small log that takes ten seconds, read it out each term, and put names to the hours.",
        "The suite kept its second post. 1,140 student hours were in the annual review for the first time.",
    ),
)

EVIDENCE = (
    "Module survey, March: 4.6 of 5 for the practical, up from 3.1.",
    "Log of the suite, September to June. Letter from the programme director.",
    "Acknowledged by name in the paper of last November.",
    "Costs from the purchase ledger; photographs in the building folder.",
    "",
)

REASONS = (
    "The numbers are there and they are checked against the year before.",
    "Clear craft; I would have liked to read how long it took.",
    "Others can do it now, and the nomination says who.",
    "Strong story, thin on what changed for students.",
    "This is beyond what the post asks for, and it lasted.",
    "A good fix, though it still depends on one person.",
    "I know no other department that does this.",
    "Well described, and modest about it.",
)

ABSTENTIONS = (
    "I know too little about this technique to be fair.",
    "I helped to write the safety paper behind it.",
)

FEEDBACK = {
    Outcome.WINNER: (
        "The judges were of one mind: the difference is plain, it is measured, and others can now do it.",
        "What stayed with us was the care for people who would otherwise have been left at the back.",
    ),
    Outcome.HIGHLY_COMMENDED: (
        "Very close. The craft impressed everybody; a line on who else can do it now would have told us more.",
        "A lasting piece of work, modestly told. The judges ask that you teach it more widely.",
    ),
    Outcome.NOT_SELECTED: (
        "The judges enjoyed reading this. Next time, say what changed for the people who use it, with one number.",
        "Good, careful work. It read as one event; tell us what happens now that did not happen before.",
        "A strong field this year. The part on sharing was short: who else can do it, and how do you know?",
    ),
}

WITHHELD = "No nomination met the mark this time. The judges hope for more next year."
