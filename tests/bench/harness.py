"""Rows, their costs and the JSON line that each prints."""

import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

Cost = Callable[[], float]
# Linux tells a process its own peak; what it tells the parent begins with the parent's size at the fork.
_TELL = "import sys\nif sys.platform == 'linux': print(open('/proc/self/status').read())"


@dataclass(frozen=True)
class Measured:
    """What ours cost and what the bare limit of the same work cost, in one unit; *parts* explain them."""

    ours: float
    limit: float
    parts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of the benchmark, once for each size: *ours* may be *target* times the limit."""

    name: str
    target: float
    measure: Callable[..., Measured]
    sizes: tuple[int, ...] = ()

    def results(self) -> Iterator[dict[str, Any]]:
        for size in self.sizes or (None,):
            measured = self.measure() if size is None else self.measure(size)
            ratio = measured.ours / measured.limit
            yield {
                "row": self.name if size is None else f"{self.name} {size:,}",
                "ratio": _significant(ratio),
                "target": self.target,
                "parts": {"ours": measured.ours, "limit": measured.limit} | measured.parts,
                "holds": ratio <= self.target,
            }


ROWS: dict[str, Row] = {}


def row(name: str, *, target: float, sizes: tuple[int, ...] = ()) -> Callable[[Callable[..., Measured]], Callable]:
    """Add the decorated function to the benchmark as *name*; with *sizes* it is handed each in turn."""

    def add(measure: Callable[..., Measured]) -> Callable[..., Measured]:
        ROWS[name] = Row(name, target, measure, sizes)
        return measure

    return add


def paired(ours: Cost, limit: Cost, rounds: int = 9) -> tuple[float, float]:
    """The medians of two costs taken in turn, after one round each that nobody counts."""
    costs: dict[Cost, list[float]] = {ours: [], limit: []}
    for cost in (ours, limit):
        cost()
    for n in range(rounds):
        for cost in (ours, limit) if n % 2 else (limit, ours):
            costs[cost].append(cost())
    return median(costs[ours]), median(costs[limit])


def cpu(work: Callable[[], Any], times: int = 1) -> Cost:
    """The processor's seconds that *work* takes in this process, the mean of *times* calls."""

    def cost() -> float:
        gc.collect()
        start = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - start) / times

    return cost


class Ended(NamedTuple):
    """What a program took of the processor, in seconds, the most memory it held, in MB, and the lines it printed."""

    seconds: float
    megabytes: float
    lines: list[str]


def child(code: str, **environment: str) -> Ended:
    """Run *code* in a Python of its own, compiled beforehand as any installation is."""
    environment = {"PYTHONDONTWRITEBYTECODE": ""} | environment
    command = [sys.executable, "-c", f"{code}\n{_TELL}"]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    told = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the measured program failed: {code}")
    own_kilobytes = re.search(r"VmHWM:\s*(\d+) kB", told)
    megabytes = int(own_kilobytes[1]) / 1024 if own_kilobytes else usage.ru_maxrss / 1024**2
    return Ended(usage.ru_utime + usage.ru_stime, megabytes, told.splitlines())


def line(result: dict[str, Any]) -> str:
    """*result* as JSON, its numbers cut to what they mean."""
    return json.dumps(result | {"parts": {k: _significant(v) for k, v in result["parts"].items()}}, ensure_ascii=False)


def _significant(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value
