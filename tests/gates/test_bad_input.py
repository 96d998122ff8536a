"""Nothing hostile in any field of any form, in any address or question, breaks the hub, gets in or gets out again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import hostile, stages, sweeping
from tests.support.crawling import Found
from tests.support.sweeping import Field, Form, Sweep, cookie_of, endpoint_of
from tests.support.torture import EVERYTHING, one_in, some

pytestmark = pytest.mark.xdist_group("forms")

# What these fields say is looked up or used, not kept.
NOT_KEPT = {
    ("accounts.forgot_password", "email"),
    ("accounts.sign_in_link", "email"),
    ("accounts.look", "next"),
    ("registration.supporter", "name"),  # of somebody whose address is known
    ("directory.my_skills", "name"),
    ("plan.inbox", "reason"),  # said with another button
    ("plan.import_preview", "owner_role"),  # of actions that name nobody
    ("accounts.use_link", "_fields"),  # a button alone has no field to lose
}
# Answers of their own: JSON for a script, files, addresses that stand in for a token.
MAY_BE_MISSING = {"checkboxes", "confirm", "radio", "file", "button"}


@pytest.fixture(scope="module")
def world(full_world):
    return full_world.world


@pytest.fixture(scope="module")
def clients(world):
    return {role: world.signed_in(role) for role in ("anybody", stages.HALF_WAY, *world.people)}


@pytest.fixture(scope="module")
def found(full_world) -> Found:
    return full_world.found


@pytest.fixture(scope="module")
def sweep(full_world) -> Sweep:
    return full_world.sweep


@pytest.fixture(scope="module")
def forms(full_world) -> list[Form]:
    """Every form, filled so that it is taken."""
    return full_world.forms


def fields_of(form: Form) -> list[Field]:
    return [one for one in form.fields if not one.is_one_of_many]


@dataclass(frozen=True)
class Tried:
    """One value, by the name that it has in the corpus, in one field of one form."""

    form: Form = field(compare=False)
    one: Field = field(compare=False)
    name: str
    endpoint: str
    of: str

    @property
    def value(self):
        return hostile.values_for(self.one.kind, self.one.name)[self.name]

    @property
    def is_kept(self) -> bool:
        return (self.endpoint, self.of) not in NOT_KEPT


class Came(NamedTuple):
    """The answer to one value, without its page: there are thousands."""

    status: int
    deeds: int
    faults: list[str]


@pytest.fixture(scope="module")
def answers(full_world) -> dict[Tried, Came]:
    """What came of every value that was tried in every field."""
    return {tried: ask(full_world.sweep, tried) for tried in tries(full_world.forms)}


def tries(forms: list[Form]) -> Iterator[Tried]:
    for form in forms:
        for one in one_in(3, fields_of(form)):
            values = sorted(hostile.values_for(one.kind, one.name))
            for name in some(1, values, seed=f"{form.endpoint} {one.name}"):
                yield Tried(form, one, name, form.endpoint, one.name)


def ask(sweep: Sweep, tried: Tried) -> Came:
    answer = sweep.try_out(tried.form, tried.one, tried.value)
    return Came(answer.status, answer.deeds, sweeping.judged(answer, tried.one, tried.value))


def test_no_value_in_any_field_breaks_the_hub_or_is_changed_in_silence(answers):
    faults = []
    for tried, came in answers.items():
        where = f"{tried.endpoint} ({tried.form.role}): {tried.of} [{tried.one.kind}] = {tried.name}"
        faults += [f"{where}: {fault}" for fault in came.faults if tried.is_kept or "not kept" not in fault]
    assert faults == []


def test_both_databases_give_the_same_answers(answers, request):
    """Form by form, field by field, value by value; a run on SQLite has nothing to compare with."""
    if request.config.getoption("database") == "sqlite":
        pytest.skip("the run on PostgreSQL compares the two")
    other = request.getfixturevalue("same_on_sqlite")
    there = {tried: ask(other.sweep, tried) for tried in tries(other.forms)}
    assert len(there) > 500
    assert answers.keys() == there.keys()
    assert [
        f"{tried.endpoint} {tried.of} {tried.name}: {answers[tried][:2]}, {came[:2]} on SQLite"
        for tried, came in there.items()
        if came[:2] != answers[tried][:2]
    ] == []


WORDS = st.text(max_size=300)
FIGURES = st.one_of(st.integers(), st.decimals(), st.floats()).map(str)
DAYS = st.one_of(st.dates(), st.datetimes(), st.times()).map(lambda moment: moment.isoformat())


@settings(
    max_examples=10_000 if EVERYTHING else 100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(drawn=st.data())
def test_whatever_is_typed_anywhere_the_hub_answers_and_keeps_no_poison(full_world, drawn):
    form = drawn.draw(st.sampled_from(full_world.forms))
    one = drawn.draw(st.sampled_from(fields_of(form) or [Field("_once", "hidden")]))
    value = drawn.draw(st.one_of(WORDS, FIGURES, DAYS))
    answer = full_world.sweep.try_out(form, one, value)
    assert answer.status < 500
    assert [kept for kept in answer.stored if sweeping.is_poison(kept)] == []


def test_a_form_that_lost_a_field_on_its_way_changes_nothing(sweep, forms):
    faults = []
    for form in forms:
        for one in one_in(6, fields_of(form)):
            if one.kind in MAY_BE_MISSING or (form.endpoint, one.name) in NOT_KEPT:
                continue
            answer = sweep.send(form, form.filled(**{one.name: None}))
            faults += sweeping.unchanged(answer, f"{form.endpoint} without {one.name}")
    assert faults == []


def test_a_field_that_comes_twice_changes_nothing(sweep, forms):
    faults = []
    for form in forms:
        for one in one_in(8, fields_of(form)):
            if one.kind == "checkboxes" or (one.kind == "button" and one.name in hostile.PRESSED):
                continue
            twice = [*(form.filled().getlist(one.name) or ["a"]), "b"]
            answer = sweep.send(form, form.filled(**{one.name: twice}))
            faults += sweeping.unchanged(answer, f"{form.endpoint} with {one.name} twice")
    assert faults == []


def test_a_form_sent_again_by_the_back_button_is_not_done_again(sweep, forms):
    faults = []
    for form in forms:
        if form.is_taken and not form.has_file:  # a file is read to its end by the first
            first, again = sweep.send_twice(form, form.filled())
            if (first.deeds, again.deeds) != (1, 1) or again.status >= 500:
                faults.append(f"{form.endpoint}: {first.status} {first.deeds}, {again.status} {again.deeds}")
    assert faults == []


def test_a_megabyte_in_a_field_is_answered_within_a_second(sweep, forms):
    slow = []
    wide = [(f, one) for f in forms for one in fields_of(f) if one.kind in {"text", "textarea", "email"}]
    for form, one in one_in(24, wide):
        answer = sweep.send(form, form.filled(**{one.name: "wörd " * 170_000}))
        if answer.status not in {413, 422} or answer.seconds > 1 or answer.deeds:
            slow.append(f"{form.endpoint} {one.name}: {answer.status} after {answer.seconds:.2f} s")
    assert slow == []


# -- addresses and questions -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def token(clients):
    """What a form of the lead carries, so that a POST gets as far as the row that it asks for."""
    page = clients["lead"].get("/me/password").get_data(as_text=True)
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def _rules(app, kind):
    """The addresses with an argument of a *kind* of converter, and their methods."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[-1] != "static" and f"<{kind}" in str(rule.rule):
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                yield rule, method


