"""The pages that a browser is to look at: few, and yet every kind of element in every place where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Page, Route

from tests.support.refusals import Refusal
from tests.support.skeletons import cover, parts_of
from tests.support.world import ANYBODY, ROLES, World

# Addresses that answer with something else than a page.
NOT_PAGES = frozenset(
    {
        *("bootstrap.static", "static", "directory.photo", "directory.profile_by_id", "evidence.item_file"),
        *("fund.quote", "fund.receipt", "fund.letter", "fund.round_letters", "registration.proof", "skills.calendar"),
        *("plan.current_charters", "plan.month_docx", "plan.month_pdf", "plan.public_pdf"),
        *("plan.docx", "plan.pdf", "plan.status_docx", "plan.status_pdf"),
        *("galleries.pdf", "galleries.my_card", "packs.archive", "packs.docx", "packs.pdf"),
        *("pages.alive", "pages.ready", "pages.robots_txt", "pages.security_txt", "pages.sitemap"),
    }
)


@dataclass(frozen=True)
class Sheet:
    """A page as one person got it; *answers* says which form was sent how, if it did not come for the asking."""

    role: str
    path: str
    endpoint: str
    status: int
    text: str = field(repr=False)
    answers: str = ""

    def __str__(self) -> str:
        return f"{self.path} as {self.role}" + (f" ({self.answers})" if self.answers else "")


def all_sheets(world: World) -> list[Sheet]:
    """Every page that anybody of the demo, or of the empty institution, can reach or is asked to open."""
    visits = {role: world.walk(role) for role in (*ROLES, ANYBODY)}
    visits |= {f"person {key}": asked for key, asked in world.tasks_by_person.items()}
    return [
        Sheet(role, visit.path, visit.endpoint, visit.status, visit.text)
        for role, mine in visits.items()
        for visit in mine
        if visit.is_html
    ]


def everybody(world: World) -> dict[str, FlaskClient]:
    """A browser without scripts for each role, and for everybody who is asked to do something."""
    known = {role: world.signed_in(role) for role in (*ROLES, ANYBODY)}
    return known | {f"person {key}": world.signed_in_as(key) for key in world.tasks_by_person}


def few_of(sheets: Iterable[Sheet], *, seen: Iterable[Sheet] = ()) -> list[Sheet]:
    """So many of *sheets* that between them every endpoint and every kind of element in its place is seen."""
    known = frozenset(part for sheet in seen for part in parts_of(sheet.text))
    return cover({sheet: parts_of(sheet.text) | {_place(sheet)} for sheet in sheets}, seen=known)


def one_of_each(sheets: Iterable[Sheet]) -> list[Sheet]:
    """*sheets* without those that are built exactly like another of the same endpoint."""
    return list({(sheet.endpoint, parts_of(sheet.text)): sheet for sheet in sheets}.values())


def of_refusal(refusal: Refusal) -> Sheet:
    form = refusal.form
    return Sheet(form.role, form.action, form.endpoint, refusal.status, refusal.text, f"sent {refusal.sent}")


def opened(tab: Page, sheet: Sheet) -> None:
    """Bring *tab* to *sheet*; what was the answer to a form is handed over in place of its address's own page."""
    if not sheet.answers:
        tab.goto(sheet.path)
        return
    tab.route("**/*", lambda route: _hand_over(route, sheet), times=1)
    tab.goto(sheet.path)


def _hand_over(route: Route, sheet: Sheet) -> None:
    real = route.fetch(max_redirects=0)
    headers = {name: value for name, value in real.headers.items() if name not in _OF_THE_OTHER}
    route.fulfill(status=sheet.status, headers=headers | {"content-type": "text/html; charset=utf-8"}, body=sheet.text)


_OF_THE_OTHER = {"content-length", "content-encoding", "location", "content-type", "allow"}


def _place(sheet: Sheet) -> Any:
    return sheet.endpoint, sheet.status
