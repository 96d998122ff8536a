"""Every form of the full world, found by a crawl as everybody and filled so that it is taken."""

from dataclasses import dataclass

from flask import Flask

from hub.core import clock
from tests.support import stages, sweeping
from tests.support.crawling import OWN, Crawl, Found, without_arguments
from tests.support.stages import NOW, FullWorld
from tests.support.sweeping import Form, Sweep, cookie_of, settled

EACH = {"lead": 12, "technician": 6, "anybody": 3}  # addresses that are tried of one endpoint; by the others:
OTHERS = 3
NOBODY_HERE = "lead_of_nothing"  # works elsewhere


@dataclass(frozen=True)
class Reached:
    """A full world with what its people were shown."""

    world: FullWorld
    found: Found
    sweep: Sweep
    forms: list[Form]

    @property
    def app(self) -> Flask:
        return self.world.app


def reach(world: FullWorld) -> Reached:
    """Walk about as everybody: all of the site as the first three, what is new or their own as the others."""
    with clock.held(NOW):
        sweeping.COLLEAGUE = world.person("mentor").email
        sweeping.EXAMPLES_OF |= stages.EXAMPLES
        roles = [role for role in (*EACH, stages.HALF_WAY, *world.people) if role != NOBODY_HERE]
        clients = {role: world.signed_in(role) for role in roles}
        crawl = Crawl(world.app)
        for who, client in clients.items():
            usual = ["/hub", "/", *without_arguments(world.app)] if who in EACH else OWN if who in world.people else ()
            crawl.walk(who, client, each=EACH.get(who, OTHERS), starts=[*world.starts.get(who, []), *usual])
        sweep = Sweep(world.app, {who: cookie_of(client) for who, client in clients.items()})
        return Reached(world, crawl.found, sweep, [settled(sweep, form) for form in crawl.found.forms])
