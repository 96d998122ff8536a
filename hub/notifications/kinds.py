"""The kinds of notice that exist, grouped as people choose about them: every feature registers its own at import."""

from dataclasses import dataclass

from hub.core.text import slugify

SECURITY = "Your account"


@dataclass(frozen=True, slots=True)
class Kind:
    """*sentence* tells people what they get; an *urgent* kind waits for an answer, others can wait for a digest."""

    name: str  # "<feature>.<what>"
    group: str
    sentence: str
    urgent: bool

    @property
    def topic(self) -> str:
        return slugify(self.group)

    @property
    def is_security(self) -> bool:
        """Sent at once, whatever somebody chose."""
        return self.group == SECURITY


_kinds: dict[str, Kind] = {}


def register(kind: str, group: str, sentence: str, *, urgent: bool = True) -> None:
    """Make *kind* known, such as ``register("fund.awarded", "The development fund", "Your application was decided")``.

    Registering it again replaces it. Mark news that waits for no answer ``urgent=False``: it comes once a week.
    """
    _kinds[kind] = Kind(kind, group, sentence, urgent)


def kind_of(name: str) -> Kind:
    """:raises LookupError: if no feature registered it"""
    if name not in _kinds:
        raise LookupError(f"{name} is not registered: see hub.notifications.kinds.register")
    return _kinds[name]


def groups() -> dict[str, list[Kind]]:
    """What people may choose about, by group label, in alphabetical order."""
    found: dict[str, list[Kind]] = {}
    for kind in sorted(_kinds.values(), key=lambda k: (k.group, k.name)):
        if not kind.is_security:
            found.setdefault(kind.group, []).append(kind)
    return found


def kinds_about(topic: str) -> list[str]:
    return [kind.name for kind in _kinds.values() if kind.topic == topic]
