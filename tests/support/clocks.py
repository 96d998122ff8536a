"""A process of its own for which the time of day is another: what it asks of the system is answered falsely."""

import os
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

_LIBRARY = "libfaketimeMT.so.1"
_INSTALL_SECONDS = 300


def shifted(by: str) -> dict[str, str]:
    """The environment of a process whose clock is off *by*, such as ``+1h`` or ``-1d``; its stopwatch is not."""
    if not by:
        return {}
    return {
        "LD_PRELOAD": _library(),
        "FAKETIME": by,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # else threads that wait for each other do not wait at all
        "NO_FAKE_STAT": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@cache
def _library() -> str:
    found = _found() or _installed()
    if not found:
        told = "NOT TESTED: a clock that jumps needs faketime (on Debian: apt-get install faketime)"
        pytest.fail(told) if os.environ.get("CI") == "true" and platform.system() == "Linux" else pytest.skip(told)
    return found


def _found() -> str:
    places = [Path("/usr/lib"), *Path("/usr/lib").glob("*-linux-gnu*")]
    return next((str(at / "faketime" / _LIBRARY) for at in places if (at / "faketime" / _LIBRARY).exists()), "")


def _installed() -> str:
    release = Path("/etc/os-release")
    if os.geteuid() == 0 and release.exists() and "ID=debian" in release.read_text().splitlines():
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-qq", "--yes", "--no-install-recommends", "faketime"]):
            sys.stderr.write(f"No faketime yet, trying: apt-get {' '.join(command)}\n")
            subprocess.run(
                ["apt-get", *command], env=environment, check=False, timeout=_INSTALL_SECONDS, stdout=subprocess.DEVNULL
            )
    return _found()
