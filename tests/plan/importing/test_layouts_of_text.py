"""What is understood of plans in OpenDocument, in files of text and as they are pasted: see ``test_layouts``."""

from hub.plan.importing import preview, preview_text
from tests.plan.importing import layouts
from tests.plan.importing.expecting import action, left_over, told


def test_open_spreadsheet():
    read = preview(layouts.open_spreadsheet(), "plan.ods")
    assert told(read) == [
        action(
            "E1",
            "evaluating_impact",
            "Ask technicians each spring",
            owner="Planning Office",
            due="2025-05-31",
            rag="amber",
            guesses=[
                "Due “Spring 2025” understood as 31 May 2025.",
                "Status amber understood from the colour of the cell.",
            ],
        ),
        action(
            "E2",
            "evaluating_impact",
            "Publish the answers",
            owner="Planning Office",
            due="2025-09-30",
            rag="red",
            guesses=["Status red understood from the colour of the cell."],
        ),
    ]
    assert left_over(read) == []


def test_semicolons_of_windows():
    read = preview(layouts.semicolons_of_windows(), "plan.csv")
    assert told(read) == [
        action(
            "T1",
            "visibility",
            "Café talks by technicians – each term",
            impact="6 talks by July 2025\nNotes (Aug 2025)",
            owner="Zoë Strauß-Müller",
            due="2024-11-30",
            milestones=[("Notes", "2025-08-31")],
            targets=[(6, "2025-07-31", "Talks")],
            guesses=["Due “Autumn 24” understood as 30 November 2024."],
        ),
        action(
            "T2",
            "recognition",
            "“Technician of the Year”",
            impact="One winner in each faculty",
            owner="Events team",
            due="2025-01-31",
            targets=[(1, "2025-01-31", "Winner in each faculty")],
            guesses=["Due “Q2 24/25” understood as 31 January 2025."],
        ),
    ]
    assert left_over(read) == []


def test_commas_with_a_mark():
    read = preview(layouts.commas_with_a_mark(), "plan.csv")
    assert told(read) == [
        action(
            "V1",
            "visibility",
            "Posters, one for each building",
            owner="Estates",
            due="2025-08-01",
        ),
        action(
            "V2",
            "visibility",
            "Badges with job titles",
            owner="Estates",
        ),
        action(
            "C1",
            "career_development",
            "Job families",
            owner="HR, with the unions",
            due="2026-12-31",
        ),
    ]
    assert left_over(read) == []


def test_tabs_of_utf16():
    read = preview(layouts.tabs_of_utf16(), "plan.txt")
    assert told(read) == [
        action(
            "S1",
            "sustainability",
            'Train two "successors" for each scarce skill',
            impact="From 3 to 12 skills covered by Sept 2026",
            owner="HR",
            start="2024-10-01",
            due="2026-09-30",
            progress="Four begun",
            targets=[(12, "2026-09-30", "Skills covered")],
        ),
    ]
    assert left_over(read) == []


def test_pasted_markdown():
    read = preview_text(layouts.PASTED_MARKDOWN)
    assert told(read) == [
        action(
            "P1",
            "visibility recognition",
            "Co-authors guide",
            impact="Five papers by Dec 2025",
            owner="Library",
            due="2025-11-30",
            rag="amber",
            targets=[(5, "2025-12-31", "Papers")],
        ),
        action(
            "P2",
            "career_development",
            "Mentors",
            impact="10 pairs by Jan 2026, 20 by Jan 2027",
            owner="HR; Network",
            due="2027-01-31",
            rag="red",
            targets=[(10, "2026-01-31", "Pairs"), (20, "2027-01-31", "Pairs")],
            guesses=["Status “on hold” understood as red."],
        ),
    ]
    assert left_over(read) == []


def test_pasted_tabs():
    read = preview_text(layouts.PASTED_TABS)
    assert told(read) == [
        action(
            "V1",
            "visibility",
            "Technicians’ voices are heard",
            details="A forum each term.\nIt reports to the Executive.",
            impact="Minutes (From Oct 2025)",
            due="2025-10-01",
            milestones=[("Minutes", "2025-10-01")],
            guesses=["Due is the last date of its milestones and targets, 1 October 2025."],
        ),
        action(
            "V2",
            "visibility",
            "A podcast",
            details="Eight parts",
            impact="8 parts by May 2026",
            due="2026-05-31",
            targets=[(8, "2026-05-31", "Parts")],
            guesses=["Due is the last date of its milestones and targets, 31 May 2026."],
        ),
        action(
            "R1",
            "recognition",
            "Thank-you week",
            impact="Annually in May",
        ),
    ]
    assert left_over(read) == []


def test_pasted_list():
    read = preview_text(layouts.PASTED_LIST)
    assert told(read) == [
        action(
            "R1",
            "recognition",
            "Pay registration fees for all technicians who ask.",
            owner="Deputy Director of HR",
            due="2026-07-31",
        ),
        action(
            "R2",
            "recognition",
            "Put technicians forward for national prizes",
            impact="4 nominations by March 2026",
            due="2026-03-31",
            targets=[(4, "2026-03-31", "Nominations")],
            guesses=["Due is the last date of its milestones and targets, 31 March 2026."],
        ),
        action(
            "S1",
            "sustainability",
            "Bring back retired experts for two days a month, by Summer 2026",
            due="2026-08-31",
            guesses=["Due is the date in the objective, 31 August 2026."],
        ),
    ]
    assert left_over(read) == [
        "The file has no table of a plan; each line of the lists below a theme was taken for an action."
    ]
