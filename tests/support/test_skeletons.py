"""A few pages stand for all that are built alike, and none that is built otherwise is left out."""

from tests.support.refusals import Refusal, summary_faults
from tests.support.skeletons import cover, parts_of
from tests.support.sweeping import Form

LIST = "<html><body><ul class='rows'>{}</ul></body></html>"
ROW = "<li><a href='/x'>{}</a></li>"


def test_words_and_numbers_of_rows_make_no_difference_and_an_element_does():
    short, long = LIST.format(ROW.format("One")), LIST.format(ROW.format("Two") + ROW.format("Three"))
    with_tag = LIST.format(ROW.format("One") + "<li><span class='tag'>New</span></li>")
    assert parts_of(short) == parts_of(long)
    assert parts_of(with_tag) > parts_of(short)


def test_the_fewest_pages_are_chosen_that_have_everything_between_them():
    pages = {"all but d": frozenset("abc"), "ab": frozenset("ab"), "d": frozenset("d"), "c": frozenset("c")}
    assert cover(pages) == ["all but d", "d"]
    assert cover(pages, seen=frozenset("abc")) == ["d"]


def test_a_summary_that_leads_nowhere_or_is_not_there_is_found():
    form = Form("fund.award", "/award", "lead", "/award", ())
    summary = (
        '<div class="errors" role="alert" tabindex="-1" data-focus><ul><li><a href="#sum">Too much</a></li></ul></div>'
    )
    page = "<html><body><main>{}<input id='sum'{}></main></body></html>"
    sound, unmarked = (page.format(summary, marked) for marked in (" aria-invalid='true'", ""))
    assert summary_faults(Refusal(form, "wrong", 422, sound)) == []
    assert summary_faults(Refusal(form, "wrong", 422, unmarked)) == [
        "“Too much” leads to #sum, which says nothing of it"
    ]
    assert summary_faults(Refusal(form, "wrong", 422, page.format("", ""))) == ["no summary of what is wrong"]
