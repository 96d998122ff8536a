"""Finding people."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.core.navigation import place
from hub.core.web import allowed
from hub.directory.listing import people_found
from hub.directory.views import bp


@bp.get("/")
@allowed(is_signed_in)
def search() -> ResponseReturnValue:
    ask = place("skills.ask") if current_user.is_technician else ""
    return people_found(current_user._get_current_object()).answer("directory/search.html", ask=ask)
