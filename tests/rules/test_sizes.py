"""Nothing grows past the size at which it is split."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, name, read

FILE, TEST_FILE, TEMPLATE, FUNCTION, VIEW = 400, 500, 150, 50, 25
CODE = ("config.py", "hub/**/*.py", "migrations/*.py", "tests/**/*.py")  # a migration is a list, however long
ROUTES = {"route", "get", "post"}


def too_long(root: Path) -> list[str]:
    """Files, functions, views and templates over their limit."""
    faults = []
    for path in files(*CODE, root=root):
        own = name(path, root)
        faults += _over(own, len(read(path).splitlines()), TEST_FILE if own.startswith("tests/") else FILE)
        for function in _functions(ast.parse(read(path))):
            length = function.end_lineno - function.lineno + 1
            faults += _over(f"{own}: {function.name}", length, VIEW if _is_view(function) else FUNCTION)
    for path in files("templates/**/*.html", "templates/**/*.txt", root=root):
        faults += _over(name(path, root), len(read(path).splitlines()), TEMPLATE)
    return faults


def _over(what: str, length: int, limit: int) -> list[str]:
    return [f"{what} has {length} lines, {limit} allowed"] if length > limit else []


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (d.func for d in function.decorator_list if isinstance(d, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTES for call in calls)


def test_nothing_is_too_long():
    assert too_long(ROOT) == []


LONG = "\n    x = 1" * 30


@pytest.mark.parametrize(
    ("where", "text", "told"),
    [
        ("hub/fund/models.py", "x = 1\n" * 401, "hub/fund/models.py has 401 lines"),
        ("tests/fund/test_views.py", "x = 1\n" * 501, "tests/fund/test_views.py has 501 lines"),
        ("templates/fund/award.html", "<p>\n" * 151, "templates/fund/award.html has 151 lines"),
        (
            "hub/fund/views.py",
            f"@bp.route('/')\ndef award():{LONG}",
            "hub/fund/views.py: award has 31 lines, 25 allowed",
        ),
        ("hub/fund/services.py", f"def award():{LONG}{LONG}", "hub/fund/services.py: award has 61 lines, 50 allowed"),
    ],
)
def test_a_planted_giant_is_found(tmp_path, where, text, told):
    planted = tmp_path / where
    planted.parent.mkdir(parents=True)
    planted.write_text(text, encoding="utf-8")
    (fault,) = too_long(tmp_path)
    assert fault.startswith(told)


def test_the_same_lines_outside_a_view_are_no_giant(tmp_path):
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "clock.py").write_text(f"@cache\ndef now():{LONG}", encoding="utf-8")
    assert too_long(tmp_path) == []
