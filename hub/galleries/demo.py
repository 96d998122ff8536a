"""The galleries of the demo institution: one on the open web and on the wall, one that waits for answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hub.accounts import queries as accounts
from hub.accounts.models import Institution, Person
from hub.core.clock import held, london, now
from hub.core.themes import Theme
from hub.galleries import queries, services
from hub.galleries.models import Gallery, Paper, Portrait

INTRODUCTIONS = (
    "Whoever needs something cut, poured, printed or made to move comes through these doors: to the people below.",
    "They teach every student who sits down at an instrument, and most of those who write about it afterwards.",
)
WORDS = (
    ("Makes what no catalogue has", "Bring me the problem, not the drawing. The drawing we do together."),
    ("Keeps thirty year old machines honest", "If it hums in B flat, leave it alone and fetch me."),
    ("Teaches two hundred first years a term", "Nobody breaks anything on my bench that I have not broken before."),
    ("Looks after what must stay cold", "The best day is the one on which nothing was in my diary because of me."),
    ("Builds the rigs for other people’s ideas", "I like the moment when it works and everybody forgets I was here."),
    ("Runs the stores, the kilns and the calm", "Ask early. I can find almost anything by Thursday."),
)


def begin(_institution: Institution, _lead: Person, _people: Sequence[Person], _rng: Random) -> None:
    """None yet: people are known first."""


def month(_institution: Institution, lead: Person, people: Sequence[Person], month_start: date, _rng: Random) -> None:
    """In the last month: a gallery is made, answered, published and printed; somebody steps out; another begins."""
    end = now()
    if london(end).date() >= month_start + timedelta(days=27):
        return
    technicians = [person for person in people if person.is_technician and person.is_active]
    chosen, others = technicians[1:9], technicians[9:13]
    editor = accounts.person(lead.id)
    with held(end - timedelta(hours=22)):
        gallery = _make("People of the workshops", 0, chosen, editor, building="Forge Yard", theme=Theme.VISIBILITY)
    with held(end - timedelta(hours=20)):
        _answer(gallery)
        services.publish(queries.gallery(gallery.id), actor=editor)
    with held(end - timedelta(hours=18)):
        for paper in Paper:
            services.note_printing(queries.gallery(gallery.id), paper, actor=editor)
    with held(end - timedelta(hours=3)):
        leaving = queries.gallery(gallery.id).shown[-1]
        services.leave(leaving, actor=leaving.person)
        _make("Teaching at the bench", 1, others, editor, theme=Theme.RECOGNITION)


def _make(title: str, n: int, chosen: Sequence[Person], editor: Person, **about: object) -> Gallery:
    said = {"building": "", "theme": None} | about
    gallery = services.make(title=title, introduction=INTRODUCTIONS[n], position=n + 1, **said, actor=editor)  # type: ignore[arg-type]
    for person in chosen:
        services.choose(queries.gallery(gallery.id), person, actor=editor)
    return gallery


def _answer(gallery: Gallery) -> None:
    """The last but one has not answered, the last would rather not; the others agree and find words."""
    portraits = queries.gallery(gallery.id).portraits
    for n, portrait in enumerate(portraits[:-2]):
        _agree(portrait, n)
    last = portraits[-1]
    if not last.is_shown:
        services.decline(last, actor=last.person)


def _agree(portrait: Portrait, n: int) -> None:
    if not portrait.is_shown:
        services.agree(portrait, photograph=False, actor=portrait.person)
    does, quote = WORDS[n % len(WORDS)]
    services.write(portrait, does=does, quote=quote, actor=portrait.person)
