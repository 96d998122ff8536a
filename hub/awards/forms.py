"""What people fill in to nominate, answer, judge, decide and run a cycle."""

from typing import Any

from flask_login import current_user
from wtforms import BooleanField, Field, ValidationError

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.awards.models import Category, Criterion, Nomination, Outcome, Relation
from hub.core.forms import HubForm, choice, email, line, moment, number, prose

POINTS = {str(n): str(n) for n in range(1, 6)}


def nominate_form(category: Category, *, finished: bool) -> type[HubForm]:
    """The three questions with this award's own word limit; only what is not *finished* may leave one empty."""
    words = category.word_limit
    need = "Answer all three questions before you send it" if finished else None

    class NominateForm(HubForm):
        relation = choice("How do you know them?", Relation.choices(), "Choose one", radio=True)
        situation = prose("What was the situation?", need, words=words, description="Two or three sentences are enough")
        action = prose("What did they do?", need, words=words, description="What would not have happened without them")
        result = prose(
            "What difference did it make?", need, words=words, description="A number, or something somebody said"
        )
        evidence = prose(
            "What supports it?", words=200, description="Figures, links, words of others, each with a date"
        )

    return NominateForm


class ConsentForm(HubForm):
    """Two things, each on its own."""

    consents = choice(
        "Do you agree to be nominated?",
        {"yes": "Yes, the judges may read this", "no": "No, I would rather not"},
        "Say whether you agree",
        radio=True,
    )
    publicity = choice(
        "If you win or are commended, may we name you?",
        {"yes": "Yes, my name may be published", "no": "No, leave my name out"},
        "Say whether you may be named",
        radio=True,
    )


def score_form(criteria: list[Criterion]) -> type[HubForm]:
    """Points and a reason for each criterion."""
    fields: dict[str, Any] = {}
    for c in criteria:
        fields[f"points_{c.id}"] = choice(
            c.name, POINTS, f"Give points for “{c.name}”", radio=True, description=c.question
        )
        fields[f"why_{c.id}"] = prose(
            f"Why this score, for {c.name}", f"Say why you give these points for “{c.name}”", words=100
        )
    return type("ScoreForm", (HubForm,), fields)


class StepAsideForm(HubForm):
    reason = line("Why?", "Say why in a few words: only the chair reads it")


class DecideForm(HubForm):
    outcome = choice(
        "What is the result?",
        Outcome.choices(),
        "Choose the result",
        radio=True,
    )
    feedback = prose(
        "What do you tell them?",
        words=200,
        description="Nominee and nominator read it with the result. Whoever is not selected always hears why.",
    )


class WithholdForm(HubForm):
    because = line("Why is this award not given this time?", "Say why: it is shown with the results")


class CycleForm(HubForm):
    scheme_name = line("Which awards?", "Name the awards", description="Such as: Technician Awards", most=80)
    name = line("Which year?", "Name this cycle", description="Such as: Technician Awards 2026", most=80)
    opens_at = moment("When do nominations open?", "Choose when nominations open")
    closes_at = moment("When do nominations close?", "Choose when nominations close", description="17:00 is usual")
    judging_until = moment("Until when do judges score?", "Choose until when judges score")
    chair = email("Who chairs the judges? Their e-mail address", "Name the chair by e-mail address")

    def validate_closes_at(self, field: Field) -> None:
        if self.opens_at.data and field.data and field.data <= self.opens_at.data:
            raise ValidationError("Nominations close after they open")

    def validate_judging_until(self, field: Field) -> None:
        if self.closes_at.data and field.data and field.data <= self.closes_at.data:
            raise ValidationError("Judging ends after nominations close")

    def validate_chair(self, field: Field) -> None:
        self.chair_person = _colleague(field.data)


class CategoryForm(HubForm):
    name = line("What is the award called?", "Give the award a name", most=80)
    description = line("Who is it for?", description="One line, as nominators read it")
    word_limit = number("How many words for each answer?", "Enter the word limit", least=30, most=1000)
    self_allowed = BooleanField("People may nominate themselves")
    team_allowed = BooleanField("A team may be nominated")


class CriterionForm(HubForm):
    name = line("What do judges look for?", "Name the criterion", most=80)
    question = line("As a question to the judge", description="Such as: What would not have happened without them?")
    weight = number("What share of the whole, in per cent?", "Enter its share", least=1, most=100)
    levels = prose(
        "What do 1, 2, 3, 4 and 5 mean?",
        "Describe the five levels",
        description="Five lines, the first for one point, the last for five",
    )

    def validate_levels(self, _field: Field) -> None:
        if len(self.level_lines) != 5:
            raise ValidationError("Write five lines, one for each level")

    @property
    def level_lines(self) -> list[str]:
        return [level.strip() for level in (self.levels.data or "").split("\n") if level.strip()]


class JudgeForm(HubForm):
    judge = email("A judge’s e-mail address", "Enter the judge’s e-mail address")

    def validate_judge(self, field: Field) -> None:
        self.judge_person = _colleague(field.data)


def _colleague(address: str) -> Person:
    found = accounts.active_colleague(address, current_user.institution_id)
    if found is None:
        raise ValidationError("Nobody in this institution has that address")
    return found


def written(nomination: Nomination) -> dict[str, Any]:
    names = ("relation", "situation", "action", "result", "evidence")
    return {name: getattr(nomination, name) for name in names}


def scored(nomination: Nomination, user: Person) -> dict[str, Any]:
    """What a judge gave before, as the form shows it."""
    own = nomination.judgement_of(user)
    values: dict[str, Any] = {}
    for score in own.scores if own else []:
        values[f"points_{score.criterion_id}"] = str(score.points)
        values[f"why_{score.criterion_id}"] = score.why
    return values
