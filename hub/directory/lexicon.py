"""What the search knows of an institution's words, kept in memory until a word comes or goes."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log2

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select

from hub.accounts.models import Unit, UnitKind
from hub.core.db import db
from hub.directory.models import KnownWord
from hub.directory.phrases import KnownSkill, Phrases, Vocabulary, vocabulary
from hub.directory.terms import plain, stem, stems, together, written

MOST_ENDINGS = 40  # that a word still being typed may stand for


@dataclass(frozen=True)
class Lexicon:
    """The vocabulary, the units, and the words that one audience may know of."""

    vocabulary: Vocabulary
    units: dict[int, tuple[str, UnitKind]]
    shown: dict[str, str]  # term → the word as somebody wrote it
    people: dict[str, int]  # term → how many have it

    @property
    def skills(self) -> dict[int, KnownSkill]:
        return self.vocabulary.skills

    @property
    def phrases(self) -> Phrases:
        return self.vocabulary.phrases

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Every known word in plain letters → its term."""
        return {plain(word): term for term, word in self.shown.items()}

    @cached_property
    def _beginnings(self) -> list[tuple[str, str]]:
        return sorted({*self._spellings.items(), *((term, term) for term in self.shown)})

    @cached_property
    def _skills_of_words(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for skill in self.skills.values():
            for name in skill.names:
                for term in stems(f"{name} {together(name)}"):
                    found.setdefault(term, set()).add(skill.id)
        return found

    def knows(self, word: str) -> bool:
        return word in self.shown or stem(word) in self.shown

    def beginning(self, word: str) -> list[str]:
        """Terms that *word* may be the beginning of, those of most people first."""
        found = set()
        for spelling, term in self._beginnings[bisect_left(self._beginnings, (word, "")) :]:
            if not spelling.startswith(word):
                break
            if term != word:
                found.add(term)
        return sorted(found, key=lambda term: (-self.people[term], term))[:MOST_ENDINGS]

    def skills_with(self, *stemmed: str) -> list[int]:
        """Skills that have every one of the stems in their names, whichever of them."""
        found = [self._skills_of_words.get(one, set()) for one in stemmed]
        return sorted(set.intersection(*found)) if found else []

    @cached_property
    def most(self) -> int:
        """How many have the commonest word."""
        return max(self.people.values(), default=0)

    def worth(self, stemmed: Iterable[str]) -> int:
        """What finding it counts, from 10 for a word that everybody has to 20 for one that hardly anybody has."""
        rarest = min((self.people.get(one, 0) for one in stemmed), default=self.most)
        return 10 + min(10, round(2 * log2((self.most + 1) / (rarest + 1))))

    def nearest(self, word: str) -> str | None:
        """The known word that *word* is most likely a slip of; short words are never guessed at."""
        slips = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        if not slips:
            return None
        near = process.extract(
            word, self._spellings.keys(), scorer=OSA.distance, processor=None, score_cutoff=slips, limit=None
        )

        def unlikely(found: tuple[str, float, object]) -> tuple[float, bool, int, str]:
            spelling, distance, _ = found
            return distance, spelling[0] != word[0], -self.people[self._spellings[spelling]], spelling

        return min(near, key=unlikely)[0] if near else None


@lru_cache(maxsize=64)
def lexicon(institution_id: int, audiences: frozenset[int], words: str, skills: str) -> Lexicon:
    """The lexicon as of two marks, ``Edition.words`` and ``Edition.vocabulary``."""
    del words  # part of the key only
    known = vocabulary(institution_id, skills)
    rows = db.session.execute(
        select(KnownWord.term, KnownWord.shown, KnownWord.people)
        .where(KnownWord.institution_id == institution_id, KnownWord.audience.in_(audiences))
        .order_by(KnownWord.audience.desc())
    )
    units = db.session.execute(select(Unit.id, Unit.name, Unit.kind).where(Unit.institution_id == institution_id))
    named = {row.id: (row.name, row.kind) for row in units}
    shown, people = _words(((row.term, row.shown, row.people) for row in rows), known.skills.values())
    return Lexicon(known, named, shown, people)


def _words(rows: Iterable[tuple[str, str, int]], skills: Iterable[KnownSkill]) -> tuple[dict[str, str], dict[str, int]]:
    """Words of people and of the vocabulary; those of the vocabulary are known even if nobody has them yet."""
    shown: dict[str, str] = {}
    people: dict[str, int] = {}
    for term, word, count in rows:
        shown.setdefault(term, word)
        people[term] = people.get(term, 0) + count
    for skill in skills:
        for name in skill.names:
            for word, as_written in (*written(name), *written(together(name))):
                shown.setdefault(stem(word), as_written)
                people.setdefault(stem(word), 0)
    return shown, people
