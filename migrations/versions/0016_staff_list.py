"""Staff files on their way into the hub, what is found in them, and the contracts that they tell of."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "staff_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("missing_leave", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_staff_import_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_staff_import_owner_id_person")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_staff_import_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_import")),
    )
    op.create_index("ix_staff_import_institution_id_sent_at", "staff_import", ["institution_id", "sent_at"])
    op.create_table(
        "staff_import_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=32), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_staff_import_finding_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["staff_import.id"], name=op.f("fk_staff_import_finding_import_id_staff_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_import_finding")),
    )
    op.create_index(op.f("ix_staff_import_finding_institution_id"), "staff_import_finding", ["institution_id"])
    op.create_index("ix_staff_import_finding_import_id_sort", "staff_import_finding", ["import_id", "sort", "id"])
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("job_family", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("hesa_level", sa.String(), nullable=False),
        sa.Column("soc", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("fte_thousandths", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("fte_thousandths BETWEEN 0 AND 2000", name=op.f("ck_contract_fte_in_bounds")),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_contract_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_contract_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contract_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index(op.f("ix_contract_institution_id"), "contract", ["institution_id"])
    op.create_index(op.f("ix_contract_person_id"), "contract", ["person_id"])


def downgrade():
    op.drop_table("contract")
    op.drop_table("staff_import_finding")
    op.drop_table("staff_import")