def test_an_id_that_no_row_can_have_is_not_found_on_any_route(world, clients, token):
    wrong = []
    for rule, method in _rules(world.app, "int:"):
        for name, bad in some(2, sorted(hostile.IDS.items()), seed=f"{rule} {method}"):
            path = re.sub(r"<[^>]+>", bad, str(rule.rule))
            status, told = _ask(clients["lead"], method, path, csrf_token=token)
            if status not in {404, 405}:
                wrong.append(f"{method} {rule} {name}: {status} {told}")
    assert wrong == []


def test_a_name_that_nothing_has_is_not_found_on_any_route(world, clients, token):
    wrong = []
    for rule, method in _rules(world.app, ""):
        values = {**hostile.IDS, "payload": "%3Cscript%3E", "long": "x" * 5000}
        for name, bad in some(2, sorted(values.items()), seed=f"{rule} {method}"):
            path = re.sub(r"<(?!int)[^>]+>", bad, str(rule.rule)).replace("<int:journey_id>", "1")
            status, told = _ask(clients["lead"], method, path, csrf_token=token)
            if "<int" not in path and status >= 500:
                wrong.append(f"{method} {rule} {name}: {status} {told}")
    assert wrong == []


def test_no_page_breaks_for_a_row_that_nothing_links_to_it(world, clients):
    """Whatever stage a row is in, a page that is not for it says so."""
    wrong = []
    for rule, method in _rules(world.app, "int:"):
        for number in range(1, 60 if EVERYTHING else 4):
            path = re.sub(r"<int:[^>]+>", str(number), str(rule.rule)).replace("<area>", "A")
            for who in ("lead", "technician") if method == "GET" else ():
                status, told = _ask(clients[who], method, path)
                if status >= 500:
                    wrong.append(f"{path} as {who}: {status} {told}")
    assert wrong == []


