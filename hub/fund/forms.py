"""The fund's forms: they parse and explain; rules that need the database live in services."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, HiddenField, ValidationError

from hub.core.clock import today
from hub.core.forms import HubForm, choice, choices, day, line, moment, money, number, prose
from hub.core.text import lines, word_count
from hub.core.themes import Theme
from hub.directory.forms import LEVELS
from hub.fund.models import CostKind, FundCriterion, Outcome, SchemeKind, StillUsed
from hub.fund.progress import WORDS
from hub.fund.services.judging import FEWEST_WORDS

THEMES = Theme.choices()
PURPOSES = {
    SchemeKind.DEVELOPMENT.value: "Development: applications and a panel",
    SchemeKind.REGISTRATION_REFUND.value: "Registration fees: a refund opens when somebody is registered",
}
POINTS = [str(n) for n in range(1, 6)]
DOES_NOT_APPLY = "none"
MARKS = {n: n for n in POINTS} | {DOES_NOT_APPLY: "Does not apply"}


def upload_of(field: Field) -> tuple[bytes, str] | None:
    """What was chosen in a file field, or nothing."""
    chosen = field.data
    if not isinstance(chosen, FileStorage) or not chosen.filename:
        return None
    return chosen.read(), chosen.filename


class SectionForm(HubForm):
    """One section of an application: it may be kept with gaps, never with something wrong."""

    def has_only_gaps(self) -> bool:
        return not any(f.errors and any(str(v).strip() for v in f.raw_data or []) for f in self)

    def answers(self) -> dict[str, Any]:
        return {f.name: f.data or ("" if f.type in {"StringField", "TextAreaField"} else f.data) for f in self._own()}

    def _own(self) -> list[Field]:
        return [f for f in self if f.name != "csrf_token"]


class ActivityForm(SectionForm):
    title = line("What is it called?", "Give it a title", most=120, description="Such as Welding inspector, level 1.")
    what = prose("What do you want to do?", "Say what you want to do", words=WORDS["what"])
    provider = line("Who gives it, and where?", description="A course in Utrecht, a visit to another laboratory.")
    starts_on = day("First day", "Say when it starts")
    ends_on = day("Last day", "Say when it ends")

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("The last day cannot be before the first")


class CaseForm(SectionForm):
    why = prose("Why do you want to do this?", "Say why", words=WORDS["why"])
    helps_role = prose("How does it help your role?", "Say how it helps your role", words=WORDS["helps_role"])
    helps_team = prose("How does it help your team?", "Say how it helps your team", words=WORDS["helps_team"])
    helps_university = prose(
        "How does it help the University?", "Say how it helps the University", words=WORDS["helps_university"]
    )
    themes = choices("Which themes does it serve?", THEMES, "Choose at least one theme")


class ReturnForm(SectionForm):
    expected_return = prose(
        "What does the University get back for its money?",
        "Say what the University gets back for its money",
        words=WORDS["expected_return"],
        description="Hours or money saved, work no longer sent away, more that can be done: with a number, if you can.",
    )


def eligibility_form(questions: Sequence[str]) -> type[SectionForm]:
    """A form with a yes or no for each of a scheme's questions: ``question_0``, ``question_1``."""

    def answers(form: SectionForm) -> dict[str, Any]:
        return {"eligible": {q: form[f"question_{n}"].data for n, q in enumerate(questions)}}

    fields: dict[str, Any] = {
        f"question_{n}": choice(q, {"yes": "Yes", "no": "No"}, "Choose yes or no", radio=True)
        for n, q in enumerate(questions)
    }
    return type("EligibilityForm", (SectionForm,), fields | {"answers": answers})


class SharingForm(SectionForm):
    sharing = prose(
        "How will you share what you learn?",
        "Say how you will share it",
        words=WORDS["sharing"],
        description="A session, a visit, a handover note: what, with whom, by when.",
    )


class MatchForm(SectionForm):
    match_pence = money("What does your department give?", least=0, description="Leave it empty if it gives nothing.")
    other_funding = line("Other money for this", description="From whom, how much, promised or hoped for.")

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"match_pence": self.match_pence.data or 0}


class CostForm(HubForm):
    kind = choice("What kind of cost is it?", CostKind.choices(), "Choose one")
    text = line("What is it?", "Say what the cost is", most=120)
    pence = money("How much?", "Enter an amount")
    quote = FileField("Quote or screenshot", description="PDF, picture, Word or Excel, up to 10 MB.")


class StatementForm(HubForm):
    text = prose("What difference would this make, and why now?", "Write a sentence or two", words=150)
    releases_time = choice(
        "Do you release the time?",
        {"yes": "Yes, the time is released", "no": "No, it would be in their own time"},
        "Say whether you release the time",
        radio=True,
    )


class ReasonForm(HubForm):
    reason = prose("What should change?", "Say what should change", words=100)


class ManagerForm(HubForm):
    email = line("Their e-mail address", "Enter an e-mail address")


