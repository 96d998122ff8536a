"""What most tests of plans begin with."""

import pytest

from tests import factories
from tests.plan import making


@pytest.fixture
def lead(db):
    return factories.lead()


@pytest.fixture
def plan(lead):
    """Published, with one action."""
    return making.plan(lead)
