"""Profiles say what their owners are registered as and whether they mentor; the index knows how it was built."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# As the registers were called when this was written.
REGISTERS = {
    "rscitech": "RSciTech, Registered Science Technician",
    "rsci": "RSci, Registered Scientist",
    "csci": "CSci, Chartered Scientist",
    "csciteach": "CSciTeach, Chartered Science Teacher",
    "engtech": "EngTech, Engineering Technician",
    "ieng": "IEng, Incorporated Engineer",
    "ceng": "CEng, Chartered Engineer",
    "icttech": "ICTTech, Information and Communications Technology Technician",
    "rittech": "RITTech, Registered IT Technician",
    "afhea": "AFHEA, Associate Fellow of the Higher Education Academy",
    "fhea": "FHEA, Fellow of the Higher Education Academy",
    "practitioner": "Registered Practitioner, IST Registered Practitioner",
}


def upgrade():
    op.add_column("profile", sa.Column("registrations", sa.String(), nullable=False, server_default=""))
    op.add_column("profile", sa.Column("mentors", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("directory_listed", sa.Column("registers", sa.String(), nullable=False, server_default="|"))
    op.add_column("directory_listed", sa.Column("mentors", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("directory_listed", sa.Column("registers_audience", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("directory_edition", sa.Column("made_as", sa.Integer(), nullable=False, server_default="0"))
    _say_what_is_held()


def _say_what_is_held():
    """The search itself follows when the hub next runs: its index is then one that an earlier release made."""
    profile = sa.table("profile", *map(sa.column, ("person_id", "registrations", "mentors")))
    journey = sa.table(
        "registration_journey", *map(sa.column, ("id", "person_id", "register", "stage", "registered_on"))
    )
    mentor = sa.table("mentor", sa.column("person_id"), sa.column("paused", sa.Boolean()))
    held = (
        sa.select(journey.c.person_id, journey.c.register)
        .where(journey.c.stage.in_(("registered", "renewal_due")), journey.c.register.in_(REGISTERS))
        .order_by(journey.c.registered_on, journey.c.id)
    )
    said = {}
    for person_id, register in op.get_bind().execute(held):
        said.setdefault(person_id, {})[REGISTERS[register]] = None
    for person_id, lines in said.items():
        theirs = sa.update(profile).where(profile.c.person_id == person_id)
        op.execute(theirs.values(registrations="\n".join(lines)))
    offering = sa.select(mentor.c.person_id).where(mentor.c.paused.is_(False))
    op.execute(sa.update(profile).where(profile.c.person_id.in_(offering)).values(mentors=sa.true()))


def downgrade():
    op.drop_column("directory_edition", "made_as")
    op.drop_column("directory_listed", "registers_audience")
    op.drop_column("directory_listed", "mentors")
    op.drop_column("directory_listed", "registers")
    op.drop_column("profile", "mentors")
    op.drop_column("profile", "registrations")
