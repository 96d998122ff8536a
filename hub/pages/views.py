"""My hub, impact, the public page, help, and the statements that the law asks for."""

from flask import Blueprint, Response, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.accounts.models import Institution
from hub.accounts.policy import is_signed_in
from hub.attribution import queries as attribution
from hub.core.caching import revalidated
from hub.core.clock import today
from hub.core.db import db
from hub.core.links import address_of
from hub.core.themes import Theme
from hub.core.web import allowed, public
from hub.directory import queries as directory
from hub.evidence import queries as evidence
from hub.fund import queries as fund
from hub.galleries import queries as galleries
from hub.pages import queries, statements, tasks
from hub.plan import queries as plans
from hub.plan.lines import lines
from hub.plan.policy import can_read_plans
from hub.registration import queries as registration
from hub.skills import queries as skills

bp = Blueprint("pages", __name__)

MOST_IN_SITEMAP = 50_000  # as sitemaps.org has it


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Whoever is signed in goes to work; visitors see the one institution, or choose among several."""
    if current_user.is_authenticated:
        return redirect(url_for("pages.impact" if can_read_plans(current_user) else "pages.my_hub"))
    institutions = accounts.institutions()
    if len(institutions) == 1:
        return _public_page(institutions[0])
    return render_template("pages/institutions.html", institutions=institutions)


@bp.get("/public")
@public
def public_page() -> ResponseReturnValue:
    """The public page of the reader's own institution, or of the only one."""
    institutions = accounts.institutions()
    own = current_user.institution if current_user.is_authenticated else None
    if own is None and len(institutions) != 1:
        return redirect(url_for("pages.home"))
    return _public_page(own or institutions[0])


@bp.get("/institutions/<slug>")
@public
def institution(slug: str) -> ResponseReturnValue:
    return _public_page(accounts.institution_by_slug(slug[:100]))


def _public_page(institution: Institution) -> str:
    g.institution = institution
    found = queries.public_plan(institution)
    return render_template(
        "pages/public.html",
        about=institution,
        technicians=queries.technician_count(institution.id),
        plan=found[0] if found else None,
        groups=[(t, [a for a in found[1] if a.themes[0] == t]) for t in Theme] if found else [],
        actions=found[1] if found else [],
        numbers=queries.headline_numbers(institution.id),
        gallery=queries.gallery(institution.id, most=6),
        documents=attribution.public_documents(institution.id),
        galleries=galleries.published(institution.id),
        studies=fund.published_studies(institution.id, most=12),
    )


@bp.get("/hub")
@allowed(is_signed_in)
def my_hub() -> ResponseReturnValue:
    """One thing first, then search, money, sessions, registration."""
    waiting = tasks.of(current_user)
    return render_template(
        "pages/my_hub.html",
        first=waiting[0] if waiting else None,
        waiting=waiting[1:],
        sessions=skills.worth_joining(current_user),
        rounds=fund.open_rounds(current_user.institution_id),
        journey=registration.under_way(current_user.id),
        applications=[a for a in fund.applications_of(current_user.id) if a.stage.tone in {"wait", "good"}][:4],
        hours_taught=round(skills.minutes_shared(current_user)[0] / 60),
        counted=evidence.number_counting_for(current_user.id),
    )


@bp.get("/impact")
@allowed(can_read_plans)
def impact() -> ResponseReturnValue:
    plan = plans.current_plan(current_user.institution_id)
    shown = lines(plan, plans.actions(plan.id)) if plan else []
    waiting = plans.waiting_count(current_user.institution_id)
    newest = plans.waiting(current_user.institution_id).order_by(*plans.NEWEST_FIRST).limit(4)
    return render_template(
        "pages/impact.html",
        plan=plan,
        actions=shown,
        waiting=waiting,
        newest=db.session.scalars(newest).all(),
        checks=queries.checks(shown, current_user.institution),
        numbers=queries.headline_numbers(current_user.institution_id),
        window=queries.next_window(today()),
    )


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("pages/statement.html", statement=statements.read("accessibility"))


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("pages/statement.html", statement=statements.read("privacy"))


@bp.get("/help")
@public
def help_page() -> ResponseReturnValue:
    return render_template("pages/help.html")


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Whether the database answers."""
    if not db.session.connection():
        abort(503)
    return Response("ok\n", mimetype="text/plain")


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> ResponseReturnValue:
    expires = today().replace(year=today().year + 1, day=1)
    policy = f"Policy: {address_of('/help')}\nPreferred-Languages: en\nExpires: {expires:%Y-%m-%d}T00:00:00Z\n"
    contacts = [f"Contact: mailto:{i.contact_email}\n" for i in accounts.institutions() if i.contact_email]
    return Response("".join(contacts) + policy, mimetype="text/plain")


@bp.get("/robots.txt")
@public
def robots_txt() -> ResponseReturnValue:
    """Profiles that are not public say so themselves, and are in no sitemap."""
    rules = "User-agent: *\nDisallow: /people/me\nDisallow: /sign-in\n"
    return Response(f"{rules}Sitemap: {address_of(url_for('pages.sitemap'))}\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
@public
@revalidated
def sitemap() -> ResponseReturnValue:
    """Every page that anybody may find: institutions, galleries, case studies, and those people who agreed to it."""
    paths = [
        url_for("pages.home"),
        *(url_for("pages.institution", slug=one.slug) for one in accounts.institutions()),
        *(url_for("galleries.show", slug=slug) for slug in galleries.published_slugs()),
        *(url_for("fund.show_study", slug=slug) for slug in fund.public_study_slugs()),
        *(url_for("directory.profile", slug=slug) for slug in directory.public_slugs()),
    ]
    page = render_template("pages/sitemap.xml", addresses=[address_of(path) for path in paths[:MOST_IN_SITEMAP]])
    return Response(page, mimetype="application/xml")
