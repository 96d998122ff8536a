"""What the lead puts to the steering group in the report of a month."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "plan_decision_wanted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_plan_decision_wanted_is_named")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_plan_decision_wanted_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_decision_wanted_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_decision_wanted_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_decision_wanted")),
    )
    op.create_index(op.f("ix_plan_decision_wanted_institution_id"), "plan_decision_wanted", ["institution_id"])
    op.create_index("ix_plan_decision_wanted_plan_id_month", "plan_decision_wanted", ["plan_id", "month"])


def downgrade():
    op.drop_table("plan_decision_wanted")
