"""What is understood of plans in Word and Excel that are laid out as different institutions lay out theirs.

Each plan stands in ``layouts``. Whoever changes the reading sees here what else that changes.
"""

from hub.plan.importing import preview
from tests.plan.importing import layouts
from tests.plan.importing.expecting import action, left_over, told


def test_merged_themes():
    read = preview(layouts.merged_themes(), "plan.docx")
    assert told(read) == [
        action(
            "V1",
            "visibility",
            "Technicians are easy to find",
            details="Open a directory of technicians",
            impact="80% of technicians listed by Dec 2024",
            owner="Head of Technical Services",
            due="2024-12-31",
            rag="green",
            targets=[(80, "2024-12-31", "Percentage of technicians listed")],
            guesses=["Status green understood from the colour of the cell."],
        ),
        action(
            "V2",
            "visibility",
            "Technicians have a voice",
            details="Seat two technicians on Research Committee",
            impact="Minutes (from Nov 2024)",
            owner="Registrar",
            due="2024-10-31",
            rag="amber",
            milestones=[("Minutes", "2024-11-01")],
            guesses=["Status amber understood from the colour of the cell."],
        ),
        action(
            "C1",
            "career_development",
            "Roles are graded alike",
            details="Review all role descriptions with the unions and publish the outcome.",
            impact="Review published",
            owner="HR Director",
            due="2025-07-31",
            rag="red",
            guesses=[
                "Theme “Career Develop ment” understood as career development.",
                "Status red understood from the colour of the cell.",
            ],
        ),
    ]
    assert left_over(read) == []


def test_theme_rows():
    read = preview(layouts.theme_rows(), "plan.docx")
    assert told(read) == [
        action(
            "1",
            "visibility",
            "Hold a technicians’ day",
            details="At both campuses in turn",
            owner="Technical Managers’ Group",
            start="2023-05-01",
            progress="First held in May 2023 with 140 visitors",
            guesses=["Due “Annually in May” is no date, left empty."],
        ),
        action(
            "2",
            "visibility",
            "Name technicians in the annual review",
            owner="Director of Communications",
            start="2023-08-01",
            due="2025-07-31",
            progress="Agreed with Communications",
            guesses=["Start “AY 2023/24” understood as 1 August 2023."],
        ),
        action(
            "3",
            "sustainability",
            "Map scarce skills",
            details="Begin with glassblowing and electron microscopy",
            owner="Faculty Managers",
            start="2024-10-01",
            due="2025-08-31",
            progress="Not started",
            guesses=["Due “Summer 2025” understood as 31 August 2025."],
        ),
    ]
    assert left_over(read) == []


def test_several_themes():
    read = preview(layouts.several_themes(), "plan.docx")
    assert told(read) == [
        action(
            "C1",
            "career_development recognition",
            "Set up a fund for technicians’ training",
            details="• Write the rules\n• Appoint a panel",
            impact="• 20 awards by July 2021, 45 by July 2022\n• Case studies (from Oct 2021)",
            owner="Director of HR",
            due="2021-01-31",
            milestones=[("Case studies", "2021-10-01")],
            targets=[(20, "2021-07-31", "Awards"), (45, "2022-07-31", "Awards")],
        ),
        action(
            "R1",
            "recognition sustainability",
            "Write technicians into grant bids",
            details="• Guide for investigators",
            impact="• Guide published",
            owner="Head of Research Office",
            due="2022-04-30",
            guesses=["Due “By Easter 2022” understood as 30 April 2022."],
        ),
        action(
            "V1",
            "visibility recognition career_development sustainability",
            "Ask technicians every second year",
            details="• Survey",
            impact="• Response of at least 60%",
            owner="Steering group",
            targets=[(60, None, "Response (%)")],
        ),
    ]
    assert left_over(read) == []


def test_table_for_each_theme():
    read = preview(layouts.table_for_each_theme(), "plan.docx")
    assert told(read) == [
        action(
            "1.1",
            "visibility",
            "A page for technicians",
            details="Write and launch",
            owner="Web team",
            due="2024-09-30",
            rag="green",
        ),
        action(
            "1.2",
            "visibility",
            "A yearly report",
            details="Write and print",
            owner="Deputy lead",
            due="2025-06-30",
            rag="amber",
            guesses=["Due “Mid-2025” understood as 30 June 2025."],
        ),
        action(
            "2.1",
            "recognition",
            "Registration",
            details="Pay the first year’s fee",
            owner="HR",
            due="2025-07-31",
            rag="red",
            guesses=["Due “2024/25” understood as 31 July 2025."],
        ),
    ]
    assert left_over(read) == []


