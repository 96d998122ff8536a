"""Makers of notices."""

from typing import Any

from hub.accounts.models import Person
from hub.notifications import kinds, services

kinds.register("test.asked", "Tests", "Somebody asks you something")
kinds.register("test.news", "Tests", "Something happened", urgent=False)
kinds.register("test.link", kinds.SECURITY, "A link")


def notice(to: Person, kind: str = "test.asked", **given: Any) -> None:
    services.tell(to, kind, **{"title": "Say yes to a time", "body": "Tuesday or Friday.", "path": "/x/1"} | given)
