"""Every number on the pages of plan, evidence, charters and packs opens to what it counts, for each of its readers."""

import re
from functools import cache
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from hub.core.db import db
from hub.plan.models import Action
from tests.support.world import fetch

pytestmark = pytest.mark.xdist_group("world")

OURS = ("plan", "evidence", "charters", "packs")
VIEWS = ("", "?view=board", "?view=timeline", "?view=page")
MOST_ALIKE = 2  # links from one page to one other that are followed

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT = "|".join(name[:3] for name in MONTHS.split("|"))
DAY = re.compile(rf"(\d{{1,2}} )?\b(?:{MONTHS}|{SHORT})\b( \d{{4}})?(, \d\d:\d\d)?")
NUMBER = re.compile(r"(?<![\w,.])£?\d[\d,]*(?:\.\d\d)?(?![\w%])")
NOUNS = (
    "done|in progress|not started|continued|stopped|registered|actions?|pieces?|records?|milestones?|people"
    "|technicians?|points?|comments?|sessions?|awards?|profiles?|pairs|nominations?|entries|evidence packs?"
)
NOUN = re.compile(rf"\b[1-9][\d,]*\b(?: of (?:the )?\d[\d,]*)? (?:{NOUNS})\b")
NOT_SAID = "form, option, script, svg, time, .flashes, .facets, .pager, .visually-hidden, .crumbs, .chips"
ALONE = "td.num, dd, .stat__value, .count, .gline__n"
# Where a number need not be a link itself, and why.
EXPLAINED = {
    ".countline, .together, .page-head__status:has(+ .lede), p:has(code)": "the list that it counts stands below it",
    "h1, h2, h3, summary, .theme-row": "what it counts stands under it",
    "tr:has(a)": "a figure of what its row opens",
    "li:has(a)": "a figure of what the line opens",
    "figure.chart, .chart__says": "projected, and compared with the number above it, which is a link",
    ".page-head .lede, [aria-labelledby='in-words']": "the same figures stand beside the list, to narrow it by",
    "[aria-labelledby='published'] > p": "the changes that it counts stand under it",
    "[aria-labelledby='by-unit']": "so few of each unit that nobody is to be named",
    "#list-results tr": "one record’s own figure",
    "[aria-labelledby='readings'] tr": "typed, with the words of whoever says where it is from",
    ".notice": "what was done a moment ago, or what the list below marks",
    "dl.facts": "what one record says",
    ".as-typed, blockquote, .hint, .piece, .voice, .history, .amended": "somebody’s own words, or one record’s",
}


@pytest.fixture(scope="module", params=["lead", "owner", "technician"])
def reader(request, world):
    """Who reads, with a way to open an address once, and the pages of ours that they were shown."""
    if request.param == "owner":
        owners = select(Action.owner_id).where(Action.owner_id != world.person("lead").id)
        with world.at_home():
            owner_id = db.session.scalars(owners.limit(1)).one()
        client, found = world.signed_in_as(owner_id), []
    else:
        client = world.signed_in(request.param)
        found = world.walk(request.param)
    opened = cache(lambda path: fetch(world.app, client, path))
    with world.at_home():
        plans = db.session.scalars(select(Action.plan_id).distinct().order_by(Action.plan_id)).all()
        measured = db.session.scalars(select(Action.id).order_by(Action.plan_id.desc(), Action.id).limit(5)).all()
    asked = [f"/plans/{plan}{view}" for plan in plans for view in (*VIEWS, "/compared")]
    asked += [f"/plans/actions/{key}" for key in measured]
    visits = [*(opened(path) for path in asked), *found]
    pages = {}
    for v in visits:
        if v.is_html and v.status == 200 and v.endpoint.split(".")[0] in OURS:
            view = dict(parse_qsl(urlsplit(v.path).query)).get("view", "")
            pages.setdefault((v.endpoint, view, urlsplit(v.path).path if v.path in asked else ""), v)
    return opened, [(page, main(page.text)) for page in pages.values()]


def main(text):
    """What a page says of its own, without what is to be filled in."""
    soup = BeautifulSoup(text, "lxml").main
    for part in soup.select(NOT_SAID):
        part.decompose()
    return soup


def said(element):
    return DAY.sub(" ", " ".join(element.get_text(" ").split()))


def numbers(text):
    return [n.replace(",", "").lstrip("£") for n in NUMBER.findall(text)]


def linked(page, soup):
    """Each number that is a link, with where it leads."""
    for a in soup.select("a[href]"):
        text = said(a)
        if (NOUN.search(text) or NUMBER.fullmatch(text)) and a["href"].startswith(("/", "#")):
            yield numbers(text)[0], page.path.partition("#")[0] + a["href"] if a["href"][0] == "#" else a["href"]


def shown_at(opened, address):
    """The numbers by which a page says what it holds: its title, its count, what all of it comes to."""
    path, fragment = urldefrag(address)
    visit = opened(path)
    if visit.status in {302, 303}:
        return shown_at(opened, visit.links[0])
    assert visit.status == 200, f"{path} answers {visit.status}"
    soup = main(visit.text)
    part = soup.select_one(f"#{fragment}") if fragment else None
    if part is not None:
        within = part.find_parent(["section", "tr"]) or part
        return [*numbers(said(within)), str(len(within.select("li.step"))), str(len(within.select("li.step--done")))]
    saying = soup.select("h1, h2, h3, .lede, .countline, .together, .chart, .table td")
    return numbers(" ".join(said(e) for e in saying))


def test_each_number_that_is_a_link_leads_to_what_it_counts(reader):
    opened, pages = reader
    wrong, followed = [], {}
    for page, soup in pages:
        for number, address in linked(page, soup):
            kind = (page.endpoint, re.sub(r"\d+", "#", address))
            followed[kind] = followed.get(kind, 0) + 1
            if followed[kind] <= MOST_ALIKE and number not in shown_at(opened, address):
                wrong.append((page.path, number, address))
    assert wrong == []
    assert len(followed) >= 8


def test_no_number_stands_alone(reader):
    _, pages = reader
    alone = set()
    for page, soup in pages:
        by_itself = {id(e) for e in soup.select(ALONE)}
        explained = {id(e) for e in soup.select(", ".join(EXPLAINED))}
        for text in soup.find_all(string=re.compile(r"\d")):
            words = DAY.sub(" ", text).strip()
            counts = NOUN.search(words) or (NUMBER.fullmatch(words) and words != "0" and id(text.parent) in by_itself)
            if counts and not any(e.name == "a" or id(e) in explained for e in text.parents):
                alone.add((page.endpoint, page.path, " ".join(text.split())[:100]))
    assert sorted(alone) == []
