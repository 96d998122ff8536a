"""Plans of invented universities, each laid out as somebody somewhere lays out theirs."""

from datetime import date

from tests.plan.importing.making import add_table, open_document, shade, sheet_of, word, workbook

HIDDEN = '<s:style s:name="hidden" s:family="table"><s:table-properties t:display="false"/></s:style>'


def heading(text, level=2):
    return lambda document: document.add_heading(text, level)


def numbered(text, style="List Number"):
    return lambda document: document.add_paragraph(text, style=style)


def table(rows, *, merged=(), fills=None):
    """A Word table with cells *merged* from one corner to another, and *fills* by (row, column)."""

    def add(document):
        made = add_table(document, rows)
        for first, last in merged:
            made.cell(*first).merge(made.cell(*last)).text = rows[first[0]][first[1]]
        for place, fill in (fills or {}).items():
            shade(made.cell(*place), fill)

    return add


def merged_themes():
    """Themes merged down, one of them cut by the end of a page; a grey head; notes around; colour alone for status."""
    head = ["Pillar", "Aim", "What we will do", "Lead", "By when", "Evidence of impact", ""]
    first = [
        ["Visibility", "Technicians are easy to find", "Open a directory of technicians", "Head of Technical Services",
         "Dec-24", "80% of technicians listed by Dec 2024", ""],
        ["", "Technicians have a voice", "Seat two technicians on Research Committee", "Registrar", "Oct 2024",
         "Minutes (from Nov 2024)", ""],
        ["Career Develop", "Roles are graded alike", "Review all role descriptions with the", "HR Director", "Jul-25",
         "Review published", ""],
    ]  # fmt: skip
    second = [["ment", "", "unions and publish the outcome.", "", "", "", ""]]
    return word(
        "University of Aldersey", "Technician Commitment action plan 2024–2027",
        "Green: complete. Amber: under way. Red: not started.",
        table([head, *first], merged=[((1, 0), (2, 0))],
              fills={(0, 0): "D9D9D9", (1, 6): "92D050", (2, 6): "FFC000", (3, 6): "FF0000"}),
        table(second, fills={(0, 6): "FF0000"}),
        "Agreed by the steering group on 4 June 2024.",
    )  # fmt: skip


def theme_rows():
    """Comments, progress, responsibility, start and end; each theme in a row of its own across the table."""
    head = ["Action", "Comments", "Progress and Next Steps", "Responsibility", "Start", "End"]
    rows = [
        ["VISIBILITY", "", "", "", "", ""],
        ["1. Hold a technicians’ day", "At both campuses in turn", "First held in May 2023 with 140 visitors",
         "Technical Managers’ Group", "May 2023", "Annually in May"],
        ["2. Name technicians in the annual review", "", "Agreed with Communications", "Director of Communications",
         "AY 2023/24", "31.07.25"],
        ["SUSTAINABILITY", "", "", "", "", ""],
        ["3. Map scarce skills", "Begin with glassblowing and electron microscopy", "Not started", "Faculty Managers",
         "Q4 2024", "Summer 2025"],
    ]  # fmt: skip
    across = [((number, 0), (number, 5)) for number in (1, 4)]
    return word(heading("Action plan of Queensferry University", 1), table([head, *rows], merged=across))


def several_themes():
    """Themes as tags, several to an action; support actions and success criteria as bullets."""
    return word(
        "Caerwen University: our plan 2020–2023",
        [
            ["Planned action/objective", "Support actions", "Themes", "Deadline", "Success criteria", "Owner"],
            ["Set up a fund for technicians’ training", "• Write the rules\n• Appoint a panel",
             "Career Development, Recognition", "End of January 2021",
             "• 20 awards by July 2021, 45 by July 2022\n• Case studies (from Oct 2021)", "Director of HR"],
            ["Write technicians into grant bids", "• Guide for investigators", "R; S", "By Easter 2022",
             "• Guide published", "Head of Research Office"],
            ["Ask technicians every second year", "• Survey", "All themes", "Ongoing",
             "• Response of at least 60%", "Steering group"],
        ],
    )  # fmt: skip


