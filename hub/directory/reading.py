"""What a query means: slips mended, words put together to skills, each part with the terms that would satisfy it."""

from collections.abc import Iterator
from dataclasses import dataclass

from hub.directory.lexicon import Lexicon
from hub.directory.phrases import Span
from hub.directory.terms import SMALL, alike, plain, stem, words

MOST_WORDS = 8
ASKING = frozenset(
    words(
        "any anybody anyone are be can could did do does expert experts find get got has have help her his how i is it "
        "know knows look looking me might my need our person people please should show skill skills some somebody "
        "someone student students teach technician technicians that their them there they this use uses using want "
        "what we when where which who would your us"
    )
)
"""Words around what is asked for: they count only where they belong to a skill's name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for: *terms* are what was meant; *endings*, which count half, what it may be part of.

    What is rare is *worth* more, see ``Lexicon.worth``.
    """

    terms: tuple[str, ...]
    endings: tuple[str, ...] = ()
    worth: int = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as understood, with what its reader should be told about that."""

    parts: tuple[Part, ...] = ()
    skills: tuple[int, ...] = ()  # that a run of its words names
    understood: tuple[str, ...] = ()  # names of those skills, where they were called otherwise
    instead: str = ""  # the query with its slips mended, if there were any
    unknown: tuple[str, ...] = ()  # words that nobody has

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(term for part in self.parts for term in (*part.terms, *part.endings))


def read(query: str, lexicon: Lexicon) -> Reading:
    typed = [word for word in words(query) if word not in SMALL][:MOST_WORDS] or words(query)[:MOST_WORDS]
    meant, unknown = _mended(_joined(typed, lexicon), lexicon)
    meant = _without_asking(meant, lexicon)
    stemmed = [stem(word) for word in meant]
    spans = list(lexicon.phrases.spans(stemmed))
    skills = tuple(dict.fromkeys(skill for span in spans for skill in span.skills))
    names = (lexicon.skills[skill].name for skill in skills)
    return Reading(
        tuple(dict.fromkeys(_parts(meant, stemmed, spans, lexicon))),
        skills,
        tuple(name for name in names if plain(name) not in plain(query)),
        _instead(typed, meant, lexicon),
        tuple(unknown),
    )


def _without_asking(meant: list[str], lexicon: Lexicon) -> list[str]:
    """“who knows cryostats” asks for cryostats; “clinical skills teaching” is a skill and stays whole."""
    spans = lexicon.phrases.spans([stem(word) for word in meant])
    named = {at for span in spans for at in range(span.start, span.end)}
    return [word for at, word in enumerate(meant) if at in named or word not in ASKING] or meant


def _joined(typed: list[str], lexicon: Lexicon) -> list[str]:
    """“cryo stat” is cryostat, and “dark room” is darkroom, as a skill is called so; other known words stay apart."""
    found: list[str] = []
    for word in typed:
        both = (found[-1] if found else "") + word
        apart = bool(found) and lexicon.knows(found[-1]) and lexicon.knows(word)
        if found and lexicon.knows(both) and (not apart or lexicon.skills_with(stem(both))):
            found[-1] = both
        else:
            found.append(word)
    return found


def _mended(typed: list[str], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """The words with slips put right, and those of which nothing could be made."""
    meant: list[str] = []
    unknown: list[str] = []
    for word in typed:
        if word in ASKING or lexicon.knows(word) or lexicon.beginning(word):
            meant.append(word)
        elif parts := _split(word, lexicon):
            meant.extend(parts)
        elif near := lexicon.nearest(word):
            meant.append(near)
        else:
            unknown.append(word)
    return meant, unknown


def _split(word: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """“flowcytometry” is two known words."""
    for at in range(len(word) - 3, 2, -1):
        if lexicon.knows(word[:at]) and lexicon.knows(word[at:]):
            return word[:at], word[at:]
    return None


def _parts(meant: list[str], stemmed: list[str], spans: list[Span], lexicon: Lexicon) -> Iterator[Part]:
    skills_at = {span.start: span for span in spans}
    inside = {at for span in spans for at in range(span.start + 1, span.end)}
    for at, word in enumerate(meant):
        if at in inside:
            continue
        span = skills_at.get(at)
        named = tuple(f"#{skill}" for skill in span.skills) if span else ()
        said = stemmed[at : span.end] if span else [stemmed[at]]
        wider = [f"#{skill}" for skill in lexicon.skills_with(*said)]
        if span and len(said) > 1:
            terms, endings = dict.fromkeys(named), wider
        else:
            terms = dict.fromkeys((*named, word, stemmed[at]))
            endings = [*wider, *alike(stemmed[at]), *([] if named else lexicon.beginning(word))]
        left = tuple(term for term in dict.fromkeys(endings) if term not in terms)
        yield Part(tuple(terms), left, lexicon.worth(said))


def _instead(typed: list[str], meant: list[str], lexicon: Lexicon) -> str:
    """The words that were meant, if they are others than were typed."""
    if not set(meant) - set(typed) or "".join(meant) in "".join(typed):
        return ""
    known = (lexicon.shown.get(word, word) if word not in typed else word for word in meant)
    return " ".join(known)
