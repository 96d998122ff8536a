"""Searches that somebody keeps, to be told when people are new in them."""

from collections.abc import Sequence

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.directory import listing, notifications, policy, queries
from hub.directory.models import SavedSearch

MOST_FOUND = 500  # by a search that is kept
MOST_SEARCHES = 20  # of one person


class TooWide(Refusal):
    """A search that finds so many is of no use to be told about."""


class TooManySearches(Refusal):
    """Somebody keeps as many searches as they may."""


def save_search(person: Person, *, query: str, found: Sequence[int]) -> SavedSearch:
    """Keep the search of an address for somebody who has just seen whom it finds; once is enough.

    :raises TooWide: if it asks for nothing or finds too many
    :raises TooManySearches: if they keep too many already
    """
    if not query or len(found) > MOST_FOUND:
        raise TooWide(f"Narrow it first: the hub watches searches that find at most {MOST_FOUND} people.")
    kept = {search.query: search for search in queries.searches_of(person.id)}
    if query in kept:
        return kept[query]
    if len(kept) >= MOST_SEARCHES:
        raise TooManySearches(f"You keep {MOST_SEARCHES} searches already. Remove one that matters less.")
    search = SavedSearch(institution_id=person.institution_id, person_id=person.id, query=query, seen=list(found))
    db.session.add(search)
    db.session.flush()
    return search


def forget_search(search: SavedSearch, *, actor: Person) -> None:
    del actor
    db.session.delete(search)
    db.session.flush()


def tell_of_new_people() -> int:
    """Look again at every kept search with its owner's eyes of today, and tell them who is new. How many were told.

    Whoever is no longer found is forgotten, and is news again when they come back.
    """
    told = 0
    for search in queries.searches():
        found = listing.found_again(search.person, search.query) if policy.may_look(search.person) else []
        new = [one for one in found if one not in set(search.seen)]
        if set(found) != set(search.seen):
            search.seen = list(found)
        if new and len(found) <= MOST_FOUND:
            notifications.new_people(search, new)
            told += 1
    db.session.flush()
    return told
