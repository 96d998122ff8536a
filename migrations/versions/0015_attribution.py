"""Contributions with their credit, documents with their readers, and entries of the ledger that are withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("statement", "guidance", name="documentkind", native_enum=False, length=32), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_document_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_institution_id"), "document", ["institution_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "output",
            sa.Enum(
                "article",
                "conference_paper",
                "dataset",
                "software",
                "book",
                "thesis",
                "exhibition",
                "device",
                "report",
                "other",
                name="outputkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("doi", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column(
            "credit",
            sa.Enum("author", "named", "facility", "none", name="creditform", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "agreement",
            sa.Enum("before", "later", "not_yet", name="agreement", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("permission_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "shown_to",
            sa.Enum(
                "private",
                "unit",
                "technicians",
                "institution",
                "public",
                name="visibility",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(agreement = 'not_yet') = (agreed_on IS NULL)", name=op.f("ck_contribution_agreed_has_day")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_contribution_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contribution_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_contribution_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(
        "ix_contribution_institution_id_year_id", "contribution", ["institution_id", "year", "id"], unique=False
    )
    op.create_index(op.f("ix_contribution_person_id"), "contribution", ["person_id"], unique=False)
    op.create_index(op.f("ix_contribution_unit_id"), "contribution", ["unit_id"], unique=False)
    op.create_table(
        "document_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft", "published", "superseded", "withdrawn", name="documentstage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("technicians", "institution", "public", name="audience", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("what_changed", sa.String(), nullable=False),
        sa.Column("is_material", sa.Boolean(), nullable=False),
        sa.Column("counts_from", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(stage = 'draft') = (published_at IS NULL)", name=op.f("ck_document_edition_published_has_moment")
        ),
        sa.CheckConstraint("counts_from BETWEEN 1 AND number", name=op.f("ck_document_edition_counts_from_earlier")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_edition_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_document_edition_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_document_edition_published_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_edition")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_edition_document_id_number")),
    )
    op.create_index(
        "ix_document_edition_institution_id_stage", "document_edition", ["institution_id", "stage"], unique=False
    )
    op.create_table(
        "contribution_role",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "conceptualization",
                "data_curation",
                "formal_analysis",
                "funding_acquisition",
                "investigation",
                "methodology",
                "project_administration",
                "resources",
                "software",
                "supervision",
                "validation",
                "visualization",
                "writing_original_draft",
                "writing_review_editing",
                name="creditrole",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_role_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("contribution_id", "role", name=op.f("pk_contribution_role")),
    )
    op.create_table(
        "read_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["document_edition.id"], name=op.f("fk_read_receipt_edition_id_document_edition")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_read_receipt_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_read_receipt_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_receipt")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_read_receipt_edition_id_person_id")),
    )
    op.create_index(op.f("ix_read_receipt_institution_id"), "read_receipt", ["institution_id"], unique=False)
    op.create_index(op.f("ix_read_receipt_person_id"), "read_receipt", ["person_id"], unique=False)
    op.add_column("evidence_entry", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column("evidence_entry", "withdrawn_at")
    op.drop_index(op.f("ix_read_receipt_person_id"), table_name="read_receipt")
    op.drop_index(op.f("ix_read_receipt_institution_id"), table_name="read_receipt")
    op.drop_table("read_receipt")
    op.drop_table("contribution_role")
    op.drop_index("ix_document_edition_institution_id_stage", table_name="document_edition")
    op.drop_table("document_edition")
    op.drop_index(op.f("ix_contribution_unit_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_person_id"), table_name="contribution")
    op.drop_index("ix_contribution_institution_id_year_id", table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_document_institution_id"), table_name="document")
    op.drop_table("document")
