"""A second step beside the password: keys, recovery codes, and what sessions know of it."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from hub.core.clock import today

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LONG_AGO = "1970-01-01 00:00:00.000000"
OF_SESSIONS = ("proved_at", "leads", "awaits_code", "second_step_from")
grant = sa.table("role_grant", sa.column("role", sa.String), sa.column("second_step_from", sa.Date))


def upgrade():
    op.create_table(
        "second_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("offered", sa.String(), nullable=True),
        sa.Column("secret", sa.String(), nullable=True),
        sa.Column("on_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.CheckConstraint("(secret IS NULL) = (on_since IS NULL)", name=op.f("ck_second_step_on_with_secret")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_step_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_step")),
        sa.UniqueConstraint("person_id", name=op.f("uq_second_step_person_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"], unique=False)
    # Sessions that are open now go on, but for those who lead: they sign in afresh, and hear of the second step.
    op.add_column(
        "sign_in", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False, server_default=LONG_AGO)
    )
    op.add_column("sign_in", sa.Column("leads", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sign_in", sa.Column("awaits_code", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sign_in", sa.Column("second_step_from", sa.Date(), nullable=True))
    op.add_column("role_grant", sa.Column("second_step_from", sa.Date(), nullable=True))
    leading = grant.c.role.in_(["lead", "deputy_lead", "administrator"])
    op.execute(grant.update().where(leading).values(second_step_from=today() + timedelta(days=14)))


def downgrade():
    op.drop_column("role_grant", "second_step_from")
    for column in OF_SESSIONS:
        op.drop_column("sign_in", column)
    op.drop_index(op.f("ix_recovery_code_person_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_table("second_step")
