"""The table of OWASP ASVS 5.0: complete, with proofs that are there, and as good as it says."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, read

TABLE = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"\| (\d+)\.(\d+)\.(\d+) \| ([12]) \| (.+?) \| (holds|open|–) \| (.+?) \|")
NAMED = re.compile(r"`((?:tests|docs|hub|requirements)/[\w./-]+|SECURITY\.md|pyproject\.toml)(?:::(\w+))?`")
# How many requirements of levels 1 and 2 each chapter has; 10 and 17 do not apply as a whole.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 32, 7: 18, 8: 7, 9: 7, 11: 13, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16}
LEAST = {1: 1.0, 2: 0.95}


@dataclass(frozen=True)
class Requirement:
    number: tuple[int, int, int]
    level: int
    state: str
    proof: str


def requirements(text: str) -> list[Requirement]:
    return [
        Requirement((int(a), int(b), int(c)), int(level), state, proof)
        for a, b, c, level, _asked, state, proof in ROW.findall(text)
    ]


def gaps(text: str) -> list[str]:
    """Numbers that are missing, twice or out of order; rows that claim something and name no proof that exists."""
    rows = requirements(text)
    written = len(re.findall(r"^\| \d", text, re.MULTILINE))
    faults = [] if written == len(rows) else [f"{written - len(rows)} rows not understood"]
    for chapter, many in CHAPTERS.items():
        numbers = [r.number for r in rows if r.number[0] == chapter]
        if len(set(numbers)) != many or numbers != sorted(set(numbers)):
            faults.append(f"chapter {chapter} has {len(numbers)} rows, wanted {many} in order")
    return faults + [fault for row in rows for fault in _unproven(row)]


def _unproven(row: Requirement) -> list[str]:
    told = ".".join(str(part) for part in row.number)
    named = NAMED.findall(row.proof)
    if row.state == "holds" and not named:
        return [f"{told} holds and names no proof"]
    return [
        f"{told} names {path}{'::' * bool(test)}{test}, which is not there"
        for path, test in named
        if not _is_there(path, test)
    ]


def _is_there(path: str, test: str) -> bool:
    file = ROOT / path
    return file.exists() and (not test or test in _tests_of(file))


def _tests_of(file: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(read(file))) if isinstance(node, ast.FunctionDef)}


def share_that_holds(text: str, level: int) -> float:
    """Of the requirements of *level* that apply."""
    applying = [r for r in requirements(text) if r.level == level and r.state != "–"]
    return sum(r.state == "holds" for r in applying) / len(applying)


def test_every_requirement_is_there_with_a_proof_that_exists():
    assert gaps(read(TABLE)) == []


@pytest.mark.parametrize("level", LEAST)
def test_the_hub_meets_as_much_as_was_promised(level):
    assert share_that_holds(read(TABLE), level) >= LEAST[level]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("| 1.2.4 | 1 |", "| 1.2.5 | 1 |", "chapter 1 has"),
        (
            "`tests/gates/test_injection.py::test_documents_are_still_documents`",
            "`tests/gone.py`",
            "which is not there",
        ),
        ("test_documents_are_still_documents", "test_of_nothing", "which is not there"),
        ("| there is none |", "| |", "rows not understood"),
        ("| holds | `docs/security/rules.md` |", "| holds | surely |", "names no proof"),
    ],
)
def test_a_planted_gap_is_found(was, becomes, told):
    text = read(TABLE)
    assert was in text
    assert any(told in fault for fault in gaps(text.replace(was, becomes, 1)))
