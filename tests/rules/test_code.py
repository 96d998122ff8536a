"""One place commits, one place reads the clock, and services know no browser."""

import ast
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, name, read

COMMITS = {"hub/core/turns.py", "hub/core/unit.py", "hub/core/web.py"}
CLOCK = {"hub/core/clock.py"}
MOMENTS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def breaches(root: Path) -> list[str]:
    """Calls that only one module may make, found elsewhere in hub/."""
    faults = []
    for path in files("hub/**/*.py", root=root):
        own = name(path, root)
        for node in ast.walk(ast.parse(read(path))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            where = f"{own}:{node.lineno}"
            if node.func.attr == "commit" and own not in COMMITS:
                faults.append(f"{where} commits: that is for the unit of work")
            if _reads_clock(node.func) and own not in CLOCK:
                faults.append(f"{where} reads the clock: use hub.core.clock")
    return faults


def _reads_clock(called: ast.Attribute) -> bool:
    return isinstance(called.value, ast.Name) and (called.value.id, called.attr) in MOMENTS


def test_only_the_unit_of_work_commits_and_only_the_clock_tells_the_time():
    assert breaches(ROOT) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("db.session.commit()", "commits"),
        ("datetime.now(UTC)", "reads the clock"),
        ("date.today()", "reads the clock"),
        ("time.time()", "reads the clock"),
    ],
)
def test_a_planted_breach_is_found(tmp_path, line, told):
    (tmp_path / "hub" / "fund").mkdir(parents=True)
    (tmp_path / "hub" / "fund" / "services.py").write_text(f"def award():\n    {line}\n", encoding="utf-8")
    (fault,) = breaches(tmp_path)
    assert fault.startswith("hub/fund/services.py:2")
    assert told in fault
