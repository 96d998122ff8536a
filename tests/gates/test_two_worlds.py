"""The comparison of two worlds tells whatever differs between two answers."""

import pytest

from tests.gates.two_worlds import Answer, differences

PAGE = Answer(200, (("Content-Type", "text/html"),), ("Three applications", "wait for their judges"))
OTHERS = {
    "another status": (Answer(403, PAGE.headers, PAGE.lines), "+status 403"),
    "another header": (Answer(200, (("Content-Type", "text/csv"),), PAGE.lines), "+Content-Type: text/csv"),
    "another line": (Answer(200, PAGE.headers, ("Four applications", PAGE.lines[1])), "+Four applications"),
    "no answer": (None, "+(not reached)"),
}


@pytest.mark.parametrize(("other", "told"), OTHERS.values(), ids=OTHERS)
def test_the_address_and_the_lines_that_differ_are_told(other, told):
    found = differences({"/here": PAGE, "/there": PAGE}, {"/here": PAGE} | ({"/there": other} if other else {}))
    assert list(found) == ["/there"]
    assert told in found["/there"]
