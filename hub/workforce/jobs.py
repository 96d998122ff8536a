"""Staff files are worked on in a process of their own: as long as one takes, no page and no other job waits for it."""

import subprocess
import sys

from hub.core.db import db
from hub.workforce import queries

LONGEST = 9 * 60  # seconds, within the lease of a job


def work() -> None:
    """Start it if a file waits, and stay until it is done."""
    waits = queries.next_to_work_on() is not None
    db.session.rollback()
    if waits:
        subprocess.run([sys.executable, "-m", "hub", "staff", "work"], check=True, timeout=LONGEST)
