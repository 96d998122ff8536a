"""The macros: a field is tied to its words, nothing typed is lost, and the kit shows every part soundly."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import InputRequired

from hub.core import form_parts, icons, navigation, templating
from hub.core.kit import EXAMPLES, PARTS, CourseForm
from hub.core.rag import Rag
from hub.core.themes import Theme
from tests.rules.tree import ROOT
from tests.support.html import check_html


def drawn(app, source, **values):
    with app.test_request_context("/x?view=board"):
        return render_template_string(source, **values)


def course(**typed):
    form = CourseForm(formdata=MultiDict(typed))
    form.validate()
    return form


@pytest.fixture
def in_request(app):
    with app.test_request_context("/x"):
        yield


@pytest.mark.parametrize("path", ["/kit/", *(f"/kit/{part}" for part in PARTS)])
def test_every_page_of_the_kit_is_sound(app, path):
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    assert check_html(answer.get_data(as_text=True)) == []


def test_no_macro_is_left_without_a_page():
    sources = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    everything = "\n".join(sources.values())
    macros = re.findall(r"{% macro (\w+)", everything)
    by_name = set(
        re.findall(
            r'get_template_attribute\("[^"]+", "(\w+)"', "\n".join(p.read_text() for p in (ROOT / "hub").rglob("*.py"))
        )
    )
    assert [m for m in macros if m not in by_name and len(re.findall(rf"\b{m}\(", everything)) < 2] == []


def test_the_kit_shows_only_its_own_parts(app):
    assert app.test_client().get("/kit/layout").status_code == 404


def test_a_wrong_field_is_tied_to_its_hint_and_error(app, in_request):
    html = drawn(app, '{% from "components/fields.html" import field %}{{ field(f) }}', f=course(what="").what)
    assert 'aria-describedby="what-hint what-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="hint" id="what-hint">As the provider writes it</p>' in html


def test_what_was_typed_stays_and_is_escaped(app, in_request):
    html = drawn(app, '{% from "components/fields.html" import field %}{{ field(f) }}', f=course(why='"><script>').why)
    assert "&gt;&lt;script&gt;" in html
    assert "<script>" not in html


def test_words_are_counted_against_the_limit_of_the_form(app, in_request):
    source = '{% from "components/fields.html" import field %}{{ field(f) }}'
    assert "10 words left" in drawn(app, source, f=course(why="two words").why)
    assert "1 word too many" in drawn(app, source, f=course(why="w " * 13).why)


@pytest.mark.parametrize(
    ("name", "kind", "optional"),
    [
        ("what", "text", False),
        ("why", "textarea", False),
        ("note", "text", True),
        ("starts", "date", False),
        ("talk", "datetime-local", True),
        ("cost", "money", False),
        ("people", "text", True),
        ("contact", "email", True),
        ("secret", "password", True),
        ("share", "radio", False),
        ("themes", "checkboxes", False),
        ("unit", "select", False),
        ("quotation", "file", True),
        ("booked", "confirm", False),
    ],
)
def test_each_field_is_drawn_after_its_kind(in_request, name, kind, optional):
    field = CourseForm()[name]
    assert kind in (form_parts.kind(field), "text" if form_parts.kind(field) == "number" else "")
    assert form_parts.is_optional(field) is optional


def test_a_select_that_always_has_an_answer_is_not_called_optional():
    class Sorted(Form):
        by = SelectField(choices=["name", "date"])

    assert form_parts.is_optional(Sorted().by) is False


def test_the_summary_links_to_the_first_control_of_every_fault(app, in_request):
    html = drawn(
        app, '{% from "components/form.html" import error_summary %}{{ error_summary(f) }}', f=course(what="Course")
    )
    assert 'href="#themes-0"' in html
    assert 'href="#starts"' in html
    assert "Everything you wrote is still here, but a password must be typed and files must be chosen again." in html


def test_a_form_that_is_right_has_no_summary(app):
    html = drawn(app, '{% from "components/form.html" import error_summary %}{{ error_summary(f) }}', f=Form())
    assert html.strip() == ""


def test_faults_inside_groups_are_found():
    class Line(Form):
        item = StringField(validators=[InputRequired("Name the item")])

    class Claim(Form):
        traveller = FormField(Line)
        lines = FieldList(FormField(Line), min_entries=2)

    claim = Claim(MultiDict({"traveller-item": "", "lines-0-item": "Train", "lines-1-item": ""}))
    claim.validate()
    assert form_parts.faults(claim) == [("traveller-item", "Name the item"), ("lines-1-item", "Name the item")]


def test_a_form_goes_back_to_its_own_address_with_its_tokens(app, in_request):
    html = drawn(app, '{% from "components/form.html" import form %}{{ form(f, "Save") }}', f=CourseForm())
    assert 'action="/x?view=board"' in html
    assert 'enctype="multipart/form-data"' in html
    assert set(re.findall(r'type="hidden" name="([^"]+)"', html)) >= {"csrf_token", "_once", "_fields"}


def test_a_deed_carries_tokens_and_the_version_of_what_it_changes(app):
    source = """{% from "components/form.html" import post_button, confirm %}
      {{ post_button("Accept", "/a", row) }}{{ confirm("Withdraw", "Sure?", "Yes", "/w", row) }}"""
    html = drawn(app, source, row=SimpleNamespace(version=7))
    assert html.count('name="_version" value="7"') == 2
    assert html.count('name="csrf_token"') == 2


def test_a_listing_keeps_sort_and_query_when_it_is_narrowed(app):
    listing = EXAMPLES["lists"]()["listing"]
    html = drawn(
        app,
        '{% from "components/lists.html" import list_page %}{% call list_page(listing, "Find") %}rows{% endcall %}',
        listing=listing,
    )
    assert '<input type="hidden" name="sort" value="name">' in html
    assert 'name="skill" value="microscopy"' in html
    assert html.count('form="list-form"') == 16
    assert "<summary>4 more</summary>" in html


def test_an_empty_listing_offers_the_way_out(app):
    listing = EXAMPLES["lists"]()["nothing"]
    html = drawn(
        app,
        '{% from "components/lists.html" import list_page %}{% call list_page(listing) %}rows{% endcall %}',
        listing=listing,
    )
    assert "Nothing matches" in html
    assert "rows" not in html


def test_a_list_of_nothing_at_all_has_nothing_to_narrow(app):
    listing = EXAMPLES["lists"]()["nothing"]
    listing.q, listing.chips = "", []
    source = """{% from "components/lists.html" import list_page %}
      {% call list_page(listing, "Find", none_yet="Invite somebody.") %}{% endcall %}"""
    html = drawn(app, source, listing=listing)
    assert "No technicians yet" in html
    assert "Invite somebody." in html
    assert "<form" not in html


def test_only_places_that_exist_and_that_somebody_may_open_are_shown(app):
    row = navigation.Row(
        navigation.Entry("b", "Kit", "kit.index", 2),
        navigation.Entry("a", "Gone", "no.such_page", 1),
        navigation.Entry("c", "Part", "kit.show", 3),
        navigation.Entry("d", "Lead", "kit.index", 4, lambda user: user == "lead"),
    )
    with app.test_request_context():
        assert [e.key for e in row.shown_to("somebody")] == ["b"]
        assert [e.key for e in row.shown_to("lead")] == ["b", "d"]


def test_adding_an_entry_again_replaces_it():
    row = navigation.Row()
    row.add("hub", "My hub", "kit.index", 2)
    row.add("hub", "My hub", "kit.index", 1)
    assert [e.order for e in row] == [1]


def test_the_address_of_a_static_file_changes_with_its_content(app, tmp_path):
    one, two = tmp_path / "one.css", tmp_path / "two.css"
    one.write_text("a")
    two.write_text("b")
    with app.app_context():
        assert templating.content_hash(one) == "ca978112ca"
        assert templating.content_hash(two) != "ca978112ca"
        assert templating.content_hash(tmp_path / "gone.css") is None


def test_the_stylesheet_lays_itself_over_the_bootstrap_that_is_installed(app):
    with app.test_request_context():
        preloaded = templating.static_file("css/bootstrap.min.css", "bootstrap.static")
    imported = re.search(r'@import url\("../..(.+?)"\)', (ROOT / "static/css/hub.css").read_text())
    assert imported[1] == preloaded


def test_an_icon_is_decoration_and_a_wrong_name_is_an_error():
    assert str(icons.icon("bell")).startswith('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path')
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_status_is_never_colour_alone(app):
    html = drawn(
        app,
        """{% from "components/status.html" import rag, theme %}
        {% for r in rags %}{{ rag(r) }}{% endfor %}{{ theme("evaluating_impact") }}""",
        rags=Rag,
    )
    assert [word in html for word in ("Not started", "In progress", "Done", "Evaluating impact")] == [True] * 4
    assert re.findall(r'<text x="11" y="15.2">(.)</text>', html) == ["R", "A", "G"]


def test_themes_and_colours_have_words():
    assert [t.label for t in Theme][2] == "Career development"
    assert all(t.icon for t in Theme)
    assert [r.label for r in Rag] == ["Not started", "In progress", "Done"]


def test_a_conflict_shows_both_and_escapes_them(app):
    pairs = [
        ("Note", "note", ["<b>mine</b>"], "theirs"),
        ("Themes", "themes", ["a", "b"], None),
        ("Due", "due", [""], date(2026, 7, 31)),
    ]
    with app.test_request_context("/x", method="POST", data={"_fields": "note,themes,due"}):
        html = app.jinja_env.get_template("errors/409.html").render(
            **templating.asked(),
            pairs=pairs,
            lost=[pair[:3] for pair in pairs],
            subject=SimpleNamespace(version=4),
            back="/back",
        )
    assert check_html(html) == []
    assert "&lt;b&gt;mine&lt;/b&gt;" in html
    assert "<b>mine</b>" not in html
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html.split("</table>")[1].split("</form>")[0])[
        2:
    ] == [
        ("_version", "4"),
        ("_fields", "note,themes,due"),
        ("note", "&lt;b&gt;mine&lt;/b&gt;"),
        ("themes", "a"),
        ("themes", "b"),
        ("due", ""),
    ]


@pytest.mark.parametrize("status", [500, 503, 507])
def test_pages_for_a_broken_hub_need_neither_database_nor_person_and_give_back_what_was_typed(app, status):
    with app.test_request_context():
        page = app.jinja_env.get_template(f"errors/{status}.html")
        bare, full = page.render(lost=[]), page.render(lost=[("Note", "note", ["<b>mine</b>"])])
    assert check_html(bare) == check_html(full) == []
    assert "Your text is below" not in bare
    assert "&lt;b&gt;mine&lt;/b&gt;" in full


@pytest.mark.parametrize("status", [400, 403, 404, 413, 422, 429])
def test_pages_that_say_what_went_wrong_give_the_reason(app, status):
    with app.test_request_context():
        html = app.jinja_env.get_template(f"errors/{status}.html").render(
            **templating.asked(), reason="The round closed <yesterday>.", back="/fund"
        )
    assert check_html(html) == []
    assert ("The round closed &lt;yesterday&gt;." in html) is (status != 404)
    assert '<a class="btn btn-primary" href="/fund">Go back</a>' in html
