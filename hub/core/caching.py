"""Copies of public pages: browsers may keep them, and ask about each before they show it again."""

import hashlib
import re
from functools import wraps
from typing import Any

from flask import Response, make_response, request, session
from flask_login import current_user

from hub.core.web import View

TOKENS = re.compile(rb'<input type="hidden" name="(?:csrf_token|_once)" value="[^"]*">')  # new each time


def revalidated(view: View) -> View:
    """For pages of everybody: a copy may be kept, but never shown unasked, so what is taken down is gone at once."""

    @wraps(view)
    def asking(*args: Any, **kwargs: Any) -> Any:
        response = make_response(view(*args, **kwargs))
        if current_user.is_authenticated or response.status_code != 200:
            return response
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Cookie")
        response.set_etag(_mark_of(response), weak=True)
        return response.make_conditional(request)

    return asking


def _mark_of(response: Response) -> str:
    """What changes with what an answer shows, and with the session that its forms belong to."""
    shown = TOKENS.sub(b"", response.get_data())
    return hashlib.sha256(shown + str(session.get("csrf_token")).encode()).hexdigest()[:32]
