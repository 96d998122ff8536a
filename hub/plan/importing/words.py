"""The words that plans use, as tables that a lead can read and argue over."""

# fmt: off

# What a column is about: a heading that is one of these, whatever its case and plural, means the field named first.
HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": (
        "ref", "reference", "no", "number", "id", "item", "action no", "action number", "action ref", "action id",
        "#", "action #", "s/n", "s no", "sr no", "item no", "ref no",
    ),
    "theme": (
        "theme", "pillar", "area", "key area", "priority area", "strand", "commitment", "commitment theme",
        "workstream", "technician commitment theme", "technician commitment pillar", "theme / pillar", "category",
        "tc theme", "tc pillar", "area of commitment", "area of focus", "focus area", "work stream",
        "theme of the technician commitment", "area of work", "focus", "domain",
    ),
    "objective": (
        "objective", "action", "planned activity", "planned action", "activity", "planned action / objective",
        "aim", "goal", "action / objective", "objective / action", "what", "what we will do", "what will we do",
        "commitment action", "task", "initiative", "project", "proposed action", "agreed action",
        "action required", "action point", "intervention",
    ),
    "details": (
        "detail", "support action", "supporting action", "comment", "description", "note", "how",
        "how we will do it", "how it will be done", "delivery", "sub action", "step", "key step", "further detail",
        "rationale", "commentary", "why", "context", "background", "method", "approach", "additional information",
        "further information", "activities to support",
    ),
    "impact": (
        "impact", "evidence", "success measure", "success criteria", "measure", "kpi", "outcome", "output",
        "deliverable", "measure of success", "criteria", "indicator", "how will we know", "benefit",
        "what success looks like",
    ),
    "owner": (
        "owner", "lead", "responsibility", "responsible", "who", "whose task", "by whom", "accountable",
        "action by", "delivered by", "assigned to", "person", "led by", "contact", "working group",
        "responsible person", "who will lead",
    ),
    "start": (
        "start", "start date", "from", "date started", "begin", "commencement", "commences", "planned start",
    ),
    "due": (
        "end", "end date", "deadline", "due", "by", "due date", "timescale", "target date", "when", "by when", "date",
        "timeline", "timeframe", "time frame", "completion", "completion date", "year", "term", "month", "timing",
        "complete by", "completed by", "finish", "finish date", "to", "delivery date", "projected date",
        "planned end", "quarter", "period",
    ),
    "rag": (
        "rag", "status", "rag status", "rag rating", "rating", "state", "complete", "completed", "completed?",
        "done", "achieved?", "completed y / n", "complete y / n", "r / a / g", "red / amber / green", "colour",
    ),
    "progress": (
        "progress", "progress & next steps", "progress and next steps", "achievement", "update", "next step",
        "action taken", "outcome to date", "what we have done", "what we did", "result",
        "explanation", "reason", "justification",
    ),
    "milestones": ("milestone", "key milestone", "milestones and dates", "interim milestone"),
    "targets": ("target", "targets", "target figure", "target value", "projection"),
    "delivery": ("what will be there", "what will be there when it is done"),
    "working group": ("which working group",),
    "resource": ("with what resources",),
    "extra": (
        "resource", "resources required", "resourcing", "budget", "cost", "funding", "internal area", "priority",
        "priority level", "risk", "dependency", "baseline", "target audience", "audience", "talent recommendation",
        "technician voice", "support",
    ),
    "": (
        "against target", "at risk", "pace", "so far",
        "date added", "last updated", "date updated", "version", "review date", "date of review", "signed",
        "signature",
    ),
}

# For longer headings: the first of these phrases found in the heading decides.
TELLING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rag", ("rag", "brag", "traffic light")),
    ("extra", ("who will benefit", "beneficiary", "benefit to", "link to", "linked to")),
    ("progress", ("progress", "achievement", "achieved", "to date", "update", "next step", "explanation", "reason")),
    ("impact", (
        "impact", "evidence", "evidenced", "success", "measure", "measured", "kpi", "performance indicator",
        "criteria", "outcome", "how will we know", "how do we know", "deliverable", "what difference",
        "evaluation", "evaluated", "monitoring", "monitored",
    )),
    ("extra", (
        "talent", "resource", "resourced", "budget", "cost", "baseline", "sponsor", "partner", "oversight", "reporting",
        "issue", "challenge", "gap", "current position",
    )),
    ("rag", ("status",)),
    ("owner", ("owner", "responsible", "responsibility", "accountable", "lead", "who")),
    ("start", ("start",)),
    ("due", ("deadline", "timescale", "timeframe", "timeline", "due", "completion", "when", "date")),
    ("milestones", ("milestone",)),
    ("targets", ("target",)),
    ("theme", ("pillar", "theme")),
    ("details", ("support action", "supporting action", "sub action", "detail", "comment", "description")),
    ("details", ("how will", "how are we", "where are we", "why")),
    ("objective", (
        "objective", "aim", "goal", "planned", "action", "activity", "what will", "what are we", "commit to",
    )),
    ("ref", ("ref",)),
)

# Besides a stretch of time, these may stand over a column that says what is done in it: “Year 1 actions”.
PERIOD_NOUNS = ("action", "activity", "milestone", "target", "deliverable", "plan", "planned", "goal", "projection")

