"""How the open web sees somebody in a gallery: name, what they are, and their photograph if they agreed to it."""

from dataclasses import dataclass

from hub.core.links import path_to
from hub.directory.models import Profile
from hub.directory.policy import THE_PUBLIC, visible


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as anybody may see them; without *photo_href* a drawing stands in."""

    name: str
    slug: str
    job_title: str
    unit: str
    photo_href: str
    photo_alt: str

    @property
    def href(self) -> str:
        return path_to("directory.profile", slug=self.slug)


def shows_photograph(profile: Profile) -> bool:
    """Whether anybody at all may see their photograph."""
    return profile.photo is not None and visible("photograph", profile, THE_PUBLIC)


def public_face(profile: Profile, size: str = "card") -> Face:
    """Of somebody whose name the public may see; their photograph in one of ``storage.SIZES``."""
    person, photo = profile.person, profile.photo if shows_photograph(profile) else None
    return Face(
        person.name,
        person.slug,
        person.job_title,
        person.unit.name if person.unit else "",
        path_to("directory.photo", slug=person.slug, size=size) if photo else "",
        (photo.alt or person.name) if photo else "",
    )
