"""Every template compiles, imports only what it uses, and leaves look and behaviour to stylesheet and script."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError, nodes

from tests.rules.tree import ROOT, files, name

COMPONENTS = "components/"
INLINE = {
    "inline style": r"<[a-zA-Z][^<>]*\sstyle\s*=",
    "inline handler": r"<[a-zA-Z][^<>]*\son[a-z]+\s*=",
    "script without a nonce": r"<script(?![^>]*(?:\snonce=|\ssrc=|application/json))",
    "style without a nonce": r"<style(?![^>]*\snonce=)",
    "address written out": r"\b(?:href|action|src)=\"/[^/\"]",
}
UNSAFE_FILTERS = {"safe"}


def faults_in(environment: Environment, ours: list[str]) -> list[str]:
    """What is wrong with the templates named *ours*, one sentence a fault."""
    return [f"{template}: {fault}" for template in ours for fault in _faults(environment, template)]


def _faults(environment: Environment, template: str) -> Iterator[str]:
    source, path, _ = environment.loader.get_source(environment, template)
    try:
        environment.compile(source, template, path)
    except TemplateSyntaxError as error:
        yield f"does not compile: {error}"
        return
    tree = environment.parse(source)
    yield from _unknown(environment, tree)
    yield from _missing(environment, tree)
    yield from (f"imports {unused} and never uses it" for unused in sorted(_imported(tree) - _used(tree)))
    if not template.startswith(COMPONENTS):
        yield from (f"macro {macro.name} belongs in {COMPONENTS}" for macro in tree.find_all(nodes.Macro))
    if template.endswith(".html"):
        text = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
        yield from (what for what, pattern in INLINE.items() if re.search(pattern, text))


def _unknown(environment: Environment, tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Filter):
        if node.name not in environment.filters:
            yield f"unknown filter {node.name}"
        if node.name in UNSAFE_FILTERS:
            yield f"filter {node.name} lets markup through"
    for node in tree.find_all(nodes.Test):
        if node.name not in environment.tests:
            yield f"unknown test {node.name}"


def _missing(environment: Environment, tree: nodes.Template) -> Iterator[str]:
    known = set(environment.list_templates())
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        target = node.template
        if isinstance(target, nodes.Const) and target.value not in known:
            yield f"refers to {target.value}, which does not exist"
        elif isinstance(node, nodes.FromImport) and isinstance(target, nodes.Const):
            yield from _not_offered(environment, target.value, node)


def _not_offered(environment: Environment, file: str, node: nodes.FromImport) -> Iterator[str]:
    offered = _offered(environment, file)
    for imported in node.names:
        wanted = imported if isinstance(imported, str) else imported[0]
        if wanted not in offered:
            yield f"{file} has no {wanted}"


@cache
def _offered(environment: Environment, file: str) -> set[str]:
    tree = environment.parse(environment.loader.get_source(environment, file)[0])
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return names | {macro.name for macro in tree.find_all(nodes.Macro)}


def _imported(tree: nodes.Template) -> set[str]:
    named = (n for node in tree.find_all(nodes.FromImport) for n in node.names)
    whole = {node.target for node in tree.find_all(nodes.Import)}
    return {n if isinstance(n, str) else n[1] for n in named} | whole


def _used(tree: nodes.Template) -> set[str]:
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def test_the_templates_are_sound(app):
    folder = ROOT / "templates"
    ours = [name(path, folder) for path in files("**/*.html", "**/*.txt", root=folder)]
    assert faults_in(app.jinja_env, ours) == []


PLANTED = {
    "{% if %}": "does not compile",
    "{{ 3 | pounds_and_pence }}": "filter",
    "{% if 3 is prime %}{% endif %}": "test",
    "{% from 'components/page.html' import stat, facts %}{{ stat(1) }}": "imports facts and never uses it",
    "{% import 'components/page.html' as page %}": "imports page and never uses it",
    "{% from 'components/page.html' import badge %}{{ badge() }}": "components/page.html has no badge",
    "{% extends 'layouts/none.html' %}": "refers to layouts/none.html, which does not exist",
    "{% macro stat(n) %}{{ n }}{% endmacro %}": "macro stat belongs in components/",
    "<p class='a' style='color: red'>": "inline style",
    "<button class='a'\n onclick='go()'>": "inline handler",
    "<script>go()</script>": "script without a nonce",
    "<style>p { color: red }</style>": "style without a nonce",
    '<a href="/fund">Fund</a>': "address written out",
    "{{ application.purpose | safe }}": "filter safe lets markup through",
}
FINE = """{# <b style="x"> #}{% from 'components/page.html' import stat %}{{ stat("style=") | upper }}
<script nonce="{{ n }}">1</script><script src="{{ s }}" defer></script><script type="application/json">{}</script>"""


@pytest.fixture
def environment():
    sources = {"components/page.html": "{% macro stat(n) %}{{ n }}{% endmacro %}{% macro facts() %}{% endmacro %}"}
    return Environment(loader=DictLoader(sources), autoescape=True)


@pytest.mark.parametrize(("source", "told"), list(PLANTED.items()))
def test_each_planted_fault_is_found(environment, source, told):
    environment.loader.mapping["fund/award.html"] = source
    (fault,) = faults_in(environment, ["fund/award.html"])
    assert told in fault


def test_a_sound_template_passes(environment):
    environment.loader.mapping["fund/award.html"] = FINE
    assert faults_in(environment, ["fund/award.html", "components/page.html"]) == []
