"""Where a technician stands and what comes next; choosing a register."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.accounts.policy import is_signed_in
from hub.core.web import allowed, only, saves
from hub.registration import guidance, letters, policy, queries, registers, services
from hub.registration.forms import EarlierForm, RegisterForm
from hub.registration.models import Journey
from hub.registration.refusals import AlreadyOnTheWay, DatesDoNotFit, NotAwardedThere
from hub.registration.stages import HELD, UNDER_WAY, Stage
from hub.registration.views.blueprint import bp, me, seen_journey
from hub.registration.workflow import JOURNEY


@bp.get("/")
@allowed(is_signed_in)
def home() -> ResponseReturnValue:
    journeys = queries.journeys_of(me().id)
    current = next((j for j in journeys if j.stage in UNDER_WAY or j.stage == Stage.NOT_YET), None)
    return render_template(
        "registration/home.html",
        journey=current,
        held=[j for j in journeys if j.stage in HELD],
        step=guidance.next_step(current) if current else None,
        stations=guidance.stations(current) if current else [],
        is_mentor=queries.mentor_of_person(me().id) is not None,
        can_begin=policy.can_register(me()),
        guidance=guidance,
    )


@bp.get("/which-letters")
@allowed(is_signed_in)
def which_letters() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("field", "experience", "teaches")}
    answered = all(asked.values())
    known = {"field": letters.FIELDS, "experience": letters.EXPERIENCE, "teaches": letters.TEACHES}
    if any(value and value not in known[name] for name, value in asked.items()):
        abort(404)
    return render_template(
        "registration/which_letters.html",
        asked=asked,
        known=known,
        answered=answered,
        found=letters.suggestions(**asked) if answered else [],
        can_begin=policy.can_register(me()),
    )


@bp.get("/registers")
@allowed(is_signed_in)
def registers_page() -> ResponseReturnValue:
    return render_template(
        "registration/registers_page.html", registers=registers.all_registers().values(), bodies=registers.bodies()
    )


@bp.route("/start", methods=["GET", "POST"])
@allowed(policy.can_register)
@saves
def start() -> ResponseReturnValue:
    form = RegisterForm(data={"register": request.args.get("register")})
    if form.validate_on_submit():
        try:
            journey = services.show_interest(actor=me())
            services.choose_register(journey, register=form.register.data, body=form.body.data, actor=me())
        except AlreadyOnTheWay as refusal:
            form.refuse(form.register, refusal)
        except NotAwardedThere as refusal:
            form.refuse(form.body, refusal)
        else:
            flash(f"You are on the way to {journey.register_name}.", "success")
            return redirect(url_for("registration.journey", journey_id=journey.id))
    return render_template("registration/start.html", form=form), 422 if form.errors else 200


@bp.post("/interest")
@allowed(policy.can_register)
@saves
def interest() -> ResponseReturnValue:
    services.show_interest(actor=me())
    flash("Noted. Choose a register whenever you like.", "success")
    return redirect(url_for("registration.home"))


@bp.route("/earlier", methods=["GET", "POST"])
@allowed(policy.can_register)
@saves
def earlier() -> ResponseReturnValue:
    form = EarlierForm()
    if form.validate_on_submit():
        try:
            journey = services.show_interest(actor=me())
            services.record_earlier(journey, actor=me(), **form.values())
        except NotAwardedThere as refusal:
            form.refuse(form.body, refusal)
        except DatesDoNotFit as refusal:
            form.refuse(form.registered_on, refusal)
        except AlreadyOnTheWay as refusal:
            form.refuse(form.register, refusal)
        else:
            flash(f"{journey.register_name} is on your record.", "success")
            return redirect(url_for("registration.journey", journey_id=journey.id))
    return render_template("registration/earlier.html", form=form), 422 if form.errors else 200


@bp.get("/journeys/<int:journey_id>")
@allowed(policy.is_owner_or_mentor, get=seen_journey)
def journey(journey: Journey) -> ResponseReturnValue:
    return render_template(
        "registration/journey.html",
        journey=journey,
        owns=policy.is_owner(me(), journey),
        step=guidance.next_step(journey),
        areas=guidance.areas(journey),
        stations=guidance.stations(journey),
        moves=[move for move in JOURNEY.available(journey, me()) if move.name in services.PLAIN_MOVES],
        can_seek=policy.can_seek_mentor(me(), journey),
        can_say_more={
            name: JOURNEY.can(journey, name, me()) for name in ("submit", "award", "register", "renew", "lapse")
        },
        register=registers.register_of(journey.register),
        body=registers.bodies().get(journey.body or "", ""),
        guidance=guidance,
    )


@bp.route("/journeys/<int:journey_id>/register", methods=["GET", "POST"])
@allowed(policy.is_owner, get=seen_journey)
@saves
def choose_register(journey: Journey) -> ResponseReturnValue:
    form = RegisterForm(obj=journey)
    if form.validate_on_submit():
        try:
            services.choose_register(journey, register=form.register.data, body=form.body.data, actor=me())
        except NotAwardedThere as refusal:
            form.refuse(form.body, refusal)
        else:
            flash(f"You are on the way to {journey.register_name}.", "success")
            return redirect(url_for("registration.journey", journey_id=journey.id))
    return render_template("registration/choose_register.html", form=form, journey=journey), 422 if form.errors else 200


@bp.post("/journeys/<int:journey_id>/move")
@allowed(policy.is_owner_or_mentor, get=seen_journey)
@saves
def move(journey: Journey) -> ResponseReturnValue:
    name = only("move")
    if name not in services.PLAIN_MOVES:
        abort(400)
    services.move(journey, name, actor=me())
    flash(f"Noted: {guidance.WORDS[journey.stage].lower()}.", "success")
    return redirect(url_for("registration.journey", journey_id=journey.id))
