"""The page checker passes a sound page and names every fault planted in it."""

import pytest

from tests.support.html import check_html

SOUND = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Spring round</title>
<script nonce="n">document.documentElement.className = "js";</script>
<script type="application/json" id="facts">{"left": {"pence": 1}}</script></head>
<body><a href="#main">Skip to the round</a><main id="main">
<h1>£400 is left</h1>
<form method="post" action="/award">
<input type="hidden" name="csrf_token" value="a"><input type="hidden" name="_once" value="b">
<label for="sum">Amount</label> <p id="sum-hint">In pounds</p> <input id="sum" name="sum" aria-describedby="sum-hint">
<label>Reason <textarea name="why"></textarea></label>
<fieldset><legend>Panel</legend><input type="radio" id="p1" name="panel"> <label for="p1">Yes</label></fieldset>
<button>Award</button></form>
<form><label for="q">Search</label> <input id="q" name="q">
<button aria-label="Search"><svg aria-hidden="true"></svg></button></form>
<h2>Awarded</h2><ul><li><a href="/fund/1"><img src="/a.png" alt="Ada Okafor"></a> asked for {{7*7}}</li></ul>
</main></body></html>"""

PLANTED = {
    ("<h2>Awarded</h2>", "<h2>Awarded</b></h2>"): "end tag",
    ('id="sum-hint"', 'id="sum"'): "id used 2 times: sum",
    ('id="p1"', 'id="p 1"'): "id with a space",
    ("<h1>£400 is left</h1>", ""): "0 h1 headings",
    ("<h2>Awarded</h2>", "<h1>Awarded</h1>"): "2 h1 headings",
    ("<h2>Awarded</h2>", "<h3>Awarded</h3>"): "heading h3 follows h1",
    ("<h2>Awarded</h2>", "<h2></h2>"): "empty heading",
    ('<label for="q">Search</label>', ""): "field without a label",
    ('<label for="q">Search</label>', '<label for="q"></label>'): "field without a label",
    ('for="p1"', 'for="p2"'): "for refers to nothing: p2",
    ('aria-describedby="sum-hint"', 'aria-describedby="sum-error"'): "aria-describedby refers to nothing",
    ("<h2>", '<h2 style="color:red">'): "inline style",
    ("<h2>", '<h2 onclick="go()">'): "inline script onclick",
    ('<script nonce="n">', "<script>"): "<script> without a nonce",
    ("</title>", "</title><style>a{}</style>"): "<style> without a nonce",
    ('name="csrf_token"', 'name="token"'): "POST form without csrf_token",
    ('name="_once"', 'name="once"'): "POST form without _once",
    (' alt="Ada Okafor"', ""): "image without alt",
    ('alt="Ada Okafor"', 'alt=""'): "nothing says what this is: <a",
    ('<button aria-label="Search">', "<button>"): "nothing says what this is: <button",
    ('href="/fund/1"', 'href="#"'): "leads nowhere",
    ('href="/fund/1"', 'href="javascript:go()"'): "leads nowhere",
    ('href="#main"', 'href="#content"'): "missing part of the page",
    ("<title>Spring round</title>", "<title> </title>"): "no title",
    (' lang="en-GB"', ""): "language",
    ("{{7*7}}", "{{ application.sum }}"): "left over: {{ application.sum }}",
    ("{{7*7}}", "{% endif %}"): "left over: {% endif %}",
    ("<ul><li>", "<ul><p>Two</p><li>"): "<p> directly inside <ul>",
    ("<button>Award</button>", "<button><div>Award</div></button>"): "<div> inside <button>",
    ("<button>Award</button>", "<button>Award <a href='/fund'>all</a></button>"): "inside <button>",
}


def test_a_sound_page_has_no_faults():
    assert check_html(SOUND) == []


@pytest.mark.parametrize(("change", "told"), list(PLANTED.items()))
def test_each_planted_fault_is_named(change, told):
    page = SOUND.replace(*change, 1)
    assert page != SOUND
    assert any(told in fault for fault in check_html(page)), check_html(page)


def test_a_page_that_differs_only_in_words_is_as_sound_and_one_that_is_built_otherwise_is_looked_at():
    other = SOUND.replace("</p>", " and more</p>", 1)
    assert other != SOUND
    assert check_html(SOUND) == check_html(other) == []
    assert check_html(SOUND.replace("</p>", "</p><p id='twice'></p><p id='twice'></p>", 1)) != []
    assert check_html(SOUND.replace("</p>", " {{ left }}</p>", 1)) != []
    assert check_html(SOUND.replace("</p>", " &nothing;</p>", 1)) != []
