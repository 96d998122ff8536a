"""What was learned and promised in reports, their earlier versions, questions months later, and places in reserve."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

LEVEL = sa.Enum("learning", "working", "expert", "can_teach", name="level", native_enum=False, length=32)
USED = sa.Enum("often", "sometimes", "no", name="stillused", native_enum=False, length=32)
RULES = {
    "skill_with_level": "(learned_id IS NULL) = (learned_level IS NULL)",
    "kept_what_was_promised": "kept_on IS NULL OR offer_id IS NOT NULL",
}
POINTS = {"learned_id": "skill", "offer_id": "skill_offer"}


def upgrade():
    op.add_column("skill_offer", sa.Column("is_promise", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("fund_application", sa.Column("reserve_place", sa.Integer(), nullable=True))
    with op.batch_alter_table("fund_report") as report:
        report.add_column(sa.Column("learned_id", sa.Integer(), nullable=True))
        report.add_column(sa.Column("learned_level", LEVEL, nullable=True))
        report.add_column(sa.Column("offer_id", sa.Integer(), nullable=True))
        report.add_column(sa.Column("kept_on", sa.Date(), nullable=True))
        report.add_column(sa.Column("earlier", sa.JSON(), nullable=False, server_default="{}"))
        for column, target in POINTS.items():
            report.create_foreign_key(op.f(f"fk_fund_report_{column}_{target}"), target, [column], ["id"])
        for name, rule in RULES.items():
            report.create_check_constraint(op.f(f"ck_fund_report_{name}"), rule)
        report.create_unique_constraint(op.f("uq_fund_report_offer_id"), ["offer_id"])
        report.create_index(op.f("ix_fund_report_learned_id"), ["learned_id"])
    _follow_ups()


def _follow_ups():
    op.create_table(
        "fund_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("different", sa.String(), nullable=False),
        sa.Column("still_used", USED, nullable=True),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("months IN (3, 12)", name=op.f("ck_fund_follow_up_months_known")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (still_used IS NULL)", name=op.f("ck_fund_follow_up_answered_whole")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_follow_up_application_id_fund_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_follow_up")),
        sa.UniqueConstraint("application_id", "months", name=op.f("uq_fund_follow_up_application_id_months")),
    )
    op.create_index(op.f("ix_fund_follow_up_answered_at"), "fund_follow_up", ["answered_at"])


def downgrade():
    op.drop_table("fund_follow_up")
    with op.batch_alter_table("fund_report") as report:
        report.drop_index(op.f("ix_fund_report_learned_id"))
        report.drop_constraint(op.f("uq_fund_report_offer_id"), type_="unique")
        for name in RULES:
            report.drop_constraint(op.f(f"ck_fund_report_{name}"), type_="check")
        for column, target in POINTS.items():
            report.drop_constraint(op.f(f"fk_fund_report_{column}_{target}"), type_="foreignkey")
        for column in ("earlier", "kept_on", "offer_id", "learned_level", "learned_id"):
            report.drop_column(column)
    op.drop_column("fund_application", "reserve_place")
    op.drop_column("skill_offer", "is_promise")
