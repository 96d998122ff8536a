"""Finding people, and keeping a search to be told of those who are new in it."""

from urllib.parse import parse_qsl

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from hub.accounts.policy import is_signed_in
from hub.core.navigation import place
from hub.core.text import clean
from hub.core.web import allowed, only, saves
from hub.directory import policy, queries, services
from hub.directory.listing import in_words, people_found
from hub.directory.models import SavedSearch
from hub.directory.views import bp


@bp.get("/")
@allowed(is_signed_in)
def search() -> ResponseReturnValue:
    ask = place("skills.ask") if current_user.is_technician else ""
    results = people_found(current_user._get_current_object(), ask=ask)
    may_keep = bool(results.query) and 0 < len(results.answer_shown) <= services.MOST_FOUND
    return results.answer("directory/search.html", may_keep=may_keep)


@bp.get("/me/searches")
@allowed(is_signed_in)
def searches() -> ResponseReturnValue:
    kept = queries.searches_of(current_user.id)
    return render_template(
        "directory/searches.html", kept=[(one, in_words(one.query, current_user.institution_id)) for one in kept]
    )


@bp.post("/me/searches")
@allowed(is_signed_in)
@saves
def save_search() -> ResponseReturnValue:
    asked = only("query")
    if clean(asked) != asked or len(asked) > 1000:
        abort(400)
    results = people_found(current_user._get_current_object(), MultiDict(parse_qsl(asked)))
    services.save_search(current_user, query=results.query, found=results.answer_shown.people)
    flash("The hub tells you when somebody is new in this search.", "success")
    return redirect(url_for("directory.searches"))


@bp.post("/me/searches/<int:search_id>/forget")
@allowed(policy.owns, get=queries.search)
@saves
def forget_search(kept: SavedSearch) -> ResponseReturnValue:
    services.forget_search(kept, actor=current_user)
    flash("The hub no longer watches this search.", "success")
    return redirect(url_for("directory.searches"))
