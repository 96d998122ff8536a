"""The vocabulary as phrases: which run of words means which skills."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from hub.core.db import db
from hub.directory.models import Skill, SkillGroup
from hub.directory.terms import SMALL, plain, stem, stems, together, words

LONGEST = 8  # words of a phrase


class KnownSkill(NamedTuple):
    """What search and index need to know of a skill."""

    id: int
    name: str
    group: SkillGroup
    synonyms: list[str]
    abbreviations: list[str]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms, *self.abbreviations)


SKILL_COLUMNS = (Skill.id, Skill.name, Skill.group, Skill.synonyms, Skill.abbreviations)


class Span(NamedTuple):
    """A run of words, from *start* up to *end*, that names skills."""

    start: int
    end: int
    skills: tuple[int, ...]


class Phrases:
    def __init__(self, skills: Iterable[KnownSkill]) -> None:
        self._skills: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._short: dict[str, str] = {}  # an abbreviation that is also a common word counts in texts only as written
        for skill in skills:
            for said in {stems(spelling) for name in skill.names for spelling in (name, together(name))}:
                known = self._skills.setdefault(said, ())
                if skill.id not in known:
                    self._skills[said] = (*known, skill.id)
            self._short |= {plain(short): short for short in skill.abbreviations}

    def spans(self, stemmed: Sequence[str]) -> Iterator[Span]:
        """The longest phrases among the words, left to right, none overlapping."""
        at = 0
        while at < len(stemmed):
            for end in range(min(len(stemmed), at + LONGEST), at, -1):
                if skills := self._skills.get(tuple(stemmed[at:end])):
                    yield Span(at, end, skills)
                    at = end
                    break
            else:
                at += 1

    def in_text(self, text: str) -> set[int]:
        """The skills that a text names; a short abbreviation only where it is written as one: “IF”, not “if”."""
        plain_words = [word for word in words(text) if word not in SMALL]
        found: set[int] = set()
        for span in self.spans([stem(word) for word in plain_words]):
            alone = plain_words[span.start] if span.end - span.start == 1 else ""
            if len(alone) > 4 or alone not in self._short or self._short[alone] in text:
                found.update(span.skills)
        return found


@dataclass(frozen=True)
class Vocabulary:
    """An institution's skills, and the phrases that name them."""

    skills: dict[int, KnownSkill]
    phrases: Phrases


@lru_cache(maxsize=32)
def vocabulary(institution_id: int, mark: str) -> Vocabulary:
    """The vocabulary as of *mark* (``Edition.vocabulary``)."""
    del mark  # part of the key only
    rows = db.session.execute(select(*SKILL_COLUMNS).where(Skill.institution_id == institution_id))
    skills = [KnownSkill(*row) for row in rows]
    return Vocabulary({skill.id: skill for skill in skills}, Phrases(skills))
