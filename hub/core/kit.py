"""The kit: every sign and part that pages are built from, with an invented example each, for those who build pages."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from hub.core import clock, qr
from hub.core.forms import HubForm, choice, choices, day, email, line, moment, money, number, prose
from hub.core.plates import KINDS
from hub.core.themes import Theme
from hub.core.web import public

bp = Blueprint("kit", __name__, url_prefix="/kit")

PARTS = {
    "signs": "Colour, type, signs and people",
    "forms": "Forms and deeds",
    "lists": "Lists and tables",
    "plan": "The plan and its charts",
    "deciding": "Panels and decisions",
    "public": "The public page",
    "answers": "What the hub says back",
}
COLOURS = {
    "ink": "Text",
    "soft": "Quiet text",
    "line": "Hairlines",
    "edge": "Field edges",
    "ground": "Page",
    "sheet": "Surface",
    "well": "Recess",
    "teal": "Act, link",
    "warm": "Needs you",
    "good": "Right",
    "stop": "Stops you",
}
SCORES = {str(n): str(n) for n in range(1, 6)}
SHARED = {"session": "A session for colleagues", "note": "A written how-to", "one": "Teaching one person well"}


def init_app(app: Flask) -> None:
    """Show the kit where ``KIT_PAGES`` says so: on a developer's machine and in tests."""
    if app.config.get("KIT_PAGES"):
        app.register_blueprint(bp)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    return render_template("kit/index.html", parts_shown=PARTS)


@bp.get("/<part>")
@public
def show(part: str) -> ResponseReturnValue:
    if part not in PARTS:
        abort(404)
    if part == "answers":
        flash("Saved. Inês will see it on Monday.", "success")
        flash("The round closes tomorrow at 17:00.", "warning")
    return render_template(f"kit/{part}.html", part=part, parts_shown=PARTS, **EXAMPLES.get(part, dict)())


class CourseForm(HubForm):
    """One field of each kind."""

    what = line(
        "Name of the course or visit",
        "Enter a name, such as “Ultramicrotomy for beginners”",
        description="As the provider writes it",
    )
    why = prose(
        "Why, and how it helps", "Say why, in a few sentences", words=12, description="You, your team, the University"
    )
    note = line("Anything else")
    starts = day("First day", "Enter the first day", description="At least four weeks after you send this")
    talk = moment("When shall we talk?")
    cost = money("What does it cost?", "Enter an amount", description="With VAT, as on the quotation")
    people = number("How many will learn from it?")
    contact = email("E-mail address of the provider", None)
    secret = PasswordField("Password", render_kw={"autocomplete": "current-password"})
    share = choice("How will you share what you learn?", SHARED, "Choose how you will share it", radio=True)
    themes = choices("Which of our aims does it serve?", Theme.choices(), "Choose at least one")
    unit = choice("Your team", {"bio": "Biosciences", "eng": "Engineering"}, "Choose your team")
    quotation = FileField("The quotation", description="PDF or picture, up to 12 MB")
    booked = BooleanField("Nothing is booked or paid for yet", [InputRequired("Tick to confirm")])


class ScoreForm(HubForm):
    """What a judge fills in for two criteria."""

    benefit = choice("Benefit to people", SCORES, "Choose a score", radio=True, description="Who gains, and how much?")
    benefit_why = prose("Why this score?", words=40)
    value = choice("Value for money", SCORES, "Choose a score", radio=True, description="Could it be done for less?")


def _signs() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "kinds": KINDS,
        "somebody": _person("Maren Okafor"),
        "others": [_person(n) for n in ("Dewi Prothero", "Oona Fairclough")],
    }


def _person(name: str) -> SimpleNamespace:
    first, *_, last = name.split()
    return SimpleNamespace(
        name=name, first_name=first, initials=first[0] + last[0], slug=name.lower().replace(" ", "-")
    )


def _forms() -> dict[str, Any]:
    typed = {
        "why": "One two three four five six seven eight nine ten eleven twelve thirteen",
        "cost": "12,50",
        "themes": ["visibility"],
    }
    refused = CourseForm(formdata=MultiDict(typed), meta={"csrf": False})
    refused.validate()
    return {"fresh": CourseForm(formdata=None, prefix="fresh-"), "refused": refused}


def _lists() -> dict[str, Any]:
    return {
        "listing": ExampleListing(),
        "nothing": ExampleListing(total=0, count_words="no technicians", q="electron beam lithography"),
    }


