"""The ledger, its totals, and items brought by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "evidence_reach",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evidence_reach_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("institution_id", "kind", name=op.f("pk_evidence_reach")),
    )
    op.create_table(
        "evidence_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "visibility",
                "recognition",
                "career_development",
                "sustainability",
                "evaluating_impact",
                name="theme",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evidence_total_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_total")),
        sa.UniqueConstraint(
            "institution_id", "kind", "theme", "month", name=op.f("uq_evidence_total_institution_id_kind_theme_month")
        ),
    )
    op.create_table(
        "evidence_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "visibility",
                "recognition",
                "career_development",
                "sustainability",
                "evaluating_impact",
                name="theme",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_evidence_entry_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evidence_entry_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_entry")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_evidence_entry_kind_source_id")),
    )
    op.create_index(
        "ix_evidence_entry_institution_id_happened_on_id",
        "evidence_entry",
        ["institution_id", "happened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_evidence_entry_institution_id_kind_happened_on",
        "evidence_entry",
        ["institution_id", "kind", "happened_on"],
        unique=False,
    )
    op.create_index(op.f("ix_evidence_entry_theme"), "evidence_entry", ["theme"], unique=False)
    op.create_index(op.f("ix_evidence_entry_unit_id"), "evidence_entry", ["unit_id"], unique=False)
    op.create_table(
        "evidence_entry_person",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["evidence_entry.id"], name=op.f("fk_evidence_entry_person_entry_id_evidence_entry")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_entry_person_person_id_person")),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name=op.f("pk_evidence_entry_person")),
    )
    op.create_index(op.f("ix_evidence_entry_person_person_id"), "evidence_entry_person", ["person_id"], unique=False)
    op.create_table(
        "evidence_reached",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evidence_reached_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_reached_person_id_person")),
        sa.PrimaryKeyConstraint("institution_id", "kind", "person_id", name=op.f("pk_evidence_reached")),
    )
    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "visibility",
                "recognition",
                "career_development",
                "sustainability",
                "evaluating_impact",
                name="theme",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("hub", "steering_group", "submission", "public", name="scope", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("use_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "link IS NOT NULL OR file_id IS NOT NULL OR text <> ''", name=op.f("ck_evidence_item_says_something")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_evidence_item_added_by_id_person")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_item_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evidence_item_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
    )
    op.create_index(op.f("ix_evidence_item_institution_id"), "evidence_item", ["institution_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_evidence_item_institution_id"), table_name="evidence_item")
    op.drop_table("evidence_item")
    op.drop_table("evidence_reached")
    op.drop_index(op.f("ix_evidence_entry_person_person_id"), table_name="evidence_entry_person")
    op.drop_table("evidence_entry_person")
    op.drop_index(op.f("ix_evidence_entry_unit_id"), table_name="evidence_entry")
    op.drop_index(op.f("ix_evidence_entry_theme"), table_name="evidence_entry")
    op.drop_index("ix_evidence_entry_institution_id_kind_happened_on", table_name="evidence_entry")
    op.drop_index("ix_evidence_entry_institution_id_happened_on_id", table_name="evidence_entry")
    op.drop_table("evidence_entry")
    op.drop_table("evidence_total")
    op.drop_table("evidence_reach")
