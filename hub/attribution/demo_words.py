"""What the demo's technicians contributed to, and the documents of the demo institution."""

from hub.attribution.models import CreditForm, CreditRole, OutputKind

R, C = CreditRole, CreditForm

# Part of a school's name → outputs with their kind, the facility and the roles that a technician could have in them.
OUTPUTS: dict[str, list[tuple[str, OutputKind, str, list[CreditRole]]]] = {
    "Biosciences": [
        (
            "Light-sheet imaging of root growth under drought",
            OutputKind.ARTICLE,
            "Bioimaging Suite",
            [R.METHODOLOGY, R.INVESTIGATION],
        ),
        (
            "A spheroid culture that lasts six weeks",
            OutputKind.ARTICLE,
            "Cell Culture Laboratory",
            [R.RESOURCES, R.VALIDATION],
        ),
    ],
    "Chemistry": [
        (
            "Trace pesticides in upland streams, 2019 to 2025",
            OutputKind.DATASET,
            "Mass Spectrometry Facility",
            [R.DATA_CURATION, R.FORMAL_ANALYSIS],
        ),
        (
            "A blown-glass cell for flow photochemistry",
            OutputKind.DEVICE,
            "Glass Workshop",
            [R.CONCEPTUALIZATION, R.RESOURCES],
        ),
    ],
    "Physics": [
        (
            "Noise below one millikelvin in a dry cryostat",
            OutputKind.ARTICLE,
            "Cryogenics Hall",
            [R.METHODOLOGY, R.VALIDATION],
        ),
    ],
    "Geography": [
        (
            "Soil cores of the Bracken estuary",
            OutputKind.DATASET,
            "Soils Laboratory",
            [R.INVESTIGATION, R.DATA_CURATION],
        ),
    ],
    "Engineering": [
        (
            "Fatigue of printed steel joints",
            OutputKind.ARTICLE,
            "Materials Testing Hall",
            [R.INVESTIGATION, R.VISUALIZATION],
        ),
        (
            "An open rig for testing turbine blades",
            OutputKind.DEVICE,
            "Engineering Workshop",
            [R.CONCEPTUALIZATION, R.RESOURCES],
        ),
    ],
    "Computing": [
        (
            "Schedulr: fair queues for shared GPUs",
            OutputKind.SOFTWARE,
            "Research Computing",
            [R.SOFTWARE, R.VALIDATION],
        ),
    ],
    "Medicine": [
        (
            "Staining protocols for archived tissue",
            OutputKind.ARTICLE,
            "Histology Service",
            [R.METHODOLOGY, R.WRITING_REVIEW],
        ),
    ],
    "Nursing": [
        (
            "Simulated wards and how students use them",
            OutputKind.CONFERENCE_PAPER,
            "Simulation Centre",
            [R.RESOURCES, R.PROJECT_ADMINISTRATION],
        ),
    ],
    "Art": [
        (
            "Slow Kiln: ceramics from river clay",
            OutputKind.EXHIBITION,
            "Ceramics and Glass",
            [R.RESOURCES, R.METHODOLOGY],
        ),
    ],
    "Music": [
        (
            "Listening Room: sound walks of Moor Park",
            OutputKind.EXHIBITION,
            "Recording Studios",
            [R.SOFTWARE, R.VISUALIZATION],
        ),
    ],
    "Architecture": [
        ("Model making as a way to think", OutputKind.BOOK, "Timber Workshop", [R.VISUALIZATION, R.RESOURCES]),
    ],
    "Archaeology": [
        (
            "Radiocarbon dates from Holm Hill",
            OutputKind.DATASET,
            "Dating Laboratory",
            [R.INVESTIGATION, R.FORMAL_ANALYSIS],
        ),
    ],
}

STATEMENT = (
    "Statement of expectations for technical staff",
    """Technicians make teaching and research possible here. This statement says what they can expect, and what is \
expected of everybody who works with them.

## What technicians can expect

- Their contribution is named, in the way that was agreed **before the work began**.
- Five days a year are theirs for learning, and a manager who plans for it.
- They are asked before decisions about their laboratories, workshops and studios are made.

## What is expected of those who lead projects

- Put technical time into the bid, and say who gives it.
- Talk about authorship and acknowledgement at the first meeting, and write down what is agreed.
- Name the facility in every output that used it.

## What is expected of technicians

- Keep a record of what you contributed to.
- Say early what cannot be done safely or in time.""",
)
STATEMENT_CHANGED = (
    "Time for learning goes from three days a year to five, and those who lead projects plan for technical time in "
    "their bids."
)

GUIDANCE = (
    "How to agree on credit before the work starts",
    """Ten minutes at the first meeting save a hard conversation at the end.

1. Say what you will do, and what may change on the way.
2. Look at the fourteen roles of CRediT together. Which are yours?
3. Agree how the output will name you: as an author, by name in the acknowledgements, or through your facility.
4. Write it in an e-mail the same day, and record it in the hub.

If the work turns out to be another one, agree again. Nobody is named without their permission.""",
)
GUIDANCE_CHANGED = "The fourteen roles of CRediT are named under their standard names."
DRAFT = (
    "Technicians as authors: questions and answers",
    "Can a technician be the first author? Yes, if the result is theirs before all others.",
)
