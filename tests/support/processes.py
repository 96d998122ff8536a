"""``python -m …`` in a process of its own, forked from one that has read the hub's code: each start costs little.

What such a process does, says and leaves is what one that somebody types would; only reading the code is done once.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hub import cli  # noqa: F401 -- read here, once for all
from tests.rules.tree import ROOT

FRESH = multiprocessing.get_context("forkserver")  # new processes that know the hub's code and nothing else
FRESH.set_forkserver_preload(["tests.support.processes"])


class Process:
    """One that has begun, in a session of its own; *out* and *err* grow by what it says."""

    def __init__(self, *words: str, environment: Mapping[str, str] = os.environ, out: Path, err: Path) -> None:
        given = (words, dict(environment), str(out), str(err))
        self._process = FRESH.Process(target=_become, args=given)
        self._process.start()
        self.pid: int = self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit status, once it has one."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("hub", timeout or 0)
        return self._process.exitcode

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        if self._process.is_alive():
            os.kill(self.pid, signal.SIGKILL)
        self._process.join()


def run(*words: str, environment: Mapping[str, str] = os.environ) -> subprocess.CompletedProcess[str]:
    """``python -m`` *words*, to its end."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = Process(*words, environment=environment, out=out, err=err)
        try:
            status = process.wait()
        finally:
            process.kill()
        return subprocess.CompletedProcess(words, status, out.read_text("utf-8"), err.read_text("utf-8"))


def _become(words: tuple[str, ...], environment: dict[str, str], out: str, err: str) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, path in ((1, out), (2, err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(ROOT)
    if "LD_PRELOAD" in environment:  # which a process takes from its very beginning only
        os.execve(sys.executable, [sys.executable, "-m", *words], environment)
    os.environ.clear()
    os.environ.update(environment)
    sys.modules.pop("config", None)  # it is read again, of this environment
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
