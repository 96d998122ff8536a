"""Who sees which field: the whole table."""

import pytest

from hub.accounts.models import Person, Status
from hub.directory import policy, queries
from hub.directory.fields import FIELDS
from hub.directory.models import Covers, Profile, PublicConsent, Visibility
from hub.directory.policy import Viewer
from tests import factories
from tests.directory import making

HERE, ELSEWHERE = 1, 2
VIEWERS = {
    "owner": Viewer(HERE, person_id=1, unit_id=7, is_technician=True),
    "technician of the unit": Viewer(HERE, person_id=2, unit_id=7, is_technician=True),
    "technician": Viewer(HERE, person_id=3, unit_id=8, is_technician=True),
    "colleague of the unit": Viewer(HERE, person_id=4, unit_id=7),
    "colleague": Viewer(HERE, person_id=5, unit_id=8),
    "technician elsewhere": Viewer(ELSEWHERE, person_id=6, unit_id=9, is_technician=True),
    "public": policy.THE_PUBLIC,
}
UNIT = {"owner", "technician of the unit", "colleague of the unit"}
TECHNICIANS = {"owner", "technician of the unit", "technician"}
INSTITUTION = UNIT | TECHNICIANS | {"colleague"}
SEEN_BY = {
    Visibility.PRIVATE: {"owner"},
    Visibility.UNIT: UNIT,
    Visibility.TECHNICIANS: TECHNICIANS,
    Visibility.INSTITUTION: INSTITUTION,
    Visibility.PUBLIC: set(VIEWERS),
}


def profile(*, agreed: tuple[Covers, ...] = (), status: Status = Status.ACTIVE, **shown: Visibility) -> Profile:
    person = Person(id=1, institution_id=HERE, unit_id=7, name="A Person", status=status, is_technician=True, roles=[])
    consents = [PublicConsent(covers=covers, withdrawn_at=None) for covers in agreed]
    shown = {"name": Visibility.PUBLIC} | shown
    made = Profile(
        institution_id=HERE, person_id=1, person=person, shown_to={key: str(value) for key, value in shown.items()}
    )
    made.__dict__["consents"] = consents
    return made


def seen(one: Profile, key: str) -> set[str]:
    return {name for name, viewer in VIEWERS.items() if policy.visible(key, one, viewer)}


@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.parametrize("visibility", Visibility)
def test_each_field_is_seen_by_its_audience_and_nobody_else(key, visibility):
    both = (Covers.PAGE, Covers.PHOTOGRAPH)
    assert seen(profile(agreed=both, **{key: visibility}), key) == SEEN_BY[visibility]


@pytest.mark.parametrize("key", FIELDS)
def test_without_a_permission_on_record_nothing_is_public(key):
    assert seen(profile(**{key: Visibility.PUBLIC}), key) == INSTITUTION


def test_a_photograph_needs_its_own_permission():
    one = profile(agreed=(Covers.PAGE,), photograph=Visibility.PUBLIC)
    assert seen(one, "photograph") == INSTITUTION


def test_who_may_not_see_the_name_sees_nothing():
    one = profile(name=Visibility.UNIT, biography=Visibility.INSTITUTION)
    assert seen(one, "biography") == UNIT


@pytest.mark.parametrize("status", [Status.LEFT, Status.SUSPENDED, Status.INVITED])
def test_nobody_else_sees_who_is_not_active(status):
    assert seen(profile(agreed=(Covers.PAGE,), status=status), "name") == {"owner"}


def test_defaults_are_safe():
    one = profile()
    one.shown_to = {}
    public = {key for key in FIELDS if policy.visible(key, one, policy.THE_PUBLIC)}
    assert public == set()
    assert seen(one, "photograph") == {"owner"}
    assert seen(one, "contact_route") == UNIT
    assert seen(one, "name") == INSTITUTION
    assert seen(one, "skills") == TECHNICIANS


def test_a_lead_sees_what_technicians_see_and_no_more(db):
    place = making.place()
    lead = factories.lead(place, is_technician=False)
    one = making.technician(place, see={"biography": Visibility.PRIVATE})
    found = queries.profile_of(one.id)
    assert policy.visible("skills", found, policy.viewer_of(lead))
    assert not policy.visible("biography", found, policy.viewer_of(lead))


def test_only_the_owner_owns(db):
    place = making.place()
    one, other = making.technician(place), making.technician(place)
    assert policy.owns(one, queries.profile_of(one.id))
    assert not policy.owns(other, queries.profile_of(one.id))
