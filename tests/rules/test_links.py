"""Every address that a template asks for by name exists."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
ASKED = re.compile(r"""\burl_for\(\s*['"]([\w.]+)['"]""")


def unknown(text: str, endpoints: set[str]) -> list[str]:
    return [name for name in ASKED.findall(text) if name not in endpoints]


def test_templates_link_only_to_pages_that_exist(app):
    endpoints = set(app.view_functions)
    wrong = {str(f): unknown(f.read_text(encoding="utf-8"), endpoints) for f in sorted(TEMPLATES.rglob("*.html"))}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_link_to_a_page_that_is_gone_is_found():
    assert unknown("<a href=\"{{ url_for('pages.gone', x=1) }}\">", {"pages.home"}) == ["pages.gone"]
