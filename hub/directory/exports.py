"""A colleague as an address card, with what the person who asks may see. Source: RFC 2426 (vCard 3.0)."""

from collections.abc import Set

from hub.core.content_lines import document, escaped
from hub.core.links import address_of, path_to
from hub.directory.models import Profile


def address_card(profile: Profile, sees: Set[str]) -> str:
    person = profile.person
    *given, family = person.name.split()
    organisation = [person.institution.name, *([person.unit.name] if person.unit else [])]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{escaped(family)};{escaped(' '.join(given))};;;",
        f"FN:{escaped(person.name)}",
        f"ORG:{';'.join(escaped(name) for name in organisation)}",
        f"URL:{address_of(path_to('directory.profile', slug=person.slug))}",
    ]
    place = ", ".join(filter(None, (profile.building, profile.campus)))
    told = (
        ("name", "TITLE", person.job_title),
        ("place", "LABEL", place),
        ("contact_route", "NOTE", profile.contact_route),
    )
    lines += [f"{kind}:{escaped(text)}" for key, kind, text in told if text and key in sees]
    return document([*lines, "END:VCARD"])
