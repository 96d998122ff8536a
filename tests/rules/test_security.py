"""What the hub never does, read from its own code: run programs, run words, ask the network, write into pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, name, read

PROGRAMS = {"subprocess", "os.system", "os.popen", "os.execv", "os.spawnv", "pty"}
NETWORK = {"requests", "httpx", "urllib.request", "http.client", "socket", "ftplib", "smtplib", "telnetlib"}
DANGEROUS = {
    *("eval", "exec", "compile", "__import__", "pickle", "marshal", "shelve", "yaml", "lxml", "tempfile.mktemp"),
    *("hashlib.md5", "hashlib.sha1", "hashlib.new", "render_template_string"),
}
METHODS = {".from_string", ".xpath"}  # whatever they are called on
CHANCE = {"random"}  # fit for drawing a demo, never for a secret
MAY_START_PROGRAMS = {  # pg_dump, and the hub's own commands as processes of their own
    *("hub/cli/backups.py", "hub/cli/serving.py", "hub/workforce/jobs.py")
}
MAY_USE_NETWORK = {"hub/notifications/transport.py"}  # the mail server of the settings
SCRIPT_DANGERS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage"
    r"|localStorage|sessionStorage|indexedDB|__proto__|https?://(?!www\.w3\.org/)"
)


def uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, name) of everything that a module imports or calls, names as they are written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            yield node.lineno, called
            if isinstance(node.func, ast.Attribute):
                yield node.lineno, f".{node.func.attr}"


def found(root: Path, wanted: set[str]) -> list[str]:
    """Where modules of hub/ use one of the *wanted* names."""
    return [
        f"{name(path, root)}:{line} uses {used}"
        for path in files("hub/**/*.py", root=root)
        for line, used in sorted(set(uses(ast.parse(read(path)))))
        if any(used == one or used.startswith(f"{one}.") for one in wanted)
    ]


def patterns_of_words(root: Path) -> list[str]:
    """Calls of ``re`` whose pattern is neither written out nor a name in capitals."""
    faults = []
    for path in files("hub/**/*.py", root=root):
        for node in ast.walk(ast.parse(read(path))):
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args
            if is_call and ast.unparse(node.func) != "re.escape" and not _is_own(node.args[0]):
                faults.append(f"{name(path, root)}:{node.lineno} makes a pattern of {ast.unparse(node.args[0])}")
    return faults


def _is_own(pattern: ast.expr) -> bool:
    """Whether a pattern is made of what stands in the code: literals, constants, escaped words."""
    if isinstance(pattern, ast.JoinedStr):
        return all(_is_own(p.value) for p in pattern.values if isinstance(p, ast.FormattedValue))
    if isinstance(pattern, ast.BinOp):
        return _is_own(pattern.left) and _is_own(pattern.right)
    if isinstance(pattern, ast.Name):
        return pattern.id.isupper() or pattern.id in OWN_PATTERNS
    if isinstance(pattern, ast.Call):
        return ast.unparse(pattern.func) == "re.escape" or _is_own_table(pattern.func)
    return isinstance(pattern, ast.Constant)


OWN_PATTERNS = {"form", "mark"}  # names of the importer's own tables, bound to rows of constants


def _is_own_table(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in {"replace", "join"}


def script_dangers(root: Path) -> list[str]:
    """Lines of our scripts that write markup, run text, keep data in the browser or reach other hosts."""
    return [
        f"{name(path, root)}:{number}: {line.strip()[:80]}"
        for path in files("static/js/**/*.js", root=root)
        for number, line in enumerate(read(path).splitlines(), 1)
        if SCRIPT_DANGERS.search(line)
    ]


def test_only_backups_the_demo_and_staff_files_start_programs():
    assert {fault.split(":")[0] for fault in found(ROOT, PROGRAMS)} == MAY_START_PROGRAMS


def test_nothing_dangerous_is_called():
    assert found(ROOT, DANGEROUS | METHODS) == []
    assert patterns_of_words(ROOT) == []


def test_chance_draws_demos_only():
    assert {Path(fault.split(":")[0]).name for fault in found(ROOT, CHANCE)} <= {
        *(f"demo{part}.py" for part in ("", "_after", "_people", "_plan", "_present")),
    }


def test_the_hub_asks_nobody_on_the_network():
    assert {fault.split(":")[0] for fault in found(ROOT, NETWORK)} == MAY_USE_NETWORK


def test_scripts_write_text_as_text():
    assert script_dangers(ROOT) == []


@pytest.mark.parametrize(
    ("line", "find"),
    [
        ("import subprocess", lambda root: found(root, PROGRAMS)),
        ("os.system('ls')", lambda root: found(root, PROGRAMS)),
        ("eval(words)", lambda root: found(root, DANGEROUS | METHODS)),
        ("import pickle", lambda root: found(root, DANGEROUS | METHODS)),
        ("hashlib.md5(words)", lambda root: found(root, DANGEROUS | METHODS)),
        ("env.from_string(words)", lambda root: found(root, DANGEROUS | METHODS)),
        ("from urllib.request import urlopen\nimport urllib.request", lambda root: found(root, NETWORK)),
        ("from random import choice", lambda root: found(root, CHANCE)),
        ("re.search(words, text)", patterns_of_words),
        ("re.compile(f'{words}x')", patterns_of_words),
    ],
)
def test_a_planted_danger_is_found(tmp_path, line, find):
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "views.py").write_text(f"{line}\n", encoding="utf-8")
    assert find(tmp_path)[0].startswith("hub/views.py:1")


def test_a_planted_script_is_found(tmp_path):
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "bad.js").write_text("list.innerHTML = answer;\n", encoding="utf-8")
    assert script_dangers(tmp_path) == ["static/js/bad.js:1: list.innerHTML = answer;"]
