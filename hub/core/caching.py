"""Copies of public pictures and lists: browsers may keep them, and ask about each before they show it again."""

from functools import wraps
from typing import Any

from flask import make_response, request
from flask_login import current_user

from hub.core.web import View


def revalidated(view: View) -> View:
    """A copy may be kept, but never shown unasked, so what is taken down is gone at once.

    Pages are never kept at all: their forms and their policy belong to one answer.
    """

    @wraps(view)
    def asking(*args: Any, **kwargs: Any) -> Any:
        response = make_response(view(*args, **kwargs))
        if current_user.is_authenticated or response.status_code != 200 or response.mimetype == "text/html":
            return response
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Cookie")
        response.add_etag(weak=True)
        return response.make_conditional(request)

    return asking
