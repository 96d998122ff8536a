"""The make commands say what they need in one line, and start nothing twice."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, read

OLD = '#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2 || exit 1\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n'


@pytest.fixture
def clone(tmp_path):
    """What a clone has that the virtual environment is made from."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def _make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]}
    return subprocess.run(["make", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _python(folder: Path, script: str) -> str:
    path = folder / "python"
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_make_alone_lists_the_commands(clone):
    listed = [line.split()[1] for line in _make(clone).stdout.splitlines() if line.startswith("  make ")]
    assert {"run", "test", "check", "demo", "bench"} <= set(listed)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (OLD, "needs Python 3.11 or newer and"),
        (WITHOUT_VENV, "has no venv: install it"),
    ],
)
def test_an_unfit_python_is_told_in_one_line(clone, script, told):
    done = _make(clone, "run", _python(clone, script))
    sentence, *rest = done.stderr.splitlines()
    assert told in sentence
    assert all(line.startswith("make") for line in rest)
    assert done.returncode != 0


def test_no_python_at_all_is_told(clone):
    assert "install python3, or name yours" in _make(clone, "run", f"PYTHON={clone / 'none'}").stderr


def test_what_is_installed_is_not_installed_again(clone):
    (clone / ".venv").mkdir()
    for stamp in (".uv", ".run", ".dev"):
        (clone / ".venv" / stamp).touch()
    assert "install" not in _make(clone, "--dry-run", "run", "test").stdout
    later = (clone / ".venv" / ".dev").stat().st_mtime + 10
    os.utime(clone / "requirements" / "dev.txt", (later, later))
    assert "uv pip install" not in _make(clone, "--dry-run", "run").stdout
    assert "uv pip install" in _make(clone, "--dry-run", "test").stdout


def test_every_package_is_named_with_its_hash():
    for name in ("uv", "run", "dev"):
        pins = read(ROOT / "requirements" / f"{name}.txt").replace("\\\n", "").splitlines()
        assert [line for line in pins if "==" in line and "--hash=sha256:" not in line] == []


def test_the_tests_install_what_runs():
    running, testing = (_pins(read(ROOT / "requirements" / f"{name}.txt")) for name in ("run", "dev"))
    assert running - testing == set()


def _pins(text: str) -> set[str]:
    return {line.removesuffix("\\").strip() for line in text.splitlines() if "==" in line and not line.startswith(" ")}


def test_continuous_integration_runs_what_a_person_runs():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in read(script)
