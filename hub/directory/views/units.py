"""The page of a faculty, a department or a team: its people, what they know, what they look after."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.accounts.models import Unit
from hub.accounts.policy import is_signed_in
from hub.core.web import allowed
from hub.directory.unit_page import unit_page
from hub.directory.views import bp


@bp.get("/units/<int:unit_id>")
@allowed(is_signed_in, get=accounts.unit)
def unit(found: Unit) -> ResponseReturnValue:
    page = unit_page(current_user._get_current_object(), found)
    return render_template("directory/unit.html", page=page, unit=found)
