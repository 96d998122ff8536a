"""The preview as it is printed, and the plans that lie beside this checkout where there are any."""

import json
import time
from pathlib import Path

from hub.plan.importing import UnreadableFile, as_json, preview
from tests.plan.importing.making import TEMPLATE, read_word, word

PLANS = Path(__file__).parents[4] / "shared" / "data" / "real"
FIELDS = ["ref", "themes", "objective", "details", "impact", "owner", "start", "due", "rag", "progress"]
THEMES = ["Visibility", "Recognition", "Career Development", "Sustainability"]


def read_all(stem):
    found = sorted(PLANS.glob(f"{stem}.*")) if PLANS.is_dir() else []
    return [preview(path.read_bytes(), path.name) for path in found]


def test_the_printed_preview_has_iso_dates_and_nulls():
    impact = "Staff registered. 3 by Aug 2022. Notes (from Oct 2022)"
    printed = as_json(read_word([TEMPLATE, ["Recognition", "Registration", "Workshops", impact]]))
    assert list(printed) == ["actions", "warnings"]
    (action,) = printed["actions"]
    assert list(action) == [*FIELDS, "milestones", "targets"]
    assert action["milestones"] == [{"text": "Notes", "due": "2022-10-01"}]
    assert action["targets"] == [{"value": 3, "due": "2022-08-31", "text": "Staff registered"}]
    assert (action["start"], action["due"], action["rag"]) == (None, "2022-10-01", None)
    assert json.loads(json.dumps(printed)) == printed


def test_a_plan_of_sixty_actions_is_read_at_once():
    promised = "people by July 2025. Report (May 2026)"
    rows = [[THEMES[n % 4], f"Action {n} for all", "Some details. " * 10, f"{n} {promised}"] for n in range(60)]
    content = word([TEMPLATE, *rows])
    times = []
    for _ in range(5):
        begun = time.process_time()
        read = preview(content, "plan.docx")
        times.append(time.process_time() - begun)
    assert len(read.actions) == 60
    assert min(times) < 0.15


def test_the_plan_of_2022_says_the_same_in_every_format():
    for read in read_all("action_plan_2022"):
        assert [action.ref for action in read.actions] == ["V1", "V2", "V3", "R1", "R2", "C1", "S1"]
        assert read.warnings == []
        (first, registration) = read.actions[0], read.actions[3]
        assert [(each.text.split(" will")[0], each.due.isoformat()) for each in first.milestones] == [
            ("Terms of reference", "2022-08-31"),
            ("Minutes of meetings", "2022-09-01"),
        ]
        assert [(each.value, each.due.isoformat(), each.text) for each in registration.targets] == [
            (3, "2022-08-31", "Number of staff registered"),
            (6, "2023-08-31", "Number of staff registered"),
        ]
    printed = [as_json(read) for read in read_all("action_plan_2022")]
    assert all(each == printed[0] for each in printed)


def test_the_paper_of_2024_has_its_achievements_joined():
    for read in read_all("update_paper_2024"):
        assert " ".join(action.ref for action in read.actions[:12]) == "V1 V2 V3 V4 R1 R2 C1 C2 C3 C4 S1 S2"
        assert " ".join(action.ref for action in read.actions[12:]) == "V5 V6 R3 R4 R5 C5 C6 S3 S4"
        statement, mentoring = read.actions[6], read.actions[14]
        assert "throughout the University and published on our external webpages" in statement.progress
        assert statement.objective.endswith("clear, documented career pathways.")
        assert "for technicians across all faculties" in mentoring.progress
        assert read.warnings == []


def test_what_holds_no_table_of_a_plan_is_refused_or_says_so():
    for path in sorted(PLANS.glob("*")) if PLANS.is_dir() else []:
        if path.stem in {"action_plan_2022", "update_paper_2024"}:
            continue
        try:
            told = preview(path.read_bytes(), path.name).warnings[0]
        except UnreadableFile as refusal:
            told = str(refusal)
        assert told.startswith(("The file has no table of a plan", "No table with the columns of an action plan")), path
