"""Which kinds of evidence an action asks for, read from its own words: a first suggestion that the lead corrects."""

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
    "awards.nomination": RECOGNISING,
    "awards.award": RECOGNISING,
    "attribution.credit": ("attribution", "acknowledg", "authorship", "credited"),
    "attribution.reading": ("statement of expectations",),
}


def kinds_in(*texts: str) -> list[str]:
    """The kinds of evidence that these texts speak of, in table order."""
    words = " ".join(texts).lower()
    return [kind for kind, signs in WORDS_OF_KIND.items() if any(sign in words for sign in signs)]
