"""Requests, offers and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "skill_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "demonstration", "shadowing", "advice", "cover", "course", name="kind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("when_suits", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "open",
                "offered",
                "scheduled",
                "delivered",
                "closed",
                "withdrawn",
                "expired",
                name="requeststage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("asked_id <> asker_id", name=op.f("ck_skill_request_not_of_oneself")),
        sa.CheckConstraint(
            "skill_id IS NOT NULL OR asked_id IS NOT NULL", name=op.f("ck_skill_request_skill_or_person")
        ),
        sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name=op.f("fk_skill_request_asked_id_person")),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_skill_request_asker_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_request_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_request_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_request")),
    )
    op.create_index(op.f("ix_skill_request_asked_id"), "skill_request", ["asked_id"], unique=False)
    op.create_index(op.f("ix_skill_request_asker_id"), "skill_request", ["asker_id"], unique=False)
    op.create_index(
        "ix_skill_request_institution_id_stage_expires_on",
        "skill_request",
        ["institution_id", "stage", "expires_on"],
        unique=False,
    )
    op.create_index(op.f("ix_skill_request_skill_id"), "skill_request", ["skill_id"], unique=False)
    op.create_table(
        "skill_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "demonstration", "shadowing", "advice", "cover", "course", name="kind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("prerequisites", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "open", "taken", "declined", "withdrawn", "expired", name="offerstage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 1 AND 500", name=op.f("ck_skill_offer_capacity_in_range")),
        sa.CheckConstraint("minutes BETWEEN 10 AND 2400", name=op.f("ck_skill_offer_minutes_in_range")),
        sa.CheckConstraint(
            "skill_id IS NOT NULL OR request_id IS NOT NULL", name=op.f("ck_skill_offer_skill_or_request")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["person.id"], name=op.f("fk_skill_offer_host_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_offer_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["skill_request.id"], name=op.f("fk_skill_offer_request_id_skill_request")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_offer_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_offer")),
    )
    op.create_index(op.f("ix_skill_offer_host_id"), "skill_offer", ["host_id"], unique=False)
    op.create_index(
        "ix_skill_offer_institution_id_stage_expires_on",
        "skill_offer",
        ["institution_id", "stage", "expires_on"],
        unique=False,
    )
    op.create_index(op.f("ix_skill_offer_request_id"), "skill_offer", ["request_id"], unique=False)
    op.create_index(op.f("ix_skill_offer_skill_id"), "skill_offer", ["skill_id"], unique=False)
    op.create_table(
        "skill_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "demonstration", "shadowing", "advice", "cover", "course", name="kind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("prerequisites", sa.String(), nullable=False),
        sa.Column("risk_assessment", sa.String(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.String(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed",
                "scheduled",
                "delivered",
                "confirmed",
                "cancelled",
                name="sessionstage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f("ck_skill_session_confirmed_has_moment")
        ),
        sa.CheckConstraint(
            "(stage IN ('delivered', 'confirmed')) = (delivered_at IS NOT NULL)",
            name=op.f("ck_skill_session_delivered_has_moment"),
        ),
        sa.CheckConstraint(
            "NOT needs_approval OR stage IN ('proposed', 'cancelled') OR approved_by_id IS NOT NULL",
            name=op.f("ck_skill_session_approved_where_asked"),
        ),
        sa.CheckConstraint("approved_by_id <> host_id", name=op.f("ck_skill_session_not_approved_by_host")),
        sa.CheckConstraint("capacity BETWEEN 1 AND 500", name=op.f("ck_skill_session_capacity_in_range")),
        sa.CheckConstraint("minutes BETWEEN 10 AND 2400", name=op.f("ck_skill_session_minutes_in_range")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_skill_session_approved_by_id_person")),
        sa.ForeignKeyConstraint(["host_id"], ["person.id"], name=op.f("fk_skill_session_host_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_session_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["skill_offer.id"], name=op.f("fk_skill_session_offer_id_skill_offer")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["skill_request.id"], name=op.f("fk_skill_session_request_id_skill_request")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_session_skill_id_skill")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_skill_session_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_session")),
    )
    op.create_index(op.f("ix_skill_session_host_id"), "skill_session", ["host_id"], unique=False)
    op.create_index(
        "ix_skill_session_institution_id_stage_starts_at",
        "skill_session",
        ["institution_id", "stage", "starts_at"],
        unique=False,
    )
    op.create_index(op.f("ix_skill_session_offer_id"), "skill_session", ["offer_id"], unique=False)
    op.create_index(op.f("ix_skill_session_request_id"), "skill_session", ["request_id"], unique=False)
    op.create_index(op.f("ix_skill_session_skill_id"), "skill_session", ["skill_id"], unique=False)
    op.create_table(
        "skill_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_there", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "booked", "waiting", "withdrawn", "attended", "absent", name="placestage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("was_there IS NULL OR stage = 'attended'", name=op.f("ck_skill_place_answers_attendance")),
        sa.CheckConstraint(
            "(was_there IS NULL) = (answered_at IS NULL)", name=op.f("ck_skill_place_answer_has_moment")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_place_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_skill_place_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["skill_session.id"], name=op.f("fk_skill_place_session_id_skill_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_place")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_skill_place_session_id_person_id")),
    )
    op.create_index("ix_skill_place_person_id_stage", "skill_place", ["person_id", "stage"], unique=False)


def downgrade():
    op.drop_index("ix_skill_place_person_id_stage", table_name="skill_place")
    op.drop_table("skill_place")
    op.drop_index(op.f("ix_skill_session_skill_id"), table_name="skill_session")
    op.drop_index(op.f("ix_skill_session_request_id"), table_name="skill_session")
    op.drop_index(op.f("ix_skill_session_offer_id"), table_name="skill_session")
    op.drop_index("ix_skill_session_institution_id_stage_starts_at", table_name="skill_session")
    op.drop_index(op.f("ix_skill_session_host_id"), table_name="skill_session")
    op.drop_table("skill_session")
    op.drop_index(op.f("ix_skill_offer_skill_id"), table_name="skill_offer")
    op.drop_index(op.f("ix_skill_offer_request_id"), table_name="skill_offer")
    op.drop_index("ix_skill_offer_institution_id_stage_expires_on", table_name="skill_offer")
    op.drop_index(op.f("ix_skill_offer_host_id"), table_name="skill_offer")
    op.drop_table("skill_offer")
    op.drop_index(op.f("ix_skill_request_skill_id"), table_name="skill_request")
    op.drop_index("ix_skill_request_institution_id_stage_expires_on", table_name="skill_request")
    op.drop_index(op.f("ix_skill_request_asker_id"), table_name="skill_request")
    op.drop_index(op.f("ix_skill_request_asked_id"), table_name="skill_request")
    op.drop_table("skill_request")