class ExampleListing(SimpleNamespace):
    """Looks like ``hub.core.lists.Listing`` without a database."""

    def __init__(self, **changes: Any) -> None:
        options = [("microscopy", "Microscopy", 12, True), ("histology", "Histology", 3, False)]
        buildings = [(str(n), f"Building {n}", n, False) for n in range(1, 13)]
        column = SimpleNamespace(sortable=True, numeric=False, beside=False)
        super().__init__(
            **{
                "path": "/kit/lists",
                "total": 23,
                "count_words": "23 technicians",
                "at": 2,
                "pages": 7,
                "has_next": True,
                "sort": "name",
                "descending": False,
                "q": "microscopy",
                "filters": [
                    SimpleNamespace(key="skill", label="Skill", kind="checkbox", options=options),
                    SimpleNamespace(key="building", label="Building", kind="checkbox", options=buildings),
                    SimpleNamespace(
                        key="campus", label="Campus", kind="select", options=[("r", "Riverside", None, False)]
                    ),
                ],
                "columns": [
                    SimpleNamespace(**vars(column) | {"key": "name", "label": "Name"}),
                    SimpleNamespace(**vars(column) | {"key": "team", "label": "Team"}),
                    SimpleNamespace(**vars(column) | {"key": "since", "label": "Years here", "numeric": True}),
                ],
                "chips": [("Microscopy", "/kit/lists")],
                "clear": "/kit/lists",
                "exports": {"CSV": "/kit/lists", "XLSX": "/kit/lists"},
            }
            | changes
        )

    def link(self, **_changes: Any) -> str:
        return "/kit/lists"


def _plan() -> dict[str, Any]:
    today = clock.today()
    actions = [
        _action(
            "Forty professionally registered technicians",
            "amber",
            "behind",
            20,
            [14, 19, 26, 33],
            40,
            Theme.RECOGNITION,
        ),
        _action(
            "A gallery of technical staff in each building", "amber", "overdue", -60, [0, 2, 4], 6, Theme.VISIBILITY
        ),
        _action(
            "First-year registration fees paid for everyone",
            "green",
            "met",
            -300,
            [0, 11, 24, 31],
            24,
            Theme.RECOGNITION,
        ),
        _action("A workload model that counts outreach", "red", "on pace", 250, [], None, Theme.CAREER_DEVELOPMENT),
    ]
    quarters = [(today - timedelta(days=91 * (7 - i)), value) for i, value in enumerate((14, 17, 19, 23, 26, 30, 33))]
    planned = [(today - timedelta(days=546), 14), (today + timedelta(days=120), 40)]
    return {
        "actions": actions,
        "series": quarters,
        "planned": planned,
        "start": today - timedelta(days=400),
        "end": today + timedelta(days=400),
        "later": lambda days: today + timedelta(days=days),
    }


def _deciding() -> dict[str, Any]:
    return {"scores": ScoreForm(formdata=None, data={"benefit": "4", "benefit_why": "Three people learn from one."})}


def _public() -> dict[str, Any]:
    signed_on = clock.today() - timedelta(days=2750)
    promised = [SimpleNamespace(**vars(a), explanation="") for a in _plan()["actions"]]
    return {
        "example": SimpleNamespace(
            signed_on=signed_on,
            contact_name="Samira Haddad",
            contact_email="technicians@brackenholm.example",
            contact_phone="",
        ),
        "promised": [(theme, [a for a in promised if a.themes == [theme]]) for theme in Theme],
        "somebody": _person("Maren Okafor"),
        "code": qr.square("https://technicians.brackenholm.example/people/maren-okafor"),
    }


def _action(
    title: str, rag: str, pace: str, days: int, values: list[int], target: int | None, theme: Theme
) -> SimpleNamespace:
    due_on = clock.today() + timedelta(days=days)
    measure = f"{values[-1]} of {target}" if values else ""
    return SimpleNamespace(
        id=abs(days),
        title=title,
        href="/kit/plan",
        rag=rag,
        pace=pace,
        at_risk=pace == "behind",
        owner="Commitment lead",
        starts_on=due_on - timedelta(days=240),
        due_on=due_on,
        promises=[
            SimpleNamespace(text="A first one", due_on=due_on - timedelta(days=120), met_on=due_on),
            SimpleNamespace(text="Half of them", due_on=due_on - timedelta(days=30), met_on=None),
        ],
        values=values,
        target=target,
        measure=measure,
        behind="/kit/plan",
        themes=[theme],
    )


EXAMPLES = {"signs": _signs, "forms": _forms, "lists": _lists, "plan": _plan, "deciding": _deciding, "public": _public}
