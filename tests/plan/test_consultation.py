"""Consultation: who may say something about the wording, what the lead answers, and what a number gives away."""

import pytest

from hub.accounts import queries as people
from hub.notifications.models import Notice
from hub.pages import tasks
from hub.plan import policy, queries, services
from hub.plan.models import PlanComment, Stage, Verdict
from hub.plan.services import Answered, NothingChanged
from tests import factories as make
from tests.plan import making


@pytest.fixture
def asked(lead):
    return making.asked(lead)


@pytest.fixture
def somebody(lead):
    return make.person(lead.institution, name="Ana Ash")


def said(action, author, **given):
    made = services.add_comment(queries.action(action.id), actor=author, **{"text": "Say by when."} | given)
    return queries.comment(made.id)


def reworded(action, lead, details="By July 2026"):
    action = queries.action(action.id)
    services.edit_action(action, actor=lead, themes=action.themes, details=details)


def test_anybody_here_comments_while_the_plan_is_open_to_consultation_and_only_then(page, asked, lead, somebody):
    page.as_user(somebody).submit("plan.comments", action_id=asked.id, form="comments", text="Say by when.")
    assert "Ana Ash" in page.get("plan.comments", action_id=asked.id).text
    services.make_move(queries.plan(asked.plan_id), "approve", actor=people.person(lead.id))
    assert page.get("plan.comments", action_id=asked.id).select_one("textarea") is None
    assert not policy.can_comment(somebody, queries.action(asked.id))


def test_without_a_name_nobody_else_reads_who_it_was(page, asked, lead, somebody):
    said(asked, somebody, unnamed=True)
    for reader in (lead, make.person(lead.institution)):
        page.as_user(reader)
        for shown in (
            page.get("plan.comments", action_id=asked.id),
            page.get("plan.consultation", plan_id=asked.plan_id),
        ):
            assert "Say by when." in shown.text
            assert "Ana Ash" not in shown.text
        listed = page.client.get(f"/plans/{asked.plan_id}/consultation?export=csv").get_data(as_text=True)
        assert "Say by when." in listed
        assert "Ana Ash" not in listed


def test_what_was_said_can_be_changed_until_it_is_answered(page, asked, lead, somebody, db):
    comment = said(asked, somebody)
    page.as_user(somebody).submit("plan.edit_comment", comment_id=comment.id, text="Say by when and by whom.")
    comment = queries.comment(comment.id)
    assert comment.text == "Say by when and by whom."
    services.answer_comment(comment, actor=lead, verdict=Verdict.UNCHANGED, answer="It is in the milestones.")
    page.get("plan.edit_comment", comment_id=comment.id, status=403)
    comment = queries.comment(comment.id)
    for deed in (
        lambda: services.edit_comment(comment, actor=somebody, text="No", unnamed=False),
        lambda: services.remove_comment(comment, actor=somebody),
        lambda: services.answer_comment(comment, actor=lead, verdict=Verdict.UNCHANGED, answer="Again"),
    ):
        with pytest.raises(Answered):
            deed()


def test_a_comment_is_taken_back_whole_and_by_nobody_else(page, asked, lead, somebody, db):
    comment = said(asked, somebody)
    page.as_user(lead).get("plan.edit_comment", comment_id=comment.id, status=403)
    page.as_user(somebody).submit("plan.remove_comment", at=f"/plans/comments/{comment.id}", form="remove")
    assert db.session.query(PlanComment).count() == 0


def test_we_changed_it_is_said_only_if_it_is_true_and_shows_the_difference(page, asked, lead, somebody, db):
    comment = said(asked, somebody)
    with pytest.raises(NothingChanged):
        services.answer_comment(comment, actor=lead, verdict=Verdict.CHANGED, answer="Done")
    refused = page.as_user(lead).submit(
        "plan.answer_comment", comment_id=comment.id, verdict="changed", answer="Done", status=422
    )
    assert "still says what it said" in refused.select_one("#verdict-error").text
    reworded(asked, lead)
    page.submit("plan.answer_comment", comment_id=comment.id, verdict="changed", answer="It says so now.")
    shown = page.as_user(somebody).get("plan.consultation", plan_id=asked.plan_id)
    assert shown.select_one("ins").text == "By July 2026"
    assert db.session.query(Notice).filter_by(recipient_id=somebody.id, kind="plan.answered").count() == 1


def test_a_later_change_is_not_told_as_what_came_of_the_comment(asked, lead, somebody):
    comment = said(asked, somebody)
    reworded(asked, lead)
    services.answer_comment(comment, actor=lead, verdict=Verdict.CHANGED, answer="Yes")
    reworded(asked, lead, details="By July 2027")
    assert comment.became["details"] == "By July 2026"


def voices(asked, lead, *, of, units):
    for n, unit in enumerate(units):
        for _ in range(of[n]):
            said(asked, make.person(lead.institution, unit=unit))


def test_fewer_than_five_of_a_unit_are_not_counted_apart(asked, lead):
    chemistry, physics, design = (make.unit(lead.institution, name=name) for name in ("Chemistry", "Physics", "Design"))
    voices(asked, lead, of=(4,), units=(chemistry,))
    assert queries.coverage(asked.plan_id) == []
    voices(asked, lead, of=(9, 6), units=(physics, design))
    assert queries.coverage(asked.plan_id) == [("Physics", 9), ("Smaller groups together", 10)]


def test_somebody_who_says_two_things_is_one_voice(asked, lead):
    person = make.person(lead.institution, unit=make.unit(lead.institution, name="Chemistry"))
    for _ in range(6):
        said(asked, person)
    assert queries.coverage(asked.plan_id) == []
    assert [(c.comments, c.waiting) for c in queries.comment_counts(asked.plan_id)] == [(6, 6)]


def test_a_plan_that_went_back_to_draft_shows_its_comments_to_its_makers_alone(page, asked, lead, somebody):
    said(asked, somebody)
    services.make_move(asked.plan, "redraft", actor=lead)
    assert asked.plan.stage == Stage.DRAFT
    page.as_user(somebody).get("plan.comments", action_id=asked.id, status=403)
    assert "Say by when." in page.as_user(lead).get("plan.consultation", plan_id=asked.plan_id).text


def test_technicians_are_asked_until_they_have_said_something(asked, lead, somebody):
    def waiting(person):
        return [t.sentence for t in tasks.of(people.person(person.id)) if "wording" in t.sentence]

    colleague = make.person(lead.institution)
    said(asked, somebody)
    assert waiting(somebody) == []
    assert waiting(colleague) == ["Say what you think of the wording of Action plan 2024 to 2027"]
    services.make_move(asked.plan, "approve", actor=lead)
    assert waiting(colleague) == []


@pytest.mark.parametrize("n", [1, 7])
def test_the_list_of_comments_costs_the_same_however_many(page, asked, lead, queries, n):
    for _ in range(n):
        said(asked, make.person(lead.institution, unit=make.unit(lead.institution)))
    page.as_user(lead)
    with queries(at_most=12):
        page.get("plan.consultation", plan_id=asked.plan_id)
