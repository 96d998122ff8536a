"""The cards of the search page: only what the person who asks may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hub.directory import finding, policy
from hub.directory.fields import FIELDS, pieces
from hub.directory.finding import Reason, Scope
from hub.directory.lexicon import Lexicon, lexicon
from hub.directory.models import Visibility
from hub.directory.reading import Reading
from hub.directory.terms import stem, words


@dataclass(frozen=True, slots=True)
class Found:
    """One card: only what the person who asks may see."""

    name: str
    slug: str
    title: str
    unit: str
    place: str
    is_near: bool  # on the campus of the person who asks
    photo_href: str
    why: Sequence[tuple[str, str, str]]

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        names = self.name.split()
        return (names[0][0] + (names[-1][0] if len(names) > 1 else "")).upper()

    @property
    def who(self) -> str:
        """“Workshop manager, School of Engineering. Forge Yard, Moor Park.”"""
        return " ".join(f"{text}." for text in (joined_by_comma(self.title, self.unit), self.place) if text)


def joined_by_comma(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Look:
    """With whose eyes the cards are drawn, for which query, from which campus."""

    where: Scope
    reading: Reading
    campus: str
    path: str  # of the directory

    @property
    def known(self) -> Lexicon:
        where = self.where
        return lexicon(where.institution_id, where.audiences, where.words, where.vocabulary)


def found(look: Look, person_ids: Sequence[int]) -> Iterator[Found]:
    """The people as cards, in the order given."""
    if not person_ids:
        return
    reasons = finding.reasons(look.where, look.reading, person_ids)
    known = look.known
    for row in finding.cards(person_ids):
        yield _card(look, row, [why for r in reasons.get(row.id, []) if (why := _why(known, row, r))])


def _sees(look: Look, row: Any, key: str) -> bool:
    shown = Visibility(row.shown_to.get(key, FIELDS[key].default))
    return policy.audience(shown, unit_id=row.unit_id, agreed=False) in look.where.audiences


def _card(look: Look, row: Any, why: Sequence[tuple[str, str, str]]) -> Found:
    sees_place = _sees(look, row, "place")
    has_photo = row.photo_id is not None and _sees(look, row, "photograph")
    return Found(
        row.name,
        row.slug,
        row.job_title,
        row.unit or "",
        joined_by_comma(row.building, row.campus) if sees_place else "",
        sees_place and bool(row.campus) and row.campus == look.campus,
        f"{look.path}{row.slug}/photograph?size=face" if has_photo else "",
        why,
    )


def _why(known: Lexicon, row: Any, reason: Reason) -> tuple[str, str, str] | None:
    """A reason in words; what the card says anyway is none."""
    if reason.field in {"name", "title", "unit", "place"}:
        return None
    if reason.field in {"skills", "learning"} and reason.skill_id is not None:
        label = "Skill" if reason.field == "skills" else "Wants to learn"
        return label, known.skills[reason.skill_id].name, reason.level.label if reason.level else ""
    return FIELDS[reason.field].short.capitalize(), _line_with(known, row, reason), ""


def _line_with(known: Lexicon, row: Any, reason: Reason) -> str:
    """The line of a text that has what was asked for."""
    texts = [piece for column in FIELDS[reason.field].columns for piece in pieces(getattr(row, column))]
    for text in texts:
        if reason.skill_id is not None and reason.skill_id in known.phrases.in_text(text):
            return text
        if reason.term in {stem(word) for word in words(text)}:
            return text
    return texts[0] if texts else ""
