"""A disk of a few megabytes that can be filled to the last byte and given room again."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self, *, but: int = 0) -> None:
        """Leave *but* bytes."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while filler.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue
            filler.truncate(max(filler.tell() - but, 0))

    def make_room(self) -> None:
        self._filler.unlink()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Disk]:
    """A file system in memory, which only the administrator of a machine may mount: elsewhere the test is skipped."""
    path = Path(tempfile.mkdtemp(prefix="hub-disk-"))
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=777", "tmpfs", str(path)]
    try:
        mounted = subprocess.run(mounting, capture_output=True, text=True, check=False)
        if mounted.returncode:
            _cannot(mounted.stderr.strip())
        try:
            yield Disk(path)
        finally:
            subprocess.run(["umount", "--lazy", str(path)], check=True)
    finally:
        shutil.rmtree(path)


def _cannot(reason: str) -> None:
    told = f"NOT TESTED: what a full disk does. Mounting a small one is not permitted here: {reason}"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)
