"""What an eye or a keyboard would find wrong with a page in the browser, one line a fault."""

from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


def sticking_out(page: Page) -> list[str]:
    """What makes *page* scroll sideways at its present width, and by how much; nothing if it does not."""
    return _asked(page, "stickingOut")


def clipped(page: Page) -> list[str]:
    """What is cut off, lies over other words or sticks out when a reader spaces the text as WCAG 1.4.12 lets them."""
    return _asked(page, "clipped")


def unseen_focus(page: Page) -> list[str]:
    """What cannot take the focus, takes it unseen, or lies under something else while it has it."""
    return _asked(page, "unseenFocus")


def focus_fault(page: Page) -> list[str]:
    """Why the focus, where it now is, cannot be seen."""
    return _asked(page, "focusFaultHere")


def open_all(page: Page) -> None:
    """Open whatever is folded away or waits behind a summary."""
    _asked(page, "openAll")


def spread_out(page: Page) -> None:
    """Lay what has been opened side by side instead of one over another, for the judges."""
    _asked(page, "spreadOut")


def keyboard(page: Page) -> list[str]:
    """What is wrong with *page* for somebody who has only the Tab key."""
    _asked(page, "stops")
    page.evaluate("() => { window.waiting = looking.stops(); window.reached = []; document.activeElement.blur(); }")
    found: list[str] = []
    for _ in range(page.evaluate(_KEYSTROKES)):
        page.keyboard.press("Tab")
        found += page.evaluate(_STEP)
    return found + list(
        page.evaluate("waiting.filter(e => !reached.includes(e)).map(e => `not reached: ${looking.shown(e)}`)")
    )


# A date has a stop for its day, month, year, hour, minute and calendar.
_KEYSTROKES = "waiting.length + 1 + 6 * waiting.filter(e => e.type?.startsWith('date')).length"
_STEP = """() => {
  const at = document.activeElement, before = reached.at(-1);
  if (at === document.body || reached.includes(at)) return [];
  reached.push(at);
  const isLater = !before || before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...looking.focusFault(at), ...(isLater ? [] : [`before its turn: ${looking.shown(at)}`])];
}"""


def _asked(page: Page, what: str) -> list[str]:
    page.evaluate(f"() => {{ if (!window.looking) {{ {_SCRIPT} }} }}")
    return list(page.evaluate(f"looking.{what}()") or [])
