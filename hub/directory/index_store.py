"""Writing the index: once, at the end of the transaction that changed what it says, one writer of an institution at a
time. Whoever asks the index before that end sees it up to date as well.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, insert, select, update

from hub.core.db import Base, db, in_pieces
from hub.directory.indexing import Entry, Indexed, Surroundings, known_words, subjects, surroundings
from hub.directory.models import Edition, KnownWord, Listed, Posting

MADE_AS = 3  # one more whenever the same profile is indexed otherwise: stored indexes are then built again
AT_ONCE = 500  # people in one round, so that memory does not grow with the institution

POSTINGS = Base.metadata.tables["directory_posting"]  # not the model, which would part rows with and without a skill
LISTED = Base.metadata.tables["directory_listed"]
POSTED = ("institution_id", "person_id", *Entry._fields)

Words = Counter[tuple[int, str]]


WAITING = "directory.index"  # of a session: by institution, whom to index before its transaction ends


def refresh(institution_id: int, person_ids: Sequence[int]) -> None:
    """Have the index say of these people what their profiles say when the transaction ends, or when it is asked."""
    waiting: dict[int, dict[int, None]] = db.session.info.setdefault(WAITING, {})
    waiting.setdefault(institution_id, {}).update(dict.fromkeys(person_ids))


def catch_up() -> None:
    """Index whoever waits for it."""
    waiting = db.session.info.pop(WAITING, {})
    for institution_id in sorted(waiting):
        for some in in_pieces(waiting[institution_id], AT_ONCE):
            _refresh(institution_id, some)


def _refresh(institution_id: int, person_ids: Sequence[int]) -> None:
    around = surroundings(institution_id, _change(institution_id))
    before, after = _entries_of(person_ids), {i.listed["person_id"]: i for i in subjects(person_ids, around)}
    words: Words = Counter()
    for person_id in person_ids:
        words.subtract(known_words(before.get(person_id, set())))
        words.update(after[person_id].words if person_id in after else ())
    changed = [p for p in person_ids if before.get(p, set()) != (after[p].entries if p in after else set())]
    _replace_postings(changed, [after[p] for p in changed if p in after])
    _replace_listed(person_ids, list(after.values()))
    _count_words(institution_id, words, {term: word for i in after.values() for term, word in i.shown.items()})


def rebuild(institution_id: int, person_ids: Sequence[int]) -> None:
    """The whole index of an institution afresh: *person_ids* are all who belong in it."""
    db.session.info.get(WAITING, {}).pop(institution_id, None)
    around = surroundings(institution_id, _change(institution_id, "words"))
    for model in (Posting, Listed, KnownWord):
        db.session.execute(delete(model).where(model.institution_id == institution_id))
    words: Words = Counter()
    shown: dict[str, str] = {}
    for people in _rounds(person_ids, around):
        _insert_postings(people)
        _insert_listed(people)
        for one in people:
            words.update(one.words)
            shown = one.shown | shown
    _insert_words(institution_id, words, shown)
    db.session.execute(update(Edition).filter_by(institution_id=institution_id).values(made_as=MADE_AS))


def made_otherwise() -> list[int]:
    """The institutions whose index an earlier release built, and this one would build otherwise."""
    return list(db.session.scalars(select(Edition.institution_id).where(Edition.made_as != MADE_AS)))


def change_vocabulary(institution_id: int) -> None:
    """Let nobody's kept answer outlive a change of the skills' names."""
    _change(institution_id, "words", "vocabulary")


def _rounds(person_ids: Sequence[int], around: Surroundings) -> Iterator[list[Indexed]]:
    for some in in_pieces(person_ids, AT_ONCE):
        yield list(subjects(some, around))


def _change(institution_id: int, *what: str) -> str:
    """Mark the index and *what* of it as changed; whoever else changes it waits here until this transaction ends.

    Gives back the mark of the vocabulary.
    """
    new = secrets.token_hex(8)
    marks = {"answers": new} | dict.fromkeys(what, new)
    mark = db.session.scalar(
        update(Edition)
        .where(Edition.institution_id == institution_id)
        .values(**marks)
        .returning(Edition.vocabulary)
        .execution_options(synchronize_session=False)
    )
    if mark is None:
        values = {"institution_id": institution_id, "answers": new, "words": new, "vocabulary": new, "made_as": MADE_AS}
        db.session.execute(insert(Edition).values(**values))
    return mark or new


def _entries_of(person_ids: Sequence[int]) -> dict[int, set[Entry]]:
    found: dict[int, set[Entry]] = {}
    columns = (Posting.term, Posting.field, Posting.audience, Posting.weight, Posting.level, Posting.skill_id)
    for row in db.session.execute(select(Posting.person_id, *columns).where(Posting.person_id.in_(person_ids))):
        found.setdefault(row[0], set()).add(Entry(*row[1:]))
    return found


def _replace_postings(person_ids: Sequence[int], people: list[Indexed]) -> None:
    if person_ids:
        db.session.execute(delete(Posting).where(Posting.person_id.in_(person_ids)))
    _insert_postings(people)


def _replace_listed(person_ids: Sequence[int], people: list[Indexed]) -> None:
    db.session.execute(delete(Listed).where(Listed.person_id.in_(person_ids)))
    _insert_listed(people)


def _insert_postings(people: list[Indexed]) -> None:
    rows = [
        dict(zip(POSTED, (one.listed["institution_id"], one.listed["person_id"], *entry), strict=True))
        for one in people
        for entry in one.entries
    ]
    if rows:
        db.session.execute(insert(POSTINGS), rows)


def _insert_listed(people: list[Indexed]) -> None:
    if people:
        db.session.execute(insert(LISTED), [one.listed for one in people])


def _insert_words(institution_id: int, words: Words, shown: dict[str, str]) -> None:
    rows = [
        {"institution_id": institution_id, "audience": audience, "term": term, "shown": shown[term], "people": people}
        for (audience, term), people in words.items()
    ]
    if rows:
        db.session.execute(insert(KnownWord), rows)


def _count_words(institution_id: int, changes: Words, shown: dict[str, str]) -> None:
    """Add and take away; a word that nobody has any more is forgotten."""
    changes = Counter({word: by for word, by in changes.items() if by})
    if not changes:
        return
    here = KnownWord.institution_id == institution_id
    rows = db.session.execute(
        select(KnownWord.audience, KnownWord.term, KnownWord.people).where(
            here, KnownWord.term.in_({term for _, term in changes})
        )
    )
    known = {(audience, term): people for audience, term, people in rows}
    left = [
        {"institution_id": institution_id, "audience": word[0], "term": word[1], "people": known[word] + changes[word]}
        for word in changes.keys() & known.keys()
    ]
    gone = {row["term"] for row in left if not row["people"]}
    if left:
        db.session.execute(update(KnownWord), left)
    if gone:
        db.session.execute(delete(KnownWord).where(here, KnownWord.term.in_(gone), KnownWord.people == 0))
    new = Counter({word: by for word, by in changes.items() if word not in known})
    _insert_words(institution_id, new, shown)
    if new or gone:
        _change(institution_id, "words")
