"""Words that nobody should meet: rude to technicians, unfinished, or true only on one machine."""

import re
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, name, read

EVERYWHERE = {
    "says “support staff”": r"(?i:support\s+staff)",
    "is unfinished": r"\b(?:TODO|FIXME|XXX)\b|(?i:lorem ipsum)",
    "names a folder of one machine": r"(?<![\w.])/(?:work|root|home|Users)/\w|\b[A-Z]:\\\w",
}
IN_THE_PRODUCT = {
    "links to one machine": r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)",
}
ON_SCREEN = {
    "calls people users": r"(?i:\busers?\b)",
    "says please or sorry": r"(?i:\b(?:please|sorry|oops)\b)",
}
IN_PACKAGE_LISTS = {
    "says where packages come from": r"https?://(?!127\.)|--(?:extra-)?index-url|--find-links",
}
PACKAGE_LISTS = ("Makefile", "pyproject.toml", "requirements/")
PROJECT = (
    *("*.md", "*.toml", "*.py", "Makefile", ".ci/run", "requirements/*.txt", "docs/**/*.md", "static/css/*.css"),
    *("static/js/*.js", "hub/**/*.*", "templates/**/*.*", "migrations/**/*.*", "tests/**/*.py"),
)
ITSELF = "tests/rules/test_text.py"


def bad_words(root: Path) -> list[str]:
    """Where a forbidden word stands, as ``file:line says …``."""
    faults = []
    for path in files(*PROJECT, root=root):
        own = name(path, root)
        if own == ITSELF or _is_binary(path):
            continue
        text = read(path)
        faults += _found(own, text, EVERYWHERE)
        if own.startswith(("hub/", "templates/")):
            faults += _found(own, text, IN_THE_PRODUCT)
        if own.startswith(PACKAGE_LISTS):
            faults += _found(own, text, IN_PACKAGE_LISTS)
        if own.startswith("templates/"):
            faults += _found(own, _visible(text), ON_SCREEN)
    return faults


def _found(own: str, text: str, patterns: dict[str, str]) -> list[str]:
    lines = text.splitlines()
    return [
        f"{own}:{at} {what}: {hit.group()}"
        for what, pattern in patterns.items()
        for at, line in enumerate(lines, 1)
        if (hit := re.search(pattern, line))
    ]


def _visible(template: str) -> str:
    """What is left of a template's text when code, comments and tags are blanked, line for line."""
    return re.sub(
        r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", lambda m: "\n" * m.group().count("\n"), template, flags=re.DOTALL
    )


def _is_binary(path: Path) -> bool:
    return b"\0" in path.read_bytes()[:1024]


def test_nobody_meets_a_word_they_should_not():
    assert bad_words(ROOT) == []


@pytest.mark.parametrize(
    ("where", "text", "told"),
    [
        ("templates/fund/award.html", "<p>Thank our support staff</p>", "says “support staff”"),
        ("hub/fund/views.py", "# TODO later", "is unfinished"),
        ("docs/setup.md", "cd /home/ada/hub", "names a folder of one machine"),
        ("requirements/run.txt", "--index-url https://packages.example", "says where packages come from"),
        ("templates/fund/email/won.txt", "http://localhost:5000/fund", "links to one machine"),
        ("templates/fund/award.html", "{{ user }}\n<p class='user'>Choose a user</p>", "calls people users"),
        ("templates/fund/award.html", "<p>Please wait</p>", "says please"),
    ],
)
def test_a_planted_word_is_found(tmp_path, where, text, told):
    planted = tmp_path / where
    planted.parent.mkdir(parents=True)
    planted.write_text(text, encoding="utf-8")
    (fault,) = bad_words(tmp_path)
    assert fault.startswith(where)
    assert told in fault


def test_names_in_code_are_not_words_on_screen(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        "{% if user %}<b class='user'>{{ user.name }}</b>{% endif %}", encoding="utf-8"
    )
    assert bad_words(tmp_path) == []
