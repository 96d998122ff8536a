"""One's own second step: an app, its codes, and the codes for a rainy day."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import codes, passwords, policy, queries, services
from hub.accounts.forms import CodeForm
from hub.accounts.models import Person
from hub.accounts.views.blueprint import bp, remember
from hub.core.clock import today
from hub.core.limits import FIVE_MINUTES, limited, this_session
from hub.core.qr import square
from hub.core.web import allowed, proved, saves


@bp.get("/me/second-step")
@allowed(policy.is_signed_in)
def second_step() -> ResponseReturnValue:
    step, starts = queries.second_step(current_user.id), policy.second_step_from(current_user)
    return render_template(
        "accounts/second_step.html",
        on_since=step.on_since if step else None,
        codes_left=len(queries.unused_recovery_codes(current_user.id)),
        codes_made=codes.RECOVERY_CODES,
        must_from=starts,
        is_due=starts is not None and starts <= today(),
    )


@bp.post("/me/second-step/start")
@allowed(policy.is_signed_in)
@proved
@saves
def start_second_step() -> ResponseReturnValue:
    services.offer_second_step(current_user._get_current_object(), safe=codes.safe())
    return redirect(url_for("accounts.confirm_second_step"))


@bp.route("/me/second-step/app", methods=["GET", "POST"])
@limited("confirm_second_step", this_session, most=20, within=FIVE_MINUTES)
@allowed(policy.is_signed_in)
@proved
@saves
def confirm_second_step() -> ResponseReturnValue:
    person, form = current_user._get_current_object(), CodeForm()
    key = _offered(person)
    if key is None:
        return redirect(url_for("accounts.second_step"))
    if form.validate_on_submit():
        try:
            fresh = services.turn_on(person, form.code.data, hasher=passwords.hasher(), safe=codes.safe())
        except services.WrongCode as refusal:
            form.refuse(form.code, refusal)
        else:
            remember(person)
            return _recovery_codes(fresh)
    address = codes.address_for_app(
        key, account=person.email, issuer=f"Technicians’ Hub {person.institution.short_name}"
    )
    shown = {"form": form, "key": codes.spaced(key), "code": square(address)}
    return render_template("accounts/confirm_second_step.html", **shown), 422 if form.errors else 200


def _offered(person: Person) -> str | None:
    """The key of the app that is being set up."""
    step = queries.second_step(person.id)
    return codes.opened(step.offered, safe=codes.safe()) if step else None


def _recovery_codes(fresh: list[str]) -> ResponseReturnValue:
    """Shown this once: the hub keeps no more of them than it does of passwords."""
    return render_template("accounts/recovery_codes.html", codes=[codes.spaced(code) for code in fresh])


@bp.post("/me/second-step/codes")
@limited("renew_recovery_codes", this_session, most=10, within=FIVE_MINUTES)
@allowed(policy.is_signed_in)
@proved
@saves
def renew_recovery_codes() -> ResponseReturnValue:
    return _recovery_codes(services.renew_recovery_codes(current_user._get_current_object(), hasher=passwords.hasher()))


@bp.post("/me/second-step/stop")
@allowed(policy.can_stop_second_step)
@proved
@saves
def stop_second_step() -> ResponseReturnValue:
    person = current_user._get_current_object()
    services.stop_second_step(person)
    remember(person)
    flash("You sign in with your password alone again. Every other browser is signed out.", "success")
    return redirect(url_for("accounts.second_step"))


@bp.post("/staff/<int:person_id>/second-step/reset")
@allowed(policy.can_reset_second_step, get=queries.person)
@proved
@saves
def reset_second_step(someone: Person) -> ResponseReturnValue:
    services.reset_second_step(someone, actor=current_user)
    flash(f"{someone.name} signs in with the password alone and is told so. They can set up a new app then.", "success")
    return redirect(url_for("accounts.person", person_id=someone.id))
