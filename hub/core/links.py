"""Addresses for those who write outside a request: notices, mail, documents."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def path_to(endpoint: str, **values: Any) -> str:
    """The path of a page, such as ``/fund/applications/12``: the same with and without a request."""
    return current_app.url_map.bind("hub").build(endpoint, values)


def address_of(path: str) -> str:
    """*path* as a full address, from the configured one only: never from what a request claims."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


def is_web_address(text: str) -> bool:
    """Whether *text* is an http or https address with a host: the only kind we show as a link, and never fetch."""
    try:
        parts = urlsplit(text)
    except ValueError:  # such as http://[
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in text)
