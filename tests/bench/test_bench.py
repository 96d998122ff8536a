"""The benchmark measures in turns, prints JSON, and says when a target is missed."""

import json

import pytest

from tests.bench import __main__ as command
from tests.bench import harness, importing


@pytest.fixture
def rows(monkeypatch):
    monkeypatch.setattr(harness, "ROWS", {})
    monkeypatch.setattr(command, "ROWS", harness.ROWS)
    return harness.ROWS


def test_each_row_is_one_json_line_that_says_whether_its_target_holds(rows, capsys):
    harness.row("quick", target=3)(lambda: harness.Measured(2.0, 1.0, {"rows": 20}))
    harness.row("by-size", target=3, sizes=(1_000, 10_000))(lambda size: harness.Measured(size / 1_000, 2.0))

    assert command.main([]) == 1
    quick, small, large = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    parts = {"ours": 2.0, "limit": 1.0, "rows": 20}
    assert quick == {"row": "quick", "ratio": 2.0, "target": 3, "parts": parts, "holds": True}
    assert (small["row"], small["holds"]) == ("by-size 1,000", True)
    assert (large["row"], large["ratio"], large["holds"]) == ("by-size 10,000", 5.0, False)


def test_only_the_named_rows_run_and_an_unknown_name_is_told(rows, capsys):
    harness.row("one", target=1)(lambda: harness.Measured(1.0, 1.0))
    harness.row("two", target=1)(lambda: pytest.fail("not asked for"))

    assert command.main(["one"]) == 0
    assert command.main(["three"]) == 2
    assert "No such row: three. There are: one, two" in capsys.readouterr().err


def test_pairs_are_taken_in_turn_and_compared_by_their_medians():
    order = []
    costs = {"ours": iter([9.0, 2.0, 4.0, 100.0]), "limit": iter([9.0, 1.0, 2.0, 3.0])}

    def cost(which):
        order.append(which)
        return next(costs[which])

    assert harness.paired(lambda: cost("ours"), lambda: cost("limit"), rounds=3) == (4.0, 2.0)
    assert [order[n : n + 2].count("ours") for n in range(0, 8, 2)] == [1, 1, 1, 1]


def test_a_measured_program_that_fails_is_no_measurement():
    ended = harness.child("print(sum(range(10)))")
    assert ended.seconds > 0
    assert ended.megabytes > 1
    assert ended.lines[0] == "45"
    with pytest.raises(RuntimeError, match="failed"):
        harness.child("raise SystemExit(3)")


def test_the_measured_plan_is_a_real_document():
    assert importing._bare(importing.plan_document(actions=5)) > 1_000
