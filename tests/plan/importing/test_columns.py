"""Columns are known by what their headings mean."""

import pytest

from hub.plan.importing import columns
from hub.plan.importing.grid import Cell, Row


def heading_row(*texts):
    return Row([Cell(text) for text in texts], "row 1")


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Theme", "theme"),
        ("Theme(s)", "theme"),
        ("PILLARS", "theme"),
        ("Area", "theme"),
        ("Objective", "objective"),
        ("Action", "objective"),
        ("Planned activity", "objective"),
        ("Planned action/objective", "objective"),
        ("Details", "details"),
        ("Support actions", "details"),
        ("Comments", "details"),
        ("How impact will be evidenced (projected dates)", "impact"),
        ("Success measure", "impact"),
        ("Success criteria", "impact"),
        ("How will success be measured?", "impact"),
        ("Responsibility", "owner"),
        ("Action owner", "owner"),
        ("Lead", "owner"),
        ("Responsible lead(s)", "owner"),
        ("Start", "start"),
        ("Start date", "start"),
        ("End", "due"),
        ("Deadline", "due"),
        ("Due date", "due"),
        ("Timescale", "due"),
        ("Target date", "due"),
        ("By when?", "due"),
        ("RAG", "rag"),
        ("RAG status", "rag"),
        ("Status", "rag"),
        ("Progress & next steps", "progress"),
        ("Progress to date", "progress"),
        ("Achievements", "progress"),
        ("Status update", "progress"),
        ("No.", "ref"),
        ("Ref", "ref"),
        ("#", "ref"),
        ("Action no.", "ref"),
        ("Resources required", "extra"),
        ("Internal area", "extra"),
        ("Lead and timescale", "owner and due"),
        ("By whom & when", "owner and due"),
        ("Start/End", "due"),
        ("What are we going to do?", "objective"),
        ("When will it be done by?", "due"),
        ("How will we know we have succeeded?", "impact"),
        ("Method of evaluation", "impact"),
        ("BRAG rating", "rag"),
        ("Explanation", "progress"),
        ("Who will benefit?", "extra"),
        ("Date added", ""),
        ("Zebra", ""),
        ("", ""),
    ],
)
def test_a_heading_means(heading, meaning):
    assert columns.meaning_of(heading) == meaning


@pytest.mark.parametrize(
    "texts",
    [
        ("Theme", "Description"),
        ("Signed", "Date"),
        ("Organisation:", "University of Wexbridge"),
        ("Red", "Still to be carried out"),
        ("Visibility", "Recognition"),
        ("Raise the lead's profile", "Action plan to date"),
    ],
)
def test_other_tables_have_no_headings_of_a_plan(texts):
    assert columns.read(heading_row(*texts)) is None


def test_headings_in_any_order_make_a_plan():
    read = columns.read(heading_row("RAG", "Lead", "Action", "Pillar"))
    assert read.meanings == ["rag", "owner", "objective", "theme"]


def test_an_objective_goes_before_an_action():
    read = columns.read(heading_row("Action", "Objective", "Owner"))
    assert read.meanings == ["details", "objective", "owner"]


def test_a_description_with_owner_and_date_is_the_objective():
    read = columns.read(heading_row("Description", "Owner", "Deadline"))
    assert read.meanings == ["objective", "owner", "due"]


def test_columns_of_quarters_do_not_hide_the_plan():
    read = columns.read(heading_row("Action", "Owner", "Q1", "Q2", "Q3", "Q4"))
    assert read.unread == ["Q1", "Q2", "Q3", "Q4"]
