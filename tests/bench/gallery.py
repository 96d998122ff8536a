"""A gallery of any size, everybody in it with a photograph of their own."""

import io
import time

from PIL import Image

from hub.accounts import queries as accounts
from hub.core.db import db, writing
from hub.directory import queries as directory
from hub.directory import services as profiles
from hub.galleries import paper, queries, services
from hub.galleries.models import Paper
from tests.bench.population import institution_of


def printed(people: int) -> tuple[float, int]:
    """Seconds that the cards of a gallery take, and their bytes."""
    hub = institution_of(people)
    with hub.app.app_context(), writing():
        gallery_id = _gallery(hub.institution_id)
        db.session.commit()
        return _cards(gallery_id)


def _gallery(institution_id: int) -> int:
    lead = accounts.person(accounts.holders(institution_id, "lead")[0].id)
    said = {"title": "Everybody", "introduction": "", "building": "", "theme": None, "position": 1}
    gallery = services.make(**said, actor=lead)
    for n, key in enumerate(directory.technician_ids(institution_id)):
        profile = directory.profile_of(key)
        person = profile.person
        profiles.set_photograph(profile, content=_photograph(n), name="me.jpg", alt="At the bench", actor=person)
        profiles.agree_to_public(profile, photograph=True, actor=person)
        portrait = services.choose(gallery, person, actor=lead)
        services.write(portrait, does="Keeps it going", quote="Come in and ask me before you order.", actor=person)
    return gallery.id


def _photograph(n: int) -> bytes:
    """As a telephone takes it, brought down to what the hub keeps; no two alike."""
    out = io.BytesIO()
    grain = Image.effect_noise((400, 300), 20 + n % 50).resize((1600, 1200), Image.Resampling.BICUBIC)
    grain.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _cards(gallery_id: int) -> tuple[float, int]:
    db.session.expunge_all()
    start = time.process_time()
    gallery = queries.gallery(gallery_id)
    pdf = paper.of_gallery(gallery, Paper.CARDS, queries.shown_in(gallery))
    return time.process_time() - start, len(pdf)
