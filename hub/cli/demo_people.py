"""The invented institution and everybody in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts import services
from hub.accounts.models import Institution, Person, Role, Source, Unit, UnitKind
from hub.core.db import db

DOMAIN = "brackenholm.example"
MANAGER_TITLE = "Technical services manager"

UNITS = {
    "Faculty of Science": ["School of Biosciences", "School of Chemistry", "School of Physics", "School of Geography"],
    "Faculty of Engineering and Health": [
        "School of Engineering",
        "School of Computing",
        "School of Medicine",
        "School of Nursing",
    ],
    "Faculty of Arts": [
        "School of Art and Design",
        "School of Music and Drama",
        "School of Architecture",
        "School of Archaeology",
    ],
}
TITLES = {
    "School of Biosciences": [
        "Microscopy technician",
        "Cell culture technician",
        "Flow cytometry specialist",
        "Aquarium technician",
    ],
    "School of Chemistry": [
        "Mass spectrometry technician",
        "NMR technician",
        "Synthesis laboratory technician",
        "Glassblower",
    ],
    "School of Physics": [
        "Cryogenics technician",
        "Clean room technician",
        "Optics technician",
        "Teaching laboratory technician",
    ],
    "School of Geography": [
        "Field stores technician",
        "Soils laboratory technician",
        "Mapping technician",
        "Boat and field technician",
    ],
    "School of Engineering": [
        "Workshop technician",
        "Electronics technician",
        "Materials testing technician",
        "Welding and fabrication technician",
    ],
    "School of Computing": [
        "Research computing technician",
        "Robotics technician",
        "Network laboratory technician",
        "Systems technician",
    ],
    "School of Medicine": [
        "Histology technician",
        "Anatomy technician",
        "Clinical skills technician",
        "Imaging technician",
    ],
    "School of Nursing": [
        "Simulation technician",
        "Clinical skills technician",
        "Skills centre technician",
        "Audiovisual technician",
    ],
    "School of Art and Design": [
        "Print and darkroom technician",
        "Ceramics and glass technician",
        "Textiles technician",
        "Digital fabrication technician",
    ],
    "School of Music and Drama": [
        "Stage technician",
        "Recording studio technician",
        "Costume technician",
        "Lighting technician",
    ],
    "School of Architecture": [
        "Model-making technician",
        "Digital fabrication technician",
        "Timber workshop technician",
        "Survey technician",
    ],
    "School of Archaeology": [
        "Conservation technician",
        "Finds laboratory technician",
        "Dating laboratory technician",
        "Survey technician",
    ],
}
FIRST = """
Maren Dewi Inês Tomasz Yusuf Bronwen Kasia Callum Oona Ravi Grace Samira Aled Beth Chidi Dorota Eilidh Farid Gwen
Hamish Imogen Jakub Kirsty Leila Mei Niamh Osian Priya Quentin Rosa Seán Tamsin Umar Verity Wren Xanthe Yara Zofia
Abena Blessing Conor Demelza Efua Fergus Gareth Huda Isla Jonas Keziah Lowri Moira Nadia Orla Pavel Rhian Sunita
Tegan Uche Vikram Winnie
""".split()  # noqa: SIM905 -- a list of names reads better as words
LAST = """
Okafor Prothero Carvalho Ashby Demir Tate Wolska Reid Fairclough Menon Adeyemi Haddad Pritchard Nowak Lindqvist
Mensah Galbraith Rahimi Trevithick Osei Banerjee Kowalczyk Abara Lockhart Penrose Iqbal Devlin Hargreaves Castellan
Ng Fitzwarren Bevan Akhtar Thorne Marchetti Oyelaran Sutcliffe Vasquez Drummond Khalil Whitlock Eze Morwenna
Sandoval Quill Baptiste Farrow Lomax Yilmaz Cadwallader
""".split()  # noqa: SIM905 -- a list of names reads better as words


@dataclass(frozen=True)
class Cast:
    """Everybody the demo plays with."""

    institution: Institution
    lead: Person
    leading: tuple[Person, ...]  # lead, deputy, head of institution, administrator
    managers: tuple[Person, ...]  # one a school
    technicians: list[Person]


def make(n: int, rng: Random) -> Cast:
    """The institution, its units and *n* technicians, with a line manager in each school."""
    institution = services.add_institution(
        name="Brackenholm University",
        short_name="Brackenholm",
        email_domain=DOMAIN,
        signed_on=date(2019, 5, 16),
        phase=5,
    )
    institution.contact_name, institution.contact_email = "Samira Haddad", f"technicians@{DOMAIN}"
    institution.contact_phone = "01632 960 184"
    names = _names(rng)
    leading = _leading(institution)
    schools = []
    for name, its_schools in UNITS.items():
        faculty = services.add_unit(institution, name=name, kind=UnitKind.FACULTY)
        schools += [
            services.add_unit(institution, name=school, kind=UnitKind.DEPARTMENT, parent=faculty)
            for school in its_schools
        ]
    managers = tuple(
        _person(institution, next(names), MANAGER_TITLE, school, None, is_technician=False) for school in schools
    )
    technicians = [
        _person(
            institution,
            next(names),
            rng.choice(TITLES[schools[i % 12].name]),
            schools[i % 12],
            managers[i % 12],
            staff_id=f"B{10_000 + i}",
        )
        for i in range(n)
    ]
    return Cast(institution, leading[0], leading, managers, technicians)


def _names(rng: Random) -> Iterator[str]:
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    rng.shuffle(pairs)
    return iter(pairs)


def _leading(institution: Institution) -> tuple[Person, ...]:
    roles = (
        ("Samira Haddad", "Technician Commitment lead", Role.LEAD),
        ("Alan Pryce", "Head of technical services", Role.DEPUTY_LEAD),
        ("Eleanor Strand", "Vice-Chancellor", Role.LEADER),
        ("Petra Lindholm", "Systems administrator", Role.ADMINISTRATOR),
    )
    made = []
    for name, title, role in roles:
        person = _person(institution, name, title, None, None, is_technician=False)
        services.grant(person, role, actor=None)
        made.append(person)
    return tuple(made)


def _person(
    institution: Institution,
    name: str,
    title: str,
    unit: Unit | None,
    manager: Person | None,
    *,
    is_technician: bool = True,
    staff_id: str | None = None,
) -> Person:
    address = name.lower().replace(" ", ".").translate(str.maketrans("êéáíó", "eeaio"))
    return services.add_person(
        institution,
        name=name,
        email=f"{address}@{DOMAIN}",
        job_title=title,
        unit=unit,
        manager=manager,
        is_technician=is_technician,
        staff_id=staff_id,
        source=Source.HR_IMPORT,
    )


def wake(cast: Cast) -> None:
    """Read everybody with unit, manager and roles, as a request would: a new transaction knows nobody yet."""
    everybody = select(Person).options(
        joinedload(Person.institution), joinedload(Person.unit), joinedload(Person.manager), selectinload(Person.roles)
    )
    db.session.scalars(
        everybody.where(Person.institution_id == cast.institution.id).execution_options(populate_existing=True)
    ).all()
