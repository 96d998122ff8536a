"""Every kind of evidence the hub gathers, in one table to read and argue over."""

from dataclasses import dataclass

from hub.core.money import pounds
from hub.core.themes import Theme
from hub.core.words import counted
from hub.evidence.models import Scope


class _Number(int):
    """A number that is written with what it counts."""

    def __format__(self, nouns: str) -> str:
        return counted(int(self), *nouns.split("|"))


@dataclass(frozen=True, slots=True)
class Kind:
    """*unit*: what ``quantity`` counts; *claim*: a sentence to paste, with {n} entries, {quantity}, {people}.

    What a number counts stands with it, as one and as many: ``{people:technician|technicians}``.
    *travels*: how far what happened may be told, piece by piece, without anybody’s being asked.
    """

    label: str
    theme: Theme
    unit: str
    claim: str
    endpoint: str  # where a lead is shown the proof; empty if that is private
    argument: str  # that page's name for the source's id
    travels: Scope = Scope.SUBMISSION

    def said(self, n: int, quantity: int, people: int) -> str:
        """The claim with its figures; money in pounds."""
        amount = pounds(quantity) if self.unit == "pence" else _Number(quantity)
        return self.claim.format(n=_Number(n), quantity=amount, people=_Number(people))

    def figure(self, quantity: int) -> str:
        """“2 people taught”, “1 receipt”, “£450.00”."""
        if self.unit == "pence":
            return pounds(quantity)
        one = self.unit.replace("people", "person") if "people" in self.unit else self.unit.removesuffix("s")
        return counted(quantity, one, self.unit)


KINDS = {
    "directory.profile": Kind(
        "Profile published",
        Theme.VISIBILITY,
        "profiles",
        "{n:technician|technicians} published a profile they have checked themselves.",
        "directory.profile_by_id",
        "profile_id",
    ),
    "galleries.published": Kind(
        "Gallery published",
        Theme.VISIBILITY,
        "people shown",
        "{n:public gallery|public galleries} showed {people:technician|technicians} and what they do.",
        "galleries.gallery",
        "gallery_id",
        Scope.PUBLIC,
    ),
    "skills.session": Kind(
        "Skill shared",
        Theme.SUSTAINABILITY,
        "people taught",
        "{n:session|sessions} taught by technicians, {quantity:place|places} taken up by {people:person|people}.",
        "skills.session",
        "session_id",
    ),
    "registration.mentoring": Kind(
        "Mentoring begun",
        Theme.CAREER_DEVELOPMENT,
        "pairs",
        "{n:mentoring pair|mentoring pairs} agreed to work towards registration.",
        "",  # what a pair writes is for the two
        "",
    ),
    "registration.registered": Kind(
        "Professionally registered",
        Theme.RECOGNITION,
        "people",
        "{people:technician|technicians} became professionally registered.",
        "",  # a journey and its drafts are for the technician and the mentor
        "",
    ),
    "fund.award": Kind(
        "Development funded",
        Theme.CAREER_DEVELOPMENT,
        "pence",
        "{n:award|awards} from the development fund, worth {quantity}, to {people:technician|technicians}.",
        "fund.application",
        "application_id",
    ),
    "fund.report": Kind(
        "Funded activity reported",
        Theme.CAREER_DEVELOPMENT,
        "reports",
        "{n:funded activity|funded activities} reported what changed afterwards.",
        "fund.application",
        "application_id",
    ),
    "fund.promise": Kind(
        "Promise to share kept",
        Theme.SUSTAINABILITY,
        "promises",
        "{people:technician|technicians} kept what they had promised: to share what the fund paid for.",
        "",  # the session is evidence of its own, and shown there
        "",
    ),
    "fund.follow_up": Kind(
        "Asked again months later",
        Theme.EVALUATING_IMPACT,
        "answers",
        "{people:technician|technicians} said months later what was different since the fund paid for something.",
        "fund.follow_up",
        "follow_up_id",
    ),
    "awards.nomination": Kind(
        "Colleague nominated",
        Theme.RECOGNITION,
        "nominations",
        "{n:nomination|nominations} that their nominees agreed to.",
        "awards.nomination",
        "nomination_id",
    ),
    "awards.award": Kind(
        "Award announced",
        Theme.RECOGNITION,
        "awards",
        "{n:award|awards} to {people:technician|technicians}.",
        "awards.nomination",
        "nomination_id",
    ),
    "attribution.credit": Kind(
        "Credit agreed",
        Theme.RECOGNITION,
        "contributions",
        "{n:contribution|contributions} to outputs whose credit was agreed, by {people:technician|technicians}.",
        "",  # who may see a contribution is for its owner to say
        "",
    ),
    # One entry for each receipt, not for each document: an entry never changes, so that one that grows with its readers
    # cannot be; and only whom an entry counts for is counted once, however many versions somebody reads.
    "attribution.reading": Kind(
        "Expectations read",
        Theme.RECOGNITION,
        "receipts",
        "{people:person|people} confirmed that they have read what is expected and advised, {n:time|times} in all.",
        "",  # who has read what is for the lead
        "",
    ),
    "evidence.item": Kind(
        "Brought by hand",
        Theme.EVALUATING_IMPACT,
        "items",
        "{n:further document, link or testimonial|further documents, links and testimonials}.",
        "evidence.item",
        "item_id",
    ),
}
