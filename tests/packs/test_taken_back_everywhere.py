"""What somebody no longer agrees to is served nowhere from the next request on, whatever was kept of it before."""

import io
import re
import zipfile
from collections import deque
from urllib.parse import parse_qsl, urlsplit

import pytest

from hub.charters import services as charters
from hub.evidence import queries as evidence
from hub.evidence import services as items
from hub.evidence.models import Scope
from hub.packs.models import Audience
from tests import factories as make
from tests.charters import making as for_charters
from tests.evidence import making as for_evidence
from tests.gates.canary import text_of
from tests.packs import making
from tests.support.world import endpoint_of

QUOTE = "She saved my doctorate."
STARTS = ("/impact", "/public", "/evidence/ledger", "/evidence/mine", "/plans/", "/plans/current", "/packs/")
OURS = re.compile(r"/(?:impact|public|institutions|evidence|plans|packs|charters)\b")
LINK = re.compile(r'href="(/[^"#]*)')
SERVED_AT = {
    *("evidence.ledger", "evidence.entry", "evidence.item", "charters.place"),
    *("plan.evidence", "plan.action", "plan.pdf", "plan.docx", "plan.point", "plan.month_evidence"),
    *("packs.pack", "packs.pdf", "packs.docx", "packs.archive", "packs.choose"),
}


@pytest.fixture
def lead(db):
    return make.lead()


def read(page, path, **headers):
    """What an address answers, and its words if it is a page, a list or a paper."""
    response = page._send("GET", path, headers=headers)
    if response.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(response.data)) as files:
            return response, "\n".join(text_of(files.read(name)) for name in files.namelist())
    return response, text_of(response.data) if response.status_code == 200 else ""


def everything(page, *starts):
    """Every address of ours that can be reached, one of each kind, with its words."""
    waiting, tried, found = deque([*starts, *STARTS]), set(), {}
    while waiting:
        path = waiting.popleft().replace("&amp;", "&")
        names = sorted(f"{name}={value}" if name in {"export", "view"} else name for name, value in asked(path))
        kind = (endpoint_of(page.app, path), *names)
        if path in found or not OURS.match(path) or kind in tried or "sort" in names:
            continue
        tried.add(kind)
        response, text = read(page, path)
        found[path] = (response, text)
        waiting.extend(LINK.findall(response.text) if response.mimetype == "text/html" else ())
        waiting.extend([response.location] if response.location else [])
    return found


def asked(path):
    return parse_qsl(urlsplit(path).query)


def test_a_quote_is_served_nowhere_once_it_is_taken_back(page, lead):
    giver = make.person(lead.institution)
    of, (action, _) = making.plan(lead)
    item = for_evidence.testimonial(lead, title=QUOTE, text=QUOTE)
    for_evidence.agree(item, lead, person=giver, wording=QUOTE, scope=Scope.PUBLIC)
    entry = making.accepted(evidence.entry_of(item), lead, action)
    charters.place(entry, for_charters.points(lead, "Words of those who are helped"), actor=lead)
    packs = [making.frozen(of, lead, f"For {audience.value}", audience=audience) for audience in Audience]
    before = {}
    for who in (lead, None):
        page.as_user(who) if who else page.signed_out()
        before[who] = everything(page, f"/plans/actions/{action.id}")
    served = {endpoint_of(page.app, path) for path, (_, text) in before[lead].items() if QUOTE in text}
    assert SERVED_AT - served == set()
    items.take_out(evidence.item(item.id), actor=giver)
    for who, seen in before.items():
        page.as_user(who) if who else page.signed_out()
        for path, kept in ((path, kept) for path, (kept, text) in seen.items() if QUOTE in text):
            marks = {"If-None-Match": kept.headers.get("ETag"), "If-Modified-Since": kept.headers.get("Last-Modified")}
            response, text = read(page, path, **{name: value for name, value in marks.items() if value})
            assert (QUOTE in text, response.status_code == 304) == (False, False), path  # nor is a copy still good
    page.as_user(lead)
    for pack in packs:
        assert "No longer may be sent" in page.get("packs.pack", pack_id=pack.id).select_one(".notice").text
