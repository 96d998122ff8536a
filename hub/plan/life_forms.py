"""What is filled in while a plan lives: check-ins, comments and answers, versions, what became of an action."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, ValidationError

from hub.core.forms import HubForm, choice, choices, line, prose
from hub.plan.models import Action, Course, Outlook, Plan, Verdict


class CheckInForm(HubForm):
    outlook = choice("How does it go?", Outlook.choices(), "Choose how it goes", radio=True)
    text = prose(
        "In a sentence or two",
        "Write a sentence or two",
        words=200,
        description="What happened since the last time, and what is next.",
    )
    needed = prose("What is needed?", words=100, description="Time, money, a person, a word from somebody.")
    wants_decision = BooleanField("The steering group has to decide on this")

    def validate_wants_decision(self, field: Any) -> None:
        if field.data and not self.needed.data:
            raise ValidationError("Say under “What is needed?” what is to be decided")


class AcknowledgeForm(HubForm):
    answer = prose("Your answer", words=200, description="What was decided, or who helps. Whoever wrote it is told.")


class CommentForm(HubForm):
    text = prose(
        "What should be different?",
        "Write what should be different, or that it is right as it is",
        words=300,
    )
    unnamed = BooleanField(
        "Without my name",
        description=(
            "Then no page and no file says who wrote it, for colleagues or for the lead. The hub still knows, so that "
            "you can change it until it is answered, and your unit is counted once five of you have spoken."
        ),
    )


class AnswerForm(HubForm):
    verdict = choice(
        "What came of it?",
        {Verdict.CHANGED.value: "We changed the wording", Verdict.UNCHANGED.value: "No change"},
        "Choose what came of it",
        radio=True,
    )
    answer = prose("Because", "Say why", words=200, description="Everybody who reads the plan sees this.")


class VersionForm(HubForm):
    note = line("What is this version for?", "Say what it is for", description="For example, Steering group, 3 March.")


class DecisionForm(HubForm):
    text = prose(
        "What does the steering group have to decide?",
        "Say what is to be decided",
        words=100,
        description="For example: May we spend £2,000 of the fund on frames?",
    )


class PredecessorForm(HubForm):
    predecessor = choice("The plan before this one", {}, "Choose a plan")

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.predecessor.choices = {"": "Choose one"} | {str(plan.id): plan.name for plan in plans}


class CourseForm(HubForm):
    course = choice(
        "What becomes of it?",
        {
            Course.CONTINUED.value: "It continues",
            Course.RELATED.value: "It goes on in another shape: narrowed, widened, split or merged",
            Course.STOPPED.value: "It stops",
        },
        "Choose what becomes of it",
        radio=True,
    )
    into = choices("In which actions of the new plan?", {}, description="Several, if it is split.")
    reason = line("Why?", most=300, description="Needed when it stops.")

    def __init__(self, *args: Any, actions: Iterable[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into.choices = {str(action.id): action.objective for action in actions}
