"""Milestones and numeric targets out of prose."""

from datetime import date

import pytest

from hub.plan.importing import promises

MILESTONES = [
    (
        "Terms of reference will be available (August 2022). Minutes will be available (From September 2022).",
        [
            ("Terms of reference will be available", "2022-08-31"),
            ("Minutes will be available", "2022-09-01"),
        ],
    ),
    ("Webpage created (September 2022)", [("Webpage created", "2022-09-30")]),
    (
        "Evidence on external platforms (Facebook, Twitter etc) (From Oct 2022).",
        [("Evidence on external platforms (Facebook, Twitter etc)", "2022-10-01")],
    ),
    ("Webpage created. Target: September 2022", [("Webpage created", "2022-09-30")]),
    (
        "Terms of reference (Aug 2022), minutes (Sept 2022)",
        [("Terms of reference", "2022-08-31"), ("Minutes", "2022-09-30")],
    ),
    (
        "Meetings held in Oct 2022, Jan 2023 and May 2023",
        [("Meetings held", "2022-10-31"), ("Meetings held", "2023-01-31"), ("Meetings held", "2023-05-31")],
    ),
    ("• Website live Sept 2022\n• Survey by June 2023", [("Website live", "2022-09-30"), ("Survey", "2023-06-30")]),
    (
        "Dec 2022 - terms of reference; Mar 2023 - first meeting",
        [("Terms of reference", "2022-12-31"), ("First meeting", "2023-03-31")],
    ),
    ("36-month plan agreed by July 2023", [("36-month plan agreed", "2023-07-31")]),
    ("Phase 2 complete by July 2023", [("Phase 2 complete", "2023-07-31")]),
    ("Workshops every 3 months from Oct 2022", [("Workshops every 3 months", "2022-10-01")]),
    ("Boards put up (Jan 2025)", [("Boards put up", "2025-01-31")]),
    ("Launch in January 2023 (led by HR).", [("Launch (led by HR)", "2023-01-31")]),
    ("Greater visibility; positive feedback", []),
    ("Reported to the board annually in July", []),
]
TARGETS = [
    (
        "Number of staff registered. Projection of 3 by Aug 2022, 6 by Aug 2023.",
        [(3, "2022-08-31", "Number of staff registered"), (6, "2023-08-31", "Number of staff registered")],
    ),
    ("Registered: 3 by Aug 2022, 6 by Aug 2023", [(3, "2022-08-31", "Registered"), (6, "2023-08-31", "Registered")]),
    (
        "Number of members (3 by Aug 2022; 6 by Aug 2023)",
        [(3, "2022-08-31", "Number of members"), (6, "2023-08-31", "Number of members")],
    ),
    (
        "Number of RSci: 10 (2023), 20 (2024)",
        [(10, "2023-12-31", "Number of RSci"), (20, "2024-12-31", "Number of RSci")],
    ),
    ("15% of technical staff by July 2025", [(15, "2025-07-31", "Percentage of technical staff")]),
    ("Increase by 20% in registrations by July 2024", [(20, "2024-07-31", "Increase in registrations (%)")]),
    ("KPI: 75 per cent of managers trained by 31/07/2025", [(75, "2025-07-31", "Percentage of managers trained")]),
    ("at least 40 technicians registered by 31 July 2024", [(40, "2024-07-31", "Technicians registered")]),
    ("Increase registrations from 10 to 25 by July 2025", [(25, "2025-07-31", "Increase registrations")]),
    (
        "Three staff registered by August 2022, twelve by August 2024",
        [(3, "2022-08-31", "Staff registered"), (12, "2024-08-31", "Staff registered")],
    ),
    ("1,200 visits to the site by Dec 2024", [(1200, "2024-12-31", "Visits to the site")]),
    (
        "Attendance to reach 60 (July 2024) and 90 (July 2025)",
        [(60, "2024-07-31", "Attendance"), (90, "2025-07-31", "Attendance")],
    ),
    (
        "By July 2024 at least 40 staff; by July 2025 80 staff",
        [(40, "2024-07-31", "Staff"), (80, "2025-07-31", "Staff")],
    ),
    ("Satisfaction of 87.5% by 2025", [(87.5, "2025-12-31", "Satisfaction (%)")]),
    ("3 by Aug 2022", [(3, "2022-08-31", "Register more staff")]),
    ("Minimum of 3 events per year", [(3, "2024-07-31", "Events per year")]),
    ("One-to-one meetings held", []),
    ("The 2018 plan is carried forward", []),
]


@pytest.mark.parametrize(("text", "expected"), MILESTONES)
def test_milestones_have_their_text_and_their_day(text, expected):
    read = promises.read(text, about="Register more staff")
    assert [(each.text, each.due) for each in read.milestones] == [
        (name, date.fromisoformat(day)) for name, day in expected
    ]
    assert read.targets == []


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_targets_have_their_figure_their_day_and_their_indicator(text, expected):
    read = promises.read(text, about="Register more staff", due=date(2024, 7, 31))
    found = [(each.value, each.due, each.text) for each in read.targets]
    assert found == [(value, date.fromisoformat(day), name) for value, day, name in expected]
    assert read.milestones == []


def test_milestones_and_targets_stand_in_one_cell():
    read = promises.read("Website live Sept 2022, 40 profiles by July 2023")
    assert [each.text for each in read.milestones] == ["Website live"]
    assert [(each.value, each.text) for each in read.targets] == [(40, "Profiles")]


def test_a_column_of_milestones_keeps_those_without_a_date():
    read = promises.read("Agree scope\nPublish", keep_undated=True)
    assert [(each.text, each.due) for each in read.milestones] == [("Agree scope", None), ("Publish", None)]


def test_the_last_day_is_the_latest_of_both():
    assert promises.read("Live May 2023. 4 by June 2024. Report (Jan 2024)").last_due == date(2024, 6, 30)
    assert promises.read("").last_due is None