def _ask(client, method, path, **sent):
    try:
        response = client.open(path, method=method, data=sent or None)
        response.get_data()
    except Exception as broken:  # noqa: BLE001 -- outside of tests each of them is a 500
        return 500, repr(broken)[:200]
    return response.status_code, response.location or ""


def test_nothing_of_another_institution_is_found(world, found, clients):
    """Unless it is there for anybody."""
    outsider = world.signed_in("lead_of_nothing")
    paths = {p for visits in found.paths.values() for _who, p in visits if re.search(r"/\d+(?:/|$)", p)}
    paths |= {form.action for form in found.forms if re.search(r"/\d+(?:/|$)", form.action)}
    wrong = []
    for path in sorted(paths):
        status, told = _ask(outsider, "GET", path)
        if endpoint_of(world.app, path) and status != 404 and _ask(clients["anybody"], "GET", path)[0] != 200:
            wrong.append(f"GET {path}: {status} {told}")
    assert wrong == []


def test_no_deed_reaches_a_row_of_another_institution(world, found, sweep):
    outsider = world.signed_in("lead_of_nothing")
    outsider.get("/me/password")
    cookie = {"Cookie": cookie_of(outsider)}
    token = re.search(r'name="csrf_token" value="([^"]+)"', outsider.get("/me/password").get_data(as_text=True))
    wrong = []
    for form in found.forms:
        if re.search(r"/\d+(?:/|$)", form.action):
            answer = sweep.send(form, form.filled(csrf_token=token[1]), headers=cookie)
            if answer.status != 404 or answer.deeds:
                wrong.append(f"{form.action}: {answer.status}")
    assert wrong == []


def test_no_question_in_an_address_breaks_a_page(world, clients, found):
    values = {**hostile.IDS, "page 0": "0", "long": "x" * 5000, "wildcards": "%25_", "payload": "%3Cscript%3E"}
    wrong = []
    for endpoint, visits in sorted(found.paths.items()):
        who, path = visits[0]
        names = sorted(found.asked.get(endpoint, set()) | {"page", "sort", "export", "q"})
        for name in one_in(3, names):
            for kind, value in some(1, sorted(values.items()), seed=endpoint + name):
                status, where = _ask(clients[who], "GET", f"{path}?{name}={value}")
                if status not in {200, 302, 304, 400, 404, 422} or "evil" in where:
                    wrong.append(f"{path}?{name}={value[:20]} ({kind}): {status} {where}")
    assert wrong == []


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_no_way_leads_out_of_the_hub(clients, address):
    for who, path in (("technician", "/sign-in"), ("anybody", "/hub"), ("anybody", "/sign-in")):
        response = clients[who].get(path, query_string={"next": address}, headers={"Referer": address})
        where = response.location or "/"
        assert re.match(r"/(?![/\\])", where), where
