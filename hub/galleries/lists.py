"""The lists of the galleries: an institution's, and those somebody is in."""

from hub.accounts.models import Person
from hub.core.lists import Column, Filter, Listing
from hub.galleries import queries
from hub.galleries.models import Gallery, Portrait, Stage


def galleries(institution_id: int) -> Listing:
    return Listing(
        name="galleries",
        noun=("gallery", "galleries"),
        rows=queries.galleries(institution_id),
        columns=[
            Column("title", "Gallery", lambda g: g.title, Gallery.title),
            Column("about", "Gathers", lambda g: g.about),
            Column("people", "People shown", lambda g: len(g.shown), numeric=True),
            Column("stage", "Stage", lambda g: g.stage.value, Gallery.stage),
            Column("published", "Published", lambda g: g.published_at, Gallery.published_at),
        ],
        default_order=[Gallery.position, Gallery.id],
        filters_offered=[
            Filter("stage", "Stage", lambda: {s.value: s.value.capitalize() for s in Stage}, Gallery.stage.in_)
        ],
        search=queries.matches,
    )


def mine(user: Person) -> Listing:
    return Listing(
        name="my-galleries",
        noun=("gallery", "galleries"),
        rows=queries.portraits_of(user.id),
        columns=[
            Column("title", "Gallery", lambda p: p.gallery.title, Gallery.title),
            Column("stage", "You in it", lambda p: p.stage.label, Portrait.stage),
            Column("since", "Since", lambda p: p.stage_since, Portrait.stage_since),
        ],
        default_order=[Portrait.stage_since.desc(), Portrait.id],
    )