class ColleagueForm(HubForm):
    email = line("Their e-mail address", "Enter an e-mail address")


class JoinForm(HubForm):
    answer = choice(
        "Do you apply together?",
        {"yes": "Yes, I apply too", "no": "No, leave me out"},
        "Choose yes or no",
        radio=True,
    )


class ConflictForm(HubForm):
    reason = prose("What is the tie?", "Say what the tie is", words=60, description="Only the lead reads this.")


def _has_reason(_form: Any, field: Field) -> None:
    if word_count(field.data or "") < FEWEST_WORDS:
        raise ValidationError(f"Say why in {FEWEST_WORDS} words or more")


def score_form(criteria: list[FundCriterion]) -> type[HubForm]:
    """A form with a score and a reason for each criterion: ``score_7``, ``why_7``."""
    fields: dict[str, Any] = {}
    for c in criteria:
        fields[f"score_{c.id}"] = choice(c.name, MARKS, f"Score “{c.name}”", radio=True)
        fields[f"why_{c.id}"] = prose(f"Why this score, for {c.name}", f"Say why, for “{c.name}”", words=80)
        fields[f"validate_why_{c.id}"] = _has_reason
    return type("ScoreForm", (HubForm,), fields)


class DecideForm(HubForm):
    seen = HiddenField()
    outcome = choice(
        "What do you decide?",
        {Outcome.AWARD: "Award", Outcome.RESERVE: "Reserve list", Outcome.DECLINE: "Decline"},
        "Choose one",
        radio=True,
    )
    pence = money("How much, if you award?", description="All that was asked, or part of it.")
    feedback = prose(
        "What does the applicant read?",
        words=120,
        description="A reason, in words that you would say to them. Needed when you decline.",
    )

    conditions = prose(
        "On which conditions, if you award?",
        words=80,
        description="Leave it empty if there are none. Whoever accepts the award accepts them.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        whole = super().validate(extra_validators)
        if self.outcome.data == Outcome.AWARD:
            whole = _asked(self.pence, "Enter how much you award") and whole
        if self.outcome.data == Outcome.DECLINE:
            whole = _asked(self.feedback, "Tell the applicant why") and whole
        return bool(whole)

    def validate_feedback(self, field: Field) -> None:
        if self.outcome.data == Outcome.DECLINE:
            _has_reason(self, field)


def _asked(field: Field, words: str) -> bool:
    """Whether what may be left out otherwise is filled in; what is wrong with it is said already."""
    if field.data in (None, "") and not field.errors:
        field.errors = [words]
    return not field.errors


class AmountForm(HubForm):
    pence = money("How much do you award?", "Enter an amount")


class FinishForm(HubForm):
    done_on = day("When did it end?", "Choose the day", latest=today)


class ClaimForm(HubForm):
    pence = money("How much did you spend?", "Enter an amount")
    is_last = choice(
        "Is this all?",
        {"yes": "Yes: what I did not spend goes back to the round", "no": "No, more comes later"},
        "Say whether more comes",
        radio=True,
    )
    note_text = prose("Anything the lead should know", words=80)
    receipt_1 = FileField("Receipt", description="PDF or picture, up to 10 MB.")
    receipt_2 = FileField("Another receipt")
    receipt_3 = FileField("A third receipt")


class PaidForm(HubForm):
    paid_on = day("When was it paid?", "Choose the day", latest=today)


class ReportForm(HubForm):
    did = prose("What did you do?", "Say what you did", words=200)
    changed = prose("What changed, for you and your service?", "Say what changed", words=200)
    shared_with = prose("Whom did you share it with, and how?", "Say whom you shared it with", words=120)
    quote = prose("One sentence that we may quote", words=50)
    may_publish = BooleanField("You may publish what changed, and this sentence, with my name")
    level = choice("How well do you know it now?", {str(level): said for level, said in LEVELS.items()}, radio=True)
    share_by = day(
        "By when will you show it to colleagues?",
        earliest=today,
        description="Leave it empty if you promise nothing. A day becomes an offer of yours in skills sharing.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        whole = super().validate(extra_validators)
        return (not self.skill.data or _asked(self.level, "Say how well you know it now")) and bool(whole)

    def validate_share_by(self, field: Field) -> None:
        if field.data and not self.skill.data:
            raise ValidationError("Choose the skill that you will show, or leave the day empty")


def report_form(questions: Sequence[str], skills: dict[str, str]) -> type[ReportForm]:
    """The report with a scheme's own questions, ``answer_0``, ``answer_1``, and the vocabulary to choose from."""
    fields = {f"answer_{n}": prose(q, "Answer this question too", words=120) for n, q in enumerate(questions)}
    fields["skill"] = choice(
        "Which skill did you learn, or learn better?",
        skills,
        blank="None of the list",
        description="It goes onto your profile only if you say so afterwards.",
    )
    return type("ReportForm", (ReportForm,), fields)


class FollowUpForm(HubForm):
    different = prose("What is different now?", "Say what is different, or that nothing is", words=150)
    still_used = choice("Do you still use what you learned?", StillUsed.choices(), "Choose one", radio=True)
    may_quote = BooleanField("You may quote this with my name")


READING = {
    "together": "Leads at once, the panel when the round has closed",
    "is_sealed": "Nobody before the round has closed: it is sealed, for leads too",
    "is_rolling": "The panel decides as applications come, and you tell each when it is decided",
}


class RoundForm(HubForm):
    name = line("What is the round called?", "Give it a name", most=80, description="For example, Autumn 2026.")
    budget_pence = money("How much is there to give?", "Enter an amount")
    opens_at = moment("When does it open?", "Choose day and time")
    closes_on = day("On which day does it close, at 17:00?", "Choose the day")
    panel_on = day("When does the panel meet?", "Choose the day")
    decisions_on = day("When do applicants hear?", "Choose the day")
    reading = choice("Who reads what is sent, and when?", READING, "Choose one", radio=True)
    is_blind = BooleanField("Blind: the panel reads no name before the release; applicants are asked to write none")
    is_test = BooleanField("A test: only leads and the panel see it and may apply, and nothing of it counts")


class SchemeForm(HubForm):
    name = line("What is the fund called?", "Give it a name", most=80)
    code = line("Reference code", "Enter two to five letters", most=5, description="It begins every reference.")
    kind = choice(
        "What is it for?",
        PURPOSES,
        "Choose one",
        radio=True,
    )
    summary = prose("What is it, in a sentence?", "Write a sentence", words=40)
    pays = prose("What does it pay?", description="One a line.", words=200)
    cannot_pay = prose("What can it not pay?", description="One a line.", words=200)
    eligibility = prose(
        "What has to be true before somebody applies?",
        description="One question a line, to be answered with yes or no. Whoever says no is told so before they write.",
        words=200,
    )
    most_pence = money("The most that one person may ask for", "Enter an amount")
    match_percent = number("The department’s share, per cent of the whole cost", "Enter a number, 0 for none", most=90)
    notice_days = number("Days before the activity by which to apply", "Enter a number of days", most=365)
    report_days = number("Days after it in which to report", "Enter a number of days, 0 for no report", most=365)
    a_year = number(
        "Applications that one person may send in a calendar year",
        "Enter a number, 0 for any number",
        most=50,
        description="0 for any number. What was sent and withdrawn counts.",
    )
    pays_apart = BooleanField("Two people settle a claim: whoever approves it does not mark it as paid")
    retrospective = BooleanField("It may pay for what has already happened")
    asks_return = BooleanField("It asks what the University gets back for its money")
    report_questions = prose(
        "What else should the report answer?",
        description="One question a line. Every report says what was done, what changed and who heard of it.",
        words=200,
    )

    def validate_code(self, field: Field) -> None:
        if field.data and not (field.data.isascii() and field.data.isalpha() and len(field.data) >= 2):
            raise ValidationError("Use two to five letters, such as TDF")

    def validate_eligibility(self, field: Field) -> None:
        _refuse_many_lines(field, MOST_QUESTIONS)

    def validate_report_questions(self, field: Field) -> None:
        _refuse_many_lines(field, MOST_QUESTIONS)


MOST_QUESTIONS = 8


def _refuse_many_lines(field: Field, most: int) -> None:
    found = lines(field.data or "")
    if len(found) > most:
        raise ValidationError(f"Use {most} lines or fewer")
    if len(set(found)) < len(found):
        raise ValidationError("Two lines say the same")


class CriterionForm(HubForm):
    name = line("What is scored?", "Give it a name", most=60)
    question = line("The question the panel asks", "Write the question")
    weight = number("Weight, per cent", "Enter a number", least=1, most=100)
    levels = prose(
        "What does each score mean?", description="One line for each score: the first for 1, the last for 5.", words=150
    )

    def validate_levels(self, field: Field) -> None:
        _refuse_many_lines(field, len(POINTS))


class StudyForm(HubForm):
    title = line("Title", "Give it a title", most=120)
    summary = prose("What changed?", "Say what changed", words=200)


class KeepingForm(HubForm):
    unsuccessful_months = number(
        "Months after the decision until an unsuccessful or withdrawn application becomes anonymous",
        "Enter a number of months",
        least=6,
        most=36,
        description="From 6 to 36. Most universities say 12. Drafts that were never sent go as long after the closing.",
    )
    scores_months = number(
        "Months after the release until the panel’s scores and reasons are deleted",
        "Enter a number of months",
        least=6,
        most=36,
        description="From 6 to 36. Until then applicants may ask to see what was said of them.",
    )
    awarded_years = number(
        "Years after the financial year of the last payment until an award becomes anonymous",
        "Enter a number of years",
        least=3,
        most=10,
        description="From 3 to 10. Auditors usually ask for 6.",
    )


class MemberForm(HubForm):
    email = line("E-mail address of the new member", "Enter an e-mail address")
    is_chair = BooleanField("Chairs the panel")
