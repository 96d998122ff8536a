"""What the invented technicians of the demo say of themselves."""

from hub.directory.models import SkillGroup as G

CAMPUSES = {
    "Riverside": ("Tennant Building", "Kelvin Court", "Linnaeus House"),
    "Moor Park": ("Forge Yard", "Brunel Sheds", "Wharncliffe Workshops"),
    "Infirmary Road": ("Nightingale Wing", "Garrod Building"),
    "City": ("Guildhall Studios", "Printworks", "Harcourt Theatre"),
}
WEEKS = (
    ["mon", "tue", "wed", "thu", "fri"],
    ["mon", "tue", "wed", "thu", "fri"],
    ["mon", "tue", "wed", "thu"],
    ["tue", "wed", "thu", "fri"],
    ["mon", "tue", "thu"],
    ["wed", "thu", "fri"],
)
PRONOUNS = ("she/her", "he/him", "they/them", "she/they", "", "")
ROUTES = (
    "Extension 4471, before ten is best",
    "In the prep room most mornings",
    "By chat; I answer between sessions",
    "Knock on the workshop door after two",
    "Extension 2210, or leave a note at stores",
    "At the issue desk from nine to noon",
)
CONTACT_FOR = (
    "Bookings, inductions, and whether your idea can be built",
    "Sample preparation and the order in which to do things",
    "Anything that hums, leaks or trips a breaker",
    "Teaching sessions and the kit that goes with them",
    "Risk assessments before you start, not after",
    "Planning a practical for a larger group",
    "Choosing materials and knowing what they cost",
    "Loans, training and what to do when it will not switch on",
    "Getting data off old instruments",
    "Small repairs that save a new purchase",
)
FIELDS_OF_WORK = {
    G.IMAGING: ("microscop", "imaging"),
    G.ANIMAL: ("animal", "biological services", "glasshouse", "plant", "aquatic", "horticult"),
    G.CLINICAL: ("medicine", "clinical", "anatomy", "nursing", "health", "dental", "psychology", "sport"),
    G.ARTS: ("art", "design", "music", "theatre", "film", "media", "fashion", "photograph", "ceramic", "print"),
    G.DIGITAL: ("comput", "digital", "data", "software", "audio-visual", "systems"),
    G.WORKSHOP: ("engineer", "workshop", "mechanical", "electronic", "fabricat", "architect", "physics"),
    G.LABORATORY: ("bio", "chem", "laborator", "science", "histolog", "geograph", "earth", "environment", "pharm"),
    G.ESTATES: ("safety", "estates", "stores"),
    G.TEACHING: ("teaching", "demonstrator"),
}
HELPS = {
    G.IMAGING: (
        "Booking and training on the confocal",
        "Sample preparation that survives the weekend",
        "Getting rid of drift in long time-lapses",
        "Choosing dyes that do not bleed into each other",
        "First look at fracture surfaces on the SEM",
    ),
    G.ANIMAL: (
        "Settling new colonies after a move",
        "Water quality before you bring fish in",
        "Potting mixes for slow germinators",
        "Planning a trial that needs fewer animals",
        "Reading behaviour before it becomes a problem",
    ),
    G.CLINICAL: (
        "Setting up a station for an examination",
        "Fitting electrodes so that they stay on",
        "Manikins that refuse to breathe",
        "Consent forms for sample collection",
        "Exercise tests with nervous volunteers",
    ),
    G.ARTS: (
        "Getting a show from van to wall",
        "Glazes that come out the same twice",
        "Lighting a small studio with three lamps",
        "Registration for four-colour prints",
        "Repairing a pattern after the first fitting",
    ),
    G.DIGITAL: (
        "Scripts that rename ten thousand files",
        "Moving an analysis to the cluster",
        "Reading data from an instrument with no software",
        "Setting up a teaching room that works on Monday",
        "Backups you can really restore",
    ),
    G.WORKSHOP: (
        "Turning a sketch into a drawing that can be made",
        "Holding thin parts without bending them",
        "Welding stainless for vacuum",
        "Deciding between printing, cutting and milling",
        "Finding the fault on an old control board",
    ),
    G.LABORATORY: (
        "Keeping cells alive over a bank holiday",
        "Bringing a method back within its limits",
        "Sections that do not fold",
        "Setting up a practical for ninety students",
        "Columns, mobile phases and mystery peaks",
    ),
    G.ESTATES: (
        "Writing a risk assessment that people read",
        "Waste that nobody can name",
        "Moving a laboratory without losing a week",
        "Ventilation checks and what the numbers mean",
    ),
    G.TEACHING: (
        "Inductions for mixed groups",
        "Practical handbooks in plain words",
        "Planning a field week",
        "Marking schemes for practical work",
    ),
}
EQUIPMENT = {
    G.IMAGING: ("Confocal with live chamber, room 2.14", "Desktop SEM, imaging suite", "Slide scanner, room 2.09"),
    G.ANIMAL: ("Zebrafish racks, basement", "Six growth chambers, roof level", "Rodent behaviour suite"),
    G.CLINICAL: ("Metabolic cart and treadmill", "64-channel EEG, room 1.3", "Adult and child manikins"),
    G.ARTS: (
        "Two top-loading kilns",
        "Etching presses, print room",
        "Digital knitting machine",
        "Lighting desk, theatre",
    ),
    G.DIGITAL: ("Teaching cluster, 40 nodes", "Motion capture stage", "Headset loan cupboard"),
    G.WORKSHOP: ("Five-axis machining centre", "Laser cutter, bay 3", "TIG and MIG bays", "Resin printers, room G.11"),
    G.LABORATORY: ("Cryostat, room 3.20", "Two HPLC stacks", "Cell sorter, level 4", "ICP-MS, clean suite"),
    G.ESTATES: ("Gas store and manifold", "Forklift, goods yard"),
    G.TEACHING: ("Teaching laboratory for 96", "Field store and vans"),
}
BIOGRAPHIES = (
    (
        "I came here as an apprentice and stayed.",
        "I started in industry, testing pumps in Rotherham.",
        "I trained as a teacher first, in Lagos, and moved into the laboratory by accident.",
        "I came from a hospital laboratory in Cork.",
        "My first job was repairing cameras in my uncle’s shop.",
        "I studied fine art and learnt the machines afterwards.",
        "I joined from a brewery, which is better training than it sounds.",
        "After ten years at sea I wanted a workshop that stands still.",
    ),
    (
        "Now I look after the suite on the second floor and everybody who uses it.",
        "These days I run the practicals for the first and second years.",
        "I build what cannot be bought.",
        "I keep forty instruments alive and know most of their moods.",
        "I prepare, teach, mend, order and explain, often before ten.",
        "My part is the kit; yours is the question; we meet at the bench.",
        "I share the bench with three research groups and two cats’ worth of cables.",
    ),
    (
        "If something sounds wrong, fetch me before you turn it up.",
        "I would rather spend an hour planning with you than a day mending.",
        "Ask early: materials take three weeks.",
        "I like it best when a student’s first attempt works.",
        "Come and see what we have before you buy one.",
        "I am proud of the rig that flew on two field seasons without a fault.",
        "Outside work I ring bells and grow too many beans.",
        "I am happy to show you how; it goes faster the second time.",
    ),
)

