"""Somebody on a phone that runs no scripts, and somebody with nothing but a keyboard."""

import re

from tests.accounts.making import PASSWORD
from tests.support import looking

PHONE = {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
NAMED = """() => {
  const at = document.activeElement, isOneOfMany = at.type === "radio" || at.type === "checkbox";
  const question = isOneOfMany ? at.closest("fieldset")?.querySelector("legend")?.innerText ?? "" : "";
  return `${question} ${at.labels?.[0]?.innerText || at.innerText || ""}`.trim().replace(/\\s+/g, " ");
}"""


def sign_in(tab, email):
    tab.goto("/sign-in")
    tab.fill("[name=email]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()


# -- with a thumb ------------------------------------------------------------------------------------------------------


def tap(tab, role, name):
    """Press the first link or button of the page called *name*, and see that the page it leads to fits the phone."""
    with tab.expect_navigation():
        tab.locator("main").get_by_role(role, name=name).first.click()
    assert looking.sticking_out(tab) == [], tab.url


# -- with keys ---------------------------------------------------------------------------------------------------------


def reach(tab, name):
    """Press Tab until what is called *name* has the focus, and see that it shows."""
    for _ in range(90):
        tab.keyboard.press("Tab")
        here = tab.evaluate(NAMED)
        if here == name or (isinstance(name, re.Pattern) and name.search(here)):
            assert looking.focus_fault(tab) == [], tab.url
            return
    raise AssertionError(f"Tab does not reach {name} on {tab.url}")


def press(tab, name, key="Enter"):
    reach(tab, name)
    with tab.expect_navigation():
        tab.keyboard.press(key)


def write(tab, label, text):
    """Over what stands there, as somebody does who came by Tab."""
    reach(tab, re.compile(label))
    tab.keyboard.type(text)


def choose(tab, label, steps=0):
    """Of one of many: the first, or the one so many steps after it."""
    reach(tab, re.compile(label))
    tab.keyboard.press("Space")
    for _ in range(steps):
        tab.keyboard.press("ArrowRight")


def errors_have_the_focus(tab):
    """What is wrong is read first, and each line of it leads to its field."""
    assert tab.evaluate("document.activeElement.className") == "errors"
    links = tab.locator(".errors a")
    assert links.count() > 0
    for link in links.all():
        field = link.evaluate("e => { const to = document.querySelector(e.hash); return to?.outerHTML.slice(0, 80); }")
        assert field is not None, link.inner_text()