def table_for_each_theme():
    """A table below the name of each theme, numbered, with a key and a table of members that are no plan."""
    head = ["No.", "Objective", "Key actions", "Lead", "Timescale", "RAG"]
    return word(
        "Membership", [["Name", "Role", "Faculty"], ["Ada Thorne", "Chair", "Science"], ["Per Lind", "Member", "Arts"]],
        heading("Theme 1: Visibility"),
        table([head, ["1.1", "A page for technicians", "Write and launch", "Web team", "Sept '24", "Complete"],
               ["1.2", "A yearly report", "Write and print", "Deputy lead", "Mid-2025", "A"]]),
        heading("Theme 2: Recognition"),
        table([head, ["2.1", "Registration", "Pay the first year’s fee", "HR", "2024/25", "Not yet started"]]),
        "Key", [["Red", "Not started"], ["Amber", "In progress"], ["Green", "Complete"]],
        "V2, approved 3 May 2024",
    )  # fmt: skip


def numbered_lists():
    """No table at all: short numbered actions below each theme, first those of one year, then those of the next."""
    return word(
        heading("Two-year plan, September 2024 to August 2026", 1),
        "We sign this plan as a small specialist institution.",
        heading("Visibility"),
        heading("Year 1", 3),
        numbered("Launch a newsletter for technicians (Lead: Communications Officer; Deadline: December 2024)"),
        numbered("Put photographs of all technicians on the wall"),
        heading("Year 2", 3),
        numbered("Hold an open day for local schools by June 2026"),
        heading("Career Development"),
        heading("Year 1", 3),
        numbered("Give each technician five days for training"),
        numbered("Record them in the yearly review", "List Bullet 2"),
        "This plan is reviewed by the Academic Board.",
    )


def form_for_each_action():
    """One form for each action, its labels at the left."""
    return word(
        *(
            block
            for number, rows in enumerate(
                (
                    [["Objective", "Technicians teach with recognition"], ["Theme", "Recognition"],
                     ["Description", "Pay for associate fellowships"], ["Responsible", "Dean of Teaching"],
                     ["Timescale", "Sept 2024 – July 2026"], ["Success measure", "12 fellowships by July 2026"],
                     ["RAG status", "Amber"]],
                    [["Objective", "Apprentices every year"], ["Theme", "Sustainability"],
                     ["Description", "Six places, shared by three faculties"], ["Responsible", "Head of Workshops"],
                     ["Timescale", "From Oct 2024"], ["Success measure", "6 apprentices by Oct 2025"],
                     ["RAG status", "Red"]],
                ),
                start=1,
            )
            for block in (f"Action sheet {number}", rows)
        )
    )  # fmt: skip


def success_measures():
    """Title rows, internal areas, pillars, delivery, a success measure in per cent, and sheets that are no plan."""

    def write(book, sheet):
        sheet.merge_range("A1:F1", "Technician Commitment Action Plan 2023–2026")
        sheet.write("A2", "University of Lough Erran")
        sheet.write_row(
            "A4", ["Planned activity", "Internal area", "Pillars", "Delivery", "Success measure", "Target date"]
        )
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(
            "A5",
            [
                "Offer leadership courses",
                "People and Culture",
                "Career Development",
                "Two cohorts a year",
                "15% of technical staff have taken part",
            ],
        )
        sheet.write_datetime("F5", date(2025, 7, 31), day)
        sheet.write_row(
            "A6",
            [
                "Write a skills plan",
                "Faculties",
                "Sustainability\nCareer Development",
                "Workshops with managers",
                "Plan adopted",
                "Year 2",
            ],
        )
        old = book.add_worksheet("Old plan")
        old.write_row("A1", ["Action", "Lead", "Deadline"])
        old.write_row("A2", ["Something long done", "Nobody", "2019"])
        old.hide()
        key = book.add_worksheet("Key")
        key.write_row("A1", ["Colour", "Meaning"])
        key.write_row("A2", ["Red", "Not started"])

    return workbook(write)  # fmt: skip


