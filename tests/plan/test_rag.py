"""How the hub proposes a status, case by case."""

from datetime import date

import pytest

from hub.core.rag import Rag
from hub.plan.pace import projected
from hub.plan.rag import Facts, Measured, Pace, propose

TODAY = date(2026, 3, 1)


def facts(**given):
    known = {
        "on": TODAY,
        "rag": Rag.AMBER,
        "due_on": date(2026, 7, 31),
        "milestones": 0,
        "milestones_met": 0,
        "milestones_late": 0,
        "measured": (),
        "evidence": 0,
        "notes": 0,
    }
    return Facts(**known | given)


def measured(value, target, expected=None):
    return (Measured(1, "Number of staff registered", value, target, expected),)


@pytest.mark.parametrize(
    ("given", "rag"),
    [
        ({}, Rag.RED),
        ({"notes": 1}, Rag.AMBER),
        ({"evidence": 1}, Rag.AMBER),
        ({"milestones": 2}, Rag.RED),
        ({"milestones": 2, "milestones_met": 1}, Rag.AMBER),
        ({"milestones": 2, "milestones_met": 2}, Rag.AMBER),  # kept, but nothing proves it
        ({"milestones": 2, "milestones_met": 2, "evidence": 1}, Rag.GREEN),
        ({"measured": measured(40, 40), "evidence": 3}, Rag.GREEN),
        ({"measured": measured(33, 40), "evidence": 3, "milestones": 1, "milestones_met": 1}, Rag.AMBER),
        ({"measured": measured(0, 40)}, Rag.RED),
        ({"measured": measured(None, 40)}, Rag.RED),
    ],
)
def test_a_status_is_proposed_from_what_is_known(given, rag):
    assert propose(facts(**given)).rag == rag


@pytest.mark.parametrize(
    ("given", "pace"),
    [
        ({}, Pace.ON_PACE),
        ({"due_on": date(2026, 2, 28)}, Pace.OVERDUE),
        ({"due_on": TODAY}, Pace.ON_PACE),
        ({"milestones": 1, "milestones_late": 1}, Pace.BEHIND),
        ({"measured": measured(5, 40, 10.0)}, Pace.BEHIND),
        ({"measured": measured(10, 40, 10.0)}, Pace.ON_PACE),
        ({"measured": measured(40, 40), "evidence": 1, "due_on": date(2026, 2, 1)}, Pace.MET),
        ({"rag": Rag.GREEN, "due_on": date(2026, 2, 1)}, Pace.NOT_PROVED),  # called done, so never overdue
        ({"rag": Rag.GREEN, "due_on": date(2026, 2, 1), "evidence": 1}, None),
        ({"rag": Rag.GREEN, "measured": measured(5, 40, 10.0), "evidence": 1}, Pace.SHORT),
        ({"rag": Rag.GREEN, "measured": measured(40, 40, 10.0), "evidence": 1}, Pace.MET),
    ],
)
def test_pace_is_a_thing_apart_from_status(given, pace):
    assert propose(facts(**given)).pace == pace


def test_every_proposal_prints_its_reasons():
    proposal = propose(facts(measured=measured(33, 40), milestones=5, milestones_met=4, milestones_late=1, evidence=14))
    assert [(r.rag, r.text) for r in proposal.reasons] == [
        (Rag.AMBER, "Number of staff registered: 33 of 40, 82 per cent"),
        (Rag.AMBER, "4 of 5 milestones are met, 1 overdue"),
        (Rag.GREEN, "14 pieces of evidence accepted"),
    ]


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 0),
        (date(2026, 1, 11), 5),
        (date(2026, 1, 21), 10),
        (date(2027, 1, 1), 10),
    ],
)
def test_a_projection_is_the_line_through_its_dated_points(on, value):
    assert projected([(date(2026, 1, 1), 0), (date(2026, 1, 21), 10)], on) == value