# Where a table has both, these are the objective and the others its details.
OBJECTIVE_FIRST = ("objective", "aim", "goal")

# How a theme is called, its own name first.
THEMES: dict[str, tuple[str, ...]] = {
    "visibility": (
        "visibility", "visible", "raising visibility", "profile", "raising the profile", "visibility and voice",
    ),
    "recognition": (
        "recognition", "recognise", "recognising", "professional recognition", "professional registration",
        "reward",
    ),
    "career_development": (
        "career development", "career progression", "careers development", "career", "careers", "career pathways",
        "professional development", "development", "progression", "training and development",
        "careers and progression",
    ),
    "sustainability": (
        "sustainability", "sustainable", "sustainability of skills", "sustaining technical skills",
        "succession planning", "workforce sustainability", "sustainability of technical skills", "future skills",
    ),
    "evaluating_impact": (
        "evaluating impact", "evaluation", "impact", "evaluation of impact", "impact evaluation",
        "evidencing impact", "measuring impact", "monitoring and evaluation", "self assessment",
        "evaluating impact through self assessment",
    ),
}
THEME_LETTERS = {
    "v": "visibility", "r": "recognition", "c": "career_development", "cd": "career_development", "s": "sustainability",
    "e": "evaluating_impact", "ei": "evaluating_impact",
}
EVERY_THEME = ("all", "all themes", "all pillars", "all areas", "all four", "all four pillars", "all four themes")

# A row of one text that begins with one of these explains the table and is no action.
NOTES = ("key:", "key -", "note:", "notes:", "nb:", "n.b.", "total", "source:")

# A heading within a table that has one of these words ends the theme above it.
ENDS_THEME = {"other", "others", "general", "cross-cutting", "additional", "miscellaneous"}

# How far an action is, in the renewal form's own meaning: completed, in progress, still to be carried out.
# A colour by its name decides; else the longest phrase found, so that "not started" is not taken for "started".
COLOURS = {"red": "red", "amber": "amber", "yellow": "amber", "orange": "amber", "green": "green", "blue": "green"}
STATUS: dict[str, tuple[str, ...]] = {
    "red": (
        "not yet started", "not started", "not commenced", "not begun", "not done", "yet to start", "yet to begin",
        "to be started", "to be carried out", "not achieved", "not met", "not progressed", "no progress", "to do",
        "outstanding", "planned", "pending", "on hold", "paused", "deferred", "overdue", "cancelled", "stopped",
        "no",
    ),
    "amber": (
        "not yet complete", "not yet completed", "not complete", "not completed", "incomplete",
        "partially complete", "partly complete", "part complete", "partially completed", "partially achieved",
        "partially met", "partly achieved", "nearly complete", "almost complete", "near completion",
        "nearing completion", "in progress", "in process", "ongoing", "on going", "underway", "under way",
        "in development", "in train", "in hand", "on track", "on target", "progressing", "started", "commenced",
        "partial", "partially", "delayed", "continuing", "active", "wip",
    ),
    "green": (
        "complete", "completed", "done", "achieved", "delivered", "finished", "closed", "implemented", "met",
        "fulfilled", "yes",
    ),
}
STATUS_GUESSED = {
    "active", "cancelled", "closed", "deferred", "delayed", "no", "on hold", "on target", "on track",
    "overdue", "partial", "paused", "pending", "planned", "stopped", "yes",
}
STATUS_LETTERS = {"r": "red", "a": "amber", "y": "amber", "g": "green"}
STATUS_SYMBOLS = {"red": "🔴🟥❌✗✘🛑", "amber": "🟠🟧🟡🟨🔶", "green": "🟢🟩✅✓✔☑💚"}

# In a column that stands for a stretch of time, these only say that it is meant; other words say what is done then.
TICKS = {"yes", "done", "ongoing", "active", "→", "->", "xxx", "***"}

# In a column of ticks, anything written counts as a tick except these.
NO_TICK = {"", "-", "0", "false", "n", "n/a", "na", "no", "–", "—", "□", "☐", "✗", "✘", "❌"}

# In a date column: said on purpose, and no date.
NO_DATE = {
    "", "-", "annual", "annually", "continual", "continuous", "n/a", "na", "none", "on going", "on-going",
    "ongoing", "rolling", "tbc", "tbd", "throughout", "to be confirmed", "to be decided", "–", "—", "yearly",
    "each year", "every year", "each term", "every term", "termly", "monthly", "quarterly", "immediate", "immediately",
    "asap", "as required", "as needed", "continuing", "recurring", "permanent",
}

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}

# Words that lead to a date and say nothing else: "by the end of", "from", "week commencing".
LEADING = {
    "from", "since", "after", "starting", "commencing", "beginning", "by", "before", "until", "till", "in", "during",
    "for", "on", "at", "due", "to", "no", "later", "than", "the", "of", "end", "close", "start", "middle", "mid",
    "early", "late", "week", "academic", "financial", "year", "ay", "fy", "projected", "expected", "anticipated",
    "target", "date", "approx", "approximately", "around", "circa", "mon", "tue", "tues", "wed", "thu", "thur",
    "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
}