def test_numbered_lists():
    read = preview(layouts.numbered_lists(), "plan.docx")
    assert told(read) == [
        action(
            "V1",
            "visibility",
            "Launch a newsletter for technicians",
            owner="Communications Officer",
            due="2024-12-31",
        ),
        action(
            "V2",
            "visibility",
            "Put photographs of all technicians on the wall",
            due="2025-08-31",
            guesses=["Due “Year 1” understood as 31 August 2025."],
        ),
        action(
            "V3",
            "visibility",
            "Hold an open day for local schools by June 2026",
            due="2026-06-30",
            guesses=["Due is the date in the objective, 30 June 2026."],
        ),
        action(
            "C1",
            "career_development",
            "Give each technician five days for training",
            details="Record them in the yearly review",
            due="2025-08-31",
            guesses=["Due “Year 1” understood as 31 August 2025."],
        ),
    ]
    assert left_over(read) == [
        "The file has no table of a plan; each line of the lists below a theme was taken for an action."
    ]


def test_form_for_each_action():
    read = preview(layouts.form_for_each_action(), "plan.docx")
    assert told(read) == [
        action(
            "R1",
            "recognition",
            "Technicians teach with recognition",
            details="Pay for associate fellowships",
            impact="12 fellowships by July 2026",
            owner="Dean of Teaching",
            start="2024-09-01",
            due="2026-07-31",
            rag="amber",
            targets=[(12, "2026-07-31", "Fellowships")],
        ),
        action(
            "S1",
            "sustainability",
            "Apprentices every year",
            details="Six places, shared by three faculties",
            impact="6 apprentices by Oct 2025",
            owner="Head of Workshops",
            due="2024-10-01",
            rag="red",
            targets=[(6, "2025-10-31", "Apprentices")],
        ),
    ]
    assert left_over(read) == []


def test_success_measures():
    read = preview(layouts.success_measures(), "plan.xlsx")
    assert told(read) == [
        action(
            "C1",
            "career_development",
            "Offer leadership courses",
            details="Internal area: People and Culture\nTwo cohorts a year",
            impact="15% of technical staff have taken part",
            due="2025-07-31",
            targets=[(15, "2025-07-31", "Percentage of technical staff have taken part")],
        ),
        action(
            "S1",
            "sustainability career_development",
            "Write a skills plan",
            details="Internal area: Faculties\nWorkshops with managers",
            impact="Plan adopted",
            due="2025-07-31",
            guesses=["Due “Year 2” understood as 31 July 2025."],
        ),
    ]
    assert left_over(read) == []


def test_ticks_and_quarters():
    read = preview(layouts.ticks_and_quarters(), "plan.xlsx")
    assert told(read) == [
        action(
            "1",
            "career_development sustainability",
            "Shadow a colleague for a week",
            owner="Technical Academy",
            start="2024-08-01",
            due="2025-04-30",
            rag="amber",
            guesses=[
                "Status “50%” understood as amber.",
                "Start and due are those of the columns filled in, “Q1 2024/25” to “Q3 2024/25”.",
            ],
        ),
        action(
            "2",
            "visibility recognition",
            "Award for technicians",
            owner="Vice-Chancellor’s Office",
            start="2026-02-01",
            due="2026-04-30",
            rag="red",
            milestones=[("Ceremony", "2026-04-30")],
            guesses=["Start and due are those of the columns filled in, “Q3 2025/26”."],
        ),
    ]
    assert left_over(read) == []


def test_sheet_for_each_theme():
    read = preview(layouts.sheet_for_each_theme(), "plan.xlsx")
    assert told(read) == [
        action(
            "V-1",
            "visibility",
            "Technicians on the home page",
            owner="Web editor",
            start="2024-10-01",
            due="2024-12-31",
            rag="green",
        ),
        action(
            "R-1",
            "recognition",
            "Name technicians in theses",
            owner="Graduate School",
            start="2024-10-01",
            due="2026-01-31",
            rag="amber",
        ),
        action(
            "C-1",
            "career_development",
            "Two secondments a year",
            owner="HR Partner",
            due="2026-07-31",
            guesses=["Due “AY2025/26” understood as 31 July 2026."],
        ),
    ]
    assert left_over(read) == []


def test_three_years_beside_each_other():
    read = preview(layouts.three_years_beside_each_other(), "plan.xlsx")
    assert told(read) == [
        action(
            "R1",
            "recognition",
            "Professional registration",
            owner="HR",
            start="2024-08-01",
            due="2027-07-31",
            targets=[
                (10, "2025-07-31", "Registered"),
                (25, "2026-07-31", "Registered"),
                (40, "2027-07-31", "Registered"),
            ],
            guesses=["Start and due are those of the columns filled in, “2024/25” to “2026/27”."],
        ),
        action(
            "V1",
            "visibility",
            "Open labs",
            owner="Outreach",
            start="2025-08-01",
            due="2027-07-31",
            milestones=[("Pilot in Physics", "2026-07-31"), ("All faculties", "2027-07-31")],
            guesses=["Start and due are those of the columns filled in, “2025/26” to “2026/27”."],
        ),
    ]
    assert left_over(read) == []
