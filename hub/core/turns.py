"""Writers of an SQLite file take turns: threads of a process at a lock, processes at a small file beside the database.

SQLite's own waiting looks at ever longer intervals, so that of many who write at once some wait for seconds.
"""

import fcntl
import sqlite3
import time
from collections import defaultdict
from pathlib import Path
from threading import Lock
from typing import IO

LOOK_AGAIN = 0.001  # seconds, at what another process holds
GIVE_UP = 30.0  # after so many, SQLite itself says who has the file

_here: defaultdict[str, Lock] = defaultdict(Lock)  # by path: who of this process


class Connection(sqlite3.Connection):
    """A connection whose writing transactions wait for their turn; it ends with them, and with the process."""

    _path = ""
    _queue: IO[bytes] | None = None
    _has_turn = False

    def take_turn(self) -> None:
        """Wait until no other connection writes. A database in memory is nobody else's."""
        self._path = self._path or self.execute("PRAGMA database_list").fetchone()[2]
        if not self._path or self._has_turn or not _here[self._path].acquire(timeout=GIVE_UP):
            return
        self._has_turn = True
        self._queue = self._queue or Path(f"{self._path}-turn").open("ab")  # noqa: SIM115 -- closed with the connection
        until = time.monotonic() + GIVE_UP
        while not _is_first(self._queue) and time.monotonic() < until:
            time.sleep(LOOK_AGAIN)

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._let_go()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._let_go()

    def close(self) -> None:
        self._leave()
        super().close()

    def __del__(self) -> None:
        """One that was forgotten, as in a thread that ended, keeps nobody waiting."""
        self._leave()

    def _leave(self) -> None:
        self._let_go()
        if self._queue is not None:
            self._queue.close()
            self._queue = None

    def _let_go(self) -> None:
        if self._has_turn:
            self._has_turn = False
            if self._queue is not None:
                fcntl.flock(self._queue, fcntl.LOCK_UN)
            _here[self._path].release()


def _is_first(queue: IO[bytes]) -> bool:
    """Whether no other process holds it: then this one does."""
    try:
        fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