DISCIPLINES = {
    G.LABORATORY: ("Analytical chemistry\nMaterials", "Molecular biology", "Biochemistry\nMicrobiology"),
    G.IMAGING: ("Structural biology", "Cell biology\nMaterials"),
    G.WORKSHOP: ("Mechanical engineering", "Product design\nManufacturing"),
    G.DIGITAL: ("Research computing", "Data science\nAstronomy"),
    G.ARTS: ("Fine art", "Ceramics and glass", "Theatre\nFilm"),
    G.CLINICAL: ("Anatomy", "Nursing and simulation"),
    G.ANIMAL: ("Physiology\nNeuroscience", "Ecology"),
    G.TEACHING: ("Physics teaching", "Chemistry teaching"),
    G.ESTATES: ("Laboratory safety", "Radiation protection"),
}
CHAMPIONS = ("Technician Commitment champion", "Green laboratory champion", "Mental health first aid champion")
FELLOWSHIPS = ("Associate Fellow, Advance HE", "Member, Institute of Science and Technology")
KEPT = ("q=welding", "q=python&level=can_teach", "q=electron+microscopy")
MISSED = {
    "Neon bending": "Shaping lit glass tubes for signs and art works.",
    "Sail making": "Cutting and sewing sails for the wind tunnel and the boat store.",
    "Bookbinding in leather": "Sewn and leather-covered bindings by hand.",
}