def ticks_and_quarters():
    """Two lines of headings: themes to be ticked, and quarters of two university years that are shaded."""

    def write(book, sheet):
        grey, status = book.add_format({"bg_color": "#BFBFBF"}), book.add_format({"num_format": "0%"})
        for place, text in (
            ("A1:A2", "#"),
            ("B1:B2", "Action"),
            ("C1:F1", "Pillar"),
            ("G1:H1", "2024/25"),
            ("I1:J1", "2025/26"),
            ("K1:K2", "% complete"),
            ("L1:L2", "Lead"),
        ):
            sheet.merge_range(place, text)
        sheet.write_row("C2", ["V", "R", "CD", "S", "Q1", "Q3", "Q1", "Q3"])
        sheet.write_row("A3", [1, "Shadow a colleague for a week", "", "", "x", "x"])
        sheet.write_blank("G3", None, grey)
        sheet.write_blank("H3", None, grey)
        sheet.write("K3", 0.5, status)
        sheet.write("L3", "Technical Academy")
        sheet.write_row("A4", [2, "Award for technicians", "✓", "✓", "", "", "", "", "", "Ceremony"])
        sheet.write("K4", 0, status)
        sheet.write("L4", "Vice-Chancellor’s Office")

    return workbook(write)  # fmt: skip


def sheet_for_each_theme():
    """One sheet for each theme, dates as days, as text and as bare numbers."""

    def write(book, first):
        for sheet, rows in (
            (first, [["V-1", "Technicians on the home page", 45566, "31/12/2024", "Complete", "Web editor"]]),
            (
                book.add_worksheet("Recognition"),
                [["R-1", "Name technicians in theses", 45566, "Jan-26", "In progress", "Graduate School"]],
            ),
            (
                book.add_worksheet("Career Development"),
                [["C-1", "Two secondments a year", "Immediately", "AY2025/26", "", "HR Partner"]],
            ),
        ):
            sheet.write_row(
                "A1", ["Ref", "What are we going to do?", "Start", "When will it be done by?", "Status", "Who leads?"]
            )
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, row)

    return workbook(write, name="Visibility")  # fmt: skip


def three_years_beside_each_other():
    """What is to be done in each year, in a column for that year."""
    return sheet_of(
        [
            ["Theme", "Objective", "2024/25", "2025/26", "2026/27", "Responsible"],
            ["Recognition", "Professional registration", "10 registered", "25 registered", "40 registered", "HR"],
            ["Visibility", "Open labs", "", "Pilot in Physics", "All faculties", "Outreach"],
        ]
    )


