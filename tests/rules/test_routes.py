"""Rules that every page keeps, read from the URL map so that no new page can forget."""

import pytest
from flask import Flask

STATIC = {"static", "bootstrap.static"}
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}


def faults_in(app: Flask) -> list[str]:
    """Routes without a declared access rule or save mark, with odd addresses or methods."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC]
    return [fault for rule in rules for fault in _faults(rule, app.view_functions[rule.endpoint])]


def _faults(rule, view):
    if not hasattr(view, "access_rule"):
        yield f"{rule.endpoint} does not say who may see it: allowed(…) or public"
    if "POST" in rule.methods and not getattr(view, "saves", False):
        yield f"{rule.endpoint} takes POST without saves"
    if rule.methods - METHODS:
        yield f"{rule.endpoint} takes {', '.join(sorted(rule.methods - METHODS))}, which no form can send"
    parts = [part for part in rule.rule.split("/") if part and not part.startswith("<")]
    if any(part != part.lower() or "_" in part for part in parts):
        yield f"{rule.rule} is not kebab-case"
    if view.__name__ != rule.endpoint.rpartition(".")[2]:
        yield f"endpoint {rule.endpoint} and view {view.__name__} have two names"


def test_every_route_keeps_the_rules(app):
    assert faults_in(app) == []


def _open(view):
    view.access_rule = view.saves = True
    return view


@pytest.fixture
def scratch():
    """An application with one sound route."""
    app = Flask("scratch")

    @app.route("/rounds/<int:round_id>/close-early", methods=["GET", "POST"])
    @_open
    def close_early(round_id):
        return ""

    return app


def test_a_sound_route_passes(scratch):
    assert faults_in(scratch) == []


@pytest.mark.parametrize(
    ("address", "methods", "marks", "told"),
    [
        ("/rounds", ["GET"], (), "does not say who may see it"),
        ("/rounds", ["GET", "POST"], ("access_rule",), "takes POST without saves"),
        ("/rounds", ["GET", "DELETE"], ("access_rule",), "takes DELETE"),
        ("/fund_rounds", ["GET"], ("access_rule",), "is not kebab-case"),
        ("/Rounds", ["GET"], ("access_rule",), "is not kebab-case"),
    ],
)
def test_each_planted_fault_is_found(scratch, address, methods, marks, told):
    def rounds():
        return ""

    for mark in marks:
        setattr(rounds, mark, True)
    scratch.add_url_rule(address, view_func=rounds, methods=methods)
    (fault,) = faults_in(scratch)
    assert told in fault


def test_a_view_under_another_name_is_found(scratch):
    scratch.add_url_rule("/rounds", "listing", _open(lambda: ""))
    (fault,) = faults_in(scratch)
    assert "have two names" in fault
