"""What the technicians of the demo institution say to each other about skills."""

OFFERS = (
    "a first hour for people who have only watched",
    "the faults we see most, and how to find them",
    "set it up, run it, put it away clean",
    "what to check before you blame the sample",
    "bring your own problem and we solve it together",
    "from a cold start to a result that you can trust",
    "the ten minutes of care that save a week",
    "how we teach it to second-year students",
    "choosing the right method, with three examples that went wrong",
    "settings that work, and why",
    "working safely when you are alone in the room",
    "half a day beside me while I do my own work",
)

REQUESTS = (
    "I would like to see it done properly once",
    "our results drift and nobody here knows why",
    "I take it over in a month and have never done it",
    "can somebody look at my method before I order parts?",
    "how do you keep the cost of consumables down?",
    "I need a second pair of hands for one morning",
    "which questions should I ask the supplier?",
    "I have read the manual twice and still miss a step",
    "a refresher: the last time was five years ago",
    "how do you explain it to a class of forty?",
    "I would like to watch a real run, mistakes included",
    "what would you write into the risk assessment?",
)

ANSWERS = (
    "Come to our lab any Wednesday; half an hour is enough to start.",
    "I had the same trouble last year. I can show you what it was.",
    "I run it every second Monday, so you can watch and then try.",
    "Happy to: bring one of your own samples and we will use that.",
    "I can come to you, which lets me see your set-up.",
    "Let us do it twice, a week apart: the second time you do it and I watch.",
    "I have a one-page card for this that I can talk you through.",
    "Yes, after the teaching block ends. Mornings suit the machine best.",
)

TIMES = (
    "Tuesdays and Thursdays before noon",
    "Any afternoon outside teaching weeks",
    "First thing, before the building fills",
    "Not on Fridays, I am at the other campus",
    "Wednesday after 14:00",
    "Whenever the machine is free",
    "In the reading week",
    "",
)

PREREQUISITES = (
    "",
    "",
    "Laboratory induction done this year",
    "Bring a sample or a picture of your problem",
    "Basic workshop induction",
    "Laser safety briefing",
    "None, only curiosity",
    "Have the program installed and opened once",
)

PLACES = (
    "Kelvin Court 1.09, Riverside",
    "Imaging suite, Alder Building",
    "Mechanical workshop, Forge Yard",
    "Teaching laboratory 2, Moor Park",
    "Print room, Castle House",
    "Cold room corridor, Alder Building 0.14",
    "Digital studio, Castle House 3.02",
    "Glasshouse 4, Moor Park",
    "Anatomy preparation room, Rowan Building",
    "Electronics bench, Kelvin Court 0.21",
    "Seminar room 6, Riverside",
    "Sound stage, Mill Lane",
)

REASONS = (
    "The instrument is away for repair. I will set a new date when it is back.",
    "Nobody could come that week, so we look for a better one.",
    "I am covering for a colleague on that day.",
    "The fire alarm test closes the building that morning.",
)

FEEDBACK = (
    "I finally see what the third knob is for. Thank you.",
    "Clear, patient, and you let me make the mistake myself.",
    "The card you gave me is on our wall already.",
    "I would have liked ten more minutes with my own sample.",
    "We changed our method the same afternoon.",
    "Now I know whom to ring when it goes wrong.",
    "Saved us a service visit. I owe you a coffee.",
    "Good pace. The part on cleaning was what I needed.",
    "I have shown it to two others since.",
    "More of this, and perhaps one on the software?",
)
