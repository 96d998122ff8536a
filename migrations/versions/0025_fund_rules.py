"""Eligibility, levels, limits, sealed and test rounds, co-applicants, and statements by a mailed link."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ADDED = (
    ("fund_scheme", "a_year", sa.Integer(), "0"),
    ("fund_scheme", "asks_return", sa.Boolean(), sa.false()),
    ("fund_scheme", "eligibility", sa.String(), ""),
    ("fund_scheme", "report_questions", sa.String(), ""),
    ("fund_criterion", "levels", sa.String(), ""),
    ("fund_round", "is_sealed", sa.Boolean(), sa.false()),
    ("fund_round", "is_test", sa.Boolean(), sa.false()),
    ("fund_application", "expected_return", sa.String(), ""),
    ("fund_application", "eligible", sa.JSON(), "{}"),
    ("fund_report", "answers", sa.JSON(), "{}"),
)


def _key(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade():
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    _co_applicants()
    _links()


def _co_applicants():
    op.create_table(
        "fund_co_applicant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("asked", "accepted", "declined", name="answer", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer = 'asked') = (answered_at IS NULL)", name=op.f("ck_fund_co_applicant_answered_at_a_moment")
        ),
        _key("fund_co_applicant", "application_id", "fund_application"),
        _key("fund_co_applicant", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_co_applicant")),
        sa.UniqueConstraint("application_id", "person_id", name=op.f("uq_fund_co_applicant_application_id_person_id")),
    )
    op.create_index(op.f("ix_fund_co_applicant_person_id"), "fund_co_applicant", ["person_id"])


def _links():
    op.create_table(
        "fund_statement_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        _key("fund_statement_link", "application_id", "fund_application"),
        _key("fund_statement_link", "manager_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_statement_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_fund_statement_link_token_hash")),
    )
    for column in ("application_id", "manager_id"):
        op.create_index(op.f(f"ix_fund_statement_link_{column}"), "fund_statement_link", [column])


def downgrade():
    op.drop_table("fund_statement_link")
    op.drop_table("fund_co_applicant")
    for table, name, *_ in reversed(ADDED):
        op.drop_column(table, name)
