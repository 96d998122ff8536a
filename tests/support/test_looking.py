"""What looks at pages in the browser sees what is wrong, and nothing where nothing is."""

import pytest

from tests.support import judges, looking

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en-GB"><head><title>Round</title><style>{css}</style></head>
<body><main><h1>Spring round</h1>{body}</main></body></html>"""
SOUND = PAGE.format(
    css="", body='<p>All <a href="/fund">rounds</a></p><button type="button">Award</button> <a href="/">Home</a>'
)


@pytest.fixture
def tab(chromium):
    tab = chromium.new_page(viewport={"width": 320, "height": 600})
    yield tab
    tab.close()


def shown(tab, css, body):
    tab.set_content(PAGE.format(css=css, body=body))
    return tab


@pytest.mark.parametrize("look", [looking.clipped, looking.unseen_focus, looking.keyboard, judges.htmlcs])
def test_a_sound_page_passes(tab, look):
    tab.set_content(SOUND)
    assert look(tab) == []


@pytest.mark.parametrize(
    ("css", "body", "told"),
    [
        (".box { height: 1.2em; overflow: hidden }", '<p class="box">' + "Several words " * 12 + "</p>", "cut off"),
        (
            ".row { height: 16px; line-height: 16px }",
            '<div class="row">One two three four five six seven eight nine ten eleven twelve</div>' * 2,
            "over",
        ),
        (
            ".wide { white-space: nowrap }",
            '<p class="wide">Forty characters and a few more hardly fit here</p>',
            "px wide",
        ),
    ],
    ids=["cut off", "one over another", "sticking out"],
)
def test_text_that_has_no_room_is_found(tab, css, body, told):
    assert any(told in fault for fault in looking.clipped(shown(tab, css, body)))


def test_a_focus_that_nothing_shows_is_found(tab):
    found = looking.unseen_focus(shown(tab, ":focus { outline: none }", '<a href="/">Home</a>'))
    assert ["nothing shows the focus" in fault for fault in found] == [True]


def test_a_focus_under_something_that_sticks_is_found(tab):
    bar = '<div class="bar">Bar</div>'
    links = '<p><a href="/">Home</a></p>' * 60
    found = looking.unseen_focus(
        shown(tab, ".bar { position: sticky; top: 0; height: 200px; background: #fff }", bar + links)
    )
    assert any("covered" in fault for fault in found)


def test_a_trap_is_found(tab):
    trap = '<button type="button" onkeydown="event.preventDefault()">Stay</button> <a href="/">Home</a>'
    assert any("not reached: <a" in fault for fault in looking.keyboard(shown(tab, "", trap)))


def test_a_stop_before_its_turn_is_found(tab):
    found = looking.keyboard(shown(tab, "", '<a href="/">First</a> <a href="/" tabindex="1">Second</a>'))
    assert any("before its turn" in fault for fault in found)


def test_html_codesniffer_finds_a_field_without_a_name(tab):
    assert any("F68" in fault or "H91" in fault for fault in judges.htmlcs(shown(tab, "", "<form><input></form>")))


def test_the_nu_html_checker_finds_what_is_not_html(tmp_path):
    for name, body in (
        ("sound", "<p>Fine</p>"),
        ("broken", '<p datetime="2026"><time datetime="soon">Soon</time></p>'),
    ):
        (tmp_path / f"{name}.html").write_text(PAGE.format(css="", body=body), "utf-8")
    found = judges.vnu(sorted(tmp_path.iterdir()))
    assert {fault.split(":")[0] for fault in found} == {"broken.html"}
    assert any("soon" in fault for fault in found)
