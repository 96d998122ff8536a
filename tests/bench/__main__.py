"""Runs the rows that are named, or all of them; exits with 1 when a target is missed."""

import sys

from tests.bench import (
    demo,
    enumeration,
    evidence,
    fund,
    fund_pages,
    guards,
    importing,
    pages,
    panel,
    paper,
    staff,
    starting,
    writing,
)
from tests.bench.harness import ROWS, line

SUBJECTS = (
    starting,
    importing,
    paper,
    pages,
    guards,
    enumeration,
    evidence,
    demo,
    fund,
    fund_pages,
    staff,
    writing,
    panel,
)  # each adds its rows


def main(wanted: list[str]) -> int:
    if unknown := [name for name in wanted if name not in ROWS]:
        sys.stderr.write(f"No such row: {', '.join(unknown)}. There are: {', '.join(ROWS)}\n")
        return 2
    missed = False
    for name in wanted or ROWS:
        for result in ROWS[name].results():
            sys.stdout.write(line(result) + "\n")
            sys.stdout.flush()
            missed |= not result["holds"]
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