def open_spreadsheet():
    """OpenDocument: themes merged down, real days, a colour, and a sheet that is hidden."""
    rows = (
        '<t:table-row><t:table-cell><x:p>Theme</x:p></t:table-cell><t:table-cell><x:p>Action</x:p></t:table-cell>'
        '<t:table-cell><x:p>Lead and deadline</x:p></t:table-cell>'
        '<t:table-cell><x:p>RAG</x:p></t:table-cell></t:table-row>'
        '<t:table-row><t:table-cell t:number-rows-spanned="2"><x:p>Evaluating Impact</x:p></t:table-cell>'
        '<t:table-cell><x:p>Ask technicians each spring</x:p></t:table-cell>'
        '<t:table-cell><x:p>Planning Office, Spring 2025</x:p></t:table-cell>'
        '<t:table-cell t:style-name="amber"/></t:table-row>'
        '<t:table-row><t:covered-table-cell/><t:table-cell><x:p>Publish the answers</x:p></t:table-cell>'
        '<t:table-cell><x:p>Planning Office</x:p><x:p>Sep-25</x:p></t:table-cell>'
        '<t:table-cell t:style-name="red"/></t:table-row>'
    )  # fmt: skip
    fill = '<s:style s:name="{}" s:family="table-cell"><s:table-cell-properties fo:background-color="{}"/></s:style>'
    styles = fill.format("amber", "#ffbf00") + fill.format("red", "#ff0000") + HIDDEN
    hidden = (
        '</t:table><t:table t:name="Ideas" t:style-name="hidden"><t:table-row><t:table-cell><x:p>Action</x:p>'
        '</t:table-cell><t:table-cell><x:p>Lead</x:p></t:table-cell></t:table-row><t:table-row><t:table-cell>'
        '<x:p>Not for publication</x:p></t:table-cell><t:table-cell><x:p>Nobody</x:p></t:table-cell></t:table-row>'
    )  # fmt: skip
    return open_document(rows + hidden, styles)


def semicolons_of_windows():
    """Semicolons, the letters of Windows, a line break inside a cell."""
    text = (
        "Ref;Key area;Goal;Delivered by;Completion;Outcomes and measures\r\n"
        "T1;Visibility;Café talks by technicians – each term;Zoë Strauß-Müller;Autumn 24;"
        '"6 talks by July 2025\r\nNotes (Aug 2025)"\r\n'
        "T2;Recognition;“Technician of the Year”;Events team;Q2 24/25;One winner in each faculty\r\n"
    )  # fmt: skip
    return text.encode("cp1252")


def tabs_of_utf16():
    """What Excel saves as Unicode text: tabs, UTF-16, quotes."""
    text = (
        "Workstream\tTask\tOwner(s)\tStart date\tEnd date\tKPI\tUpdate\r\n"
        'Sustainability of skills\t"Train two ""successors"" for each scarce skill"\tHR\t01/10/2024\t30/09/2026\t'
        "From 3 to 12 skills covered by Sept 2026\tFour begun\r\n"
    )  # fmt: skip
    return text.encode("utf-16")


def commas_with_a_mark():
    """Commas and a byte order mark, a title above, themes in the first column only where they change."""
    return (
        "\ufeffOur plan to 2026,,,\r\n,,,\r\n"
        "Theme,Action,Accountable,Due\r\n"
        'Visibility,"Posters, one for each building",Estates,1st Aug 25\r\n,Badges with job titles,Estates,TBC\r\n'
        'Careers,Job families,"HR, with the unions",End of 2026\r\n'
    ).encode()


PASTED_MARKDOWN = """\
Here is what we agreed:

| Ref | Themes | Objective | Measure of success | Owner | Deadline | Status |
|:----|--------|-----------|--------------------|-------|:--------:|--------|
| P1 | V / R | **Co-authors** guide | [Five papers](https://papers.example) by Dec 2025 | Library | Nov 2025 | 🟠 |
| P2 | Career progression | Mentors | 10 pairs by Jan 2026, 20 by Jan 2027 | HR<br>Network | 31 Jan 2027 | on hold |
"""

PASTED_TABS = """\
Theme\tObjective\tDetails\tHow impact will be evidenced (projected dates)
Visibility\tTechnicians’ voices are heard\tA forum each term.
It reports to the Executive.\tMinutes (From Oct 2025)
\tA podcast\tEight parts\t8 parts by May 2026
Recognition\tThank-you week\t\tAnnually in May
"""

PASTED_LIST = """\
Technician Commitment: what we will do, 2025-2027

RECOGNITION
1. Pay registration fees
   for all technicians who ask. Lead: Deputy Director of HR. Deadline: July 2026
2. Put technicians forward for national prizes
   Success measure: 4 nominations by March 2026

SUSTAINABILITY
1. Bring back retired experts for two days a month, by Summer 2026
"""
