"""How a paper says it: sentences of acknowledgement, CRediT statements, and when authorship is to be thought of."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.attribution.models import Contribution, CreditForm, CreditRole
from hub.core.words import joined

# What somebody in the role did, as it follows “for …”.
DEEDS = {
    CreditRole.CONCEPTUALIZATION: "helping to shape the question",
    CreditRole.DATA_CURATION: "keeping and describing the data",
    CreditRole.FORMAL_ANALYSIS: "analysing the data",
    CreditRole.FUNDING_ACQUISITION: "winning the funding",
    CreditRole.INVESTIGATION: "carrying out the experiments",
    CreditRole.METHODOLOGY: "developing the method",
    CreditRole.PROJECT_ADMINISTRATION: "organising the work",
    CreditRole.RESOURCES: "preparing samples, materials and instruments",
    CreditRole.SOFTWARE: "writing the software",
    CreditRole.SUPERVISION: "training and guiding those who did the work",
    CreditRole.VALIDATION: "checking that the results can be repeated",
    CreditRole.VISUALIZATION: "making the figures",
    CreditRole.WRITING_DRAFT: "writing the first draft",
    CreditRole.WRITING_REVIEW: "reading and revising the text",
}

# What each role means in a technician’s day: hints beside the boxes.
MEANS = {
    CreditRole.CONCEPTUALIZATION: "You helped to decide what to find out.",
    CreditRole.DATA_CURATION: "You cleaned, labelled or archived data so that others can use them.",
    CreditRole.FORMAL_ANALYSIS: "You used statistics or computing to make sense of the data.",
    CreditRole.FUNDING_ACQUISITION: "You helped to win the money.",
    CreditRole.INVESTIGATION: "You ran the experiments or collected the data.",
    CreditRole.METHODOLOGY: "You designed or adapted the method, the protocol or the rig.",
    CreditRole.PROJECT_ADMINISTRATION: "You planned and kept the work on its way.",
    CreditRole.RESOURCES: "You made or provided samples, materials, instruments or animals.",
    CreditRole.SOFTWARE: "You wrote or tested the code.",
    CreditRole.SUPERVISION: "You trained and guided people on the project.",
    CreditRole.VALIDATION: "You repeated or checked the results.",
    CreditRole.VISUALIZATION: "You made figures, models or images.",
    CreditRole.WRITING_DRAFT: "You wrote part of the first text.",
    CreditRole.WRITING_REVIEW: "You commented on the text or revised it.",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence is made of. *name* is empty if nobody has agreed to be named."""

    name: str
    place: str  # the facility or unit
    institution: str
    roles: Sequence[CreditRole] = ()

    @property
    def where(self) -> str:
        """“Microscopy Suite, Example University”."""
        return ", ".join(part for part in (self.place, self.institution) if part)

    @property
    def deeds(self) -> str:
        """“ for developing the method and analysing the data”."""
        return f" for {joined([DEEDS[role] for role in self.roles])}" if self.roles else ""


def facts_of(contribution: Contribution) -> Facts:
    """The person, their unit and their institution must be loaded."""
    unit = contribution.unit.name if contribution.unit else ""
    return Facts(
        name=contribution.person.name if contribution.permission_at else "",
        place=contribution.facility or unit,
        institution=contribution.person.institution.name,
        roles=contribution.roles,
    )


def sentence(credit: CreditForm, facts: Facts) -> str:
    """What the paper says under a form of credit; nothing if it names somebody who has not agreed to be named."""
    if credit in {CreditForm.AUTHOR, CreditForm.NAMED} and not facts.name:
        return ""
    if credit == CreditForm.AUTHOR:
        return f"{facts.name} ({facts.where})"
    if credit == CreditForm.NAMED:
        return f"We thank {facts.name} ({facts.where}){facts.deeds}."
    if credit == CreditForm.FACILITY:
        return f"We thank the technical staff of {_of_the(facts)}{facts.deeds}."
    return ""


def _of_the(facts: Facts) -> str:
    return f"the {facts.where}" if facts.place and not facts.place.lower().startswith("the ") else facts.where


def credit_statement(credit: CreditForm, facts: Facts) -> str:
    """“Maren Okafor: Methodology, Investigation.” Only of those whom the paper names."""
    if not facts.name or not facts.roles or credit not in {CreditForm.AUTHOR, CreditForm.NAMED}:
        return ""
    return f"{facts.name}: {', '.join(role.label for role in facts.roles)}."


WHERE_IT_STANDS = {
    CreditForm.AUTHOR: "In the list of authors",
    CreditForm.NAMED: "In the acknowledgements",
    CreditForm.FACILITY: "In the acknowledgements",
    CreditForm.NONE: "Nowhere",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of work, and what it calls for. *authorship*: consider, perhaps, seldom."""

    title: str
    authorship: str
    why: str
    says: str

    @property
    def verdict(self) -> str:
        return {
            "consider": "Consider authorship",
            "perhaps": "Consider authorship if you shaped the work",
            "seldom": "Acknowledge; authorship is unusual",
        }[self.authorship]


CASES = {
    "trained": Case(
        "Others did the work after you had trained them",
        "seldom",
        "Training alone is help to learn. It becomes a part of the result if you also planned the study with them or "
        "made sense of what they measured.",
        "Name the facility, and you with your permission.",
    ),
    "study": Case(
        "You had a part in the design, in obtaining the data or in analysing them",
        "consider",
        "Without your judgement the result would be another one. That is what authors are named for, whatever their "
        "job title.",
        "Put your name on the draft list of authors, with your roles in the CRediT statement.",
    ),
    "partner": Case(
        "You put your own thinking into work for a partner outside",
        "consider",
        "The same holds as inside, but the partner may have other customs. What is not agreed in writing beforehand is "
        "hard to ask for later.",
        "Write the credit into the agreement with the partner; name the facility in any case.",
    ),
    "routine": Case(
        "You made occasional measurements by a procedure that stood already",
        "seldom",
        "A standard service is paid for or given, and anybody trained could have given it. If you interpreted the "
        "results, see the second case.",
        "Name the facility and the instrument.",
    ),
    "items": Case(
        "You prepared or made samples, materials, parts or apparatus",
        "perhaps",
        "To make a thing as drawn is a service. To find out how it can be made at all is a part of the research.",
        "Name the facility, and you with your permission.",
    ),
}
