"""How long the fund keeps what: periods of each institution, anonymous applications with their numbers, who had money before, and case studies."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OUTCOME = sa.Enum("award", "reserve", "decline", name="outcome", native_enum=False, length=32)
NEW = ("anonymised_on", "funded_before")
PERIODS = {"unsuccessful_months": "12", "scores_months": "12", "awarded_years": "6"}
POINTING = ("fund_cost_line", "fund_step", "fund_entry", "fund_claim", "fund_kept", "fund_decision", "fund_report")


def upgrade():
    op.add_column("fund_application", sa.Column("anonymised_on", sa.Date(), nullable=True))
    op.add_column(
        "fund_application", sa.Column("funded_before", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("fund_report", sa.Column("permits_words", sa.Boolean(), nullable=False, server_default=sa.false()))
    _nobody_may_apply(True)
    for table in ("evidence_entry", "pack_piece"):
        op.add_column(table, sa.Column("anonymised_on", sa.Date(), nullable=True))
    _kept()
    _case_studies()
    for name, period in PERIODS.items():
        op.add_column("institution", sa.Column(name, sa.Integer(), nullable=False, server_default=period))


def _case_studies():
    op.create_table(
        "fund_case_study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("stage", _named("studystage", "asked", "published", "withdrawn"), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("fund_case_study", "institution_id", "institution"),
        _key("fund_case_study", "application_id", "fund_application"),
        _key("fund_case_study", "author_id", "person"),
        _key("fund_case_study", "skill_id", "skill"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_case_study")),
        sa.UniqueConstraint("application_id", name=op.f("uq_fund_case_study_application_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_fund_case_study_slug")),
    )
    for column in ("author_id", "skill_id"):
        op.create_index(op.f(f"ix_fund_case_study_{column}"), "fund_case_study", [column])
    op.create_index("ix_fund_case_study_institution_id_stage", "fund_case_study", ["institution_id", "stage"])
    op.create_table(
        "fund_case_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given", _named("given", "report", "study"), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= agreed_at",
            name=op.f("ck_fund_case_consent_withdrawn_after_agreed"),
        ),
        _key("fund_case_consent", "study_id", "fund_case_study"),
        _key("fund_case_consent", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_case_consent")),
    )
    for column in ("study_id", "person_id"):
        op.create_index(op.f(f"ix_fund_case_consent_{column}"), "fund_case_consent", [column])
    op.create_index(
        "uq_fund_case_consent_open",
        "fund_case_consent",
        ["study_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _named(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def _key(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _kept():
    op.create_table(
        "fund_kept",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("asked_as", sa.Integer(), nullable=True),
        sa.Column("funded_as", sa.Integer(), nullable=True),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("outcome", OUTCOME, nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("learned_id", sa.Integer(), nullable=True),
        _key("fund_kept", "application_id", "fund_application"),
        _key("fund_kept", "unit_id", "unit"),
        _key("fund_kept", "learned_id", "skill"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_fund_kept")),
    )
    for column in ("unit_id", "learned_id"):
        op.create_index(op.f(f"ix_fund_kept_{column}"), "fund_kept", [column])


def downgrade():
    op.drop_table("fund_case_consent")
    op.drop_table("fund_case_study")
    _forget_the_anonymous()
    op.drop_column("fund_report", "permits_words")
    for name in PERIODS:
        op.drop_column("institution", name)
    op.drop_table("fund_kept")
    for table in ("pack_piece", "evidence_entry"):
        op.drop_column(table, "anonymised_on")
    _nobody_may_apply(False)
    for column in NEW:
        op.drop_column("fund_application", column)


def _forget_the_anonymous():
    """An application without an applicant has no place in the older tables."""
    anonymous = "SELECT id FROM fund_application WHERE applicant_id IS NULL"
    op.execute(
        f"DELETE FROM fund_receipt WHERE claim_id IN (SELECT id FROM fund_claim WHERE application_id IN ({anonymous}))"
    )
    for table in POINTING:
        op.execute(f"DELETE FROM {table} WHERE application_id IN ({anonymous})")
    op.execute("DELETE FROM fund_application WHERE applicant_id IS NULL")


def _nobody_may_apply(may):
    """SQLite changes no column: the table is made again under its own name; what points to its rows waits."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("fund_application", "applicant_id", nullable=may)
        return
    run = op.get_bind().exec_driver_sql
    (made,) = run("SELECT sql FROM sqlite_master WHERE name = 'fund_application'").one()
    about = "SELECT sql FROM sqlite_master WHERE tbl_name = 'fund_application' AND type = 'index' AND sql <> ''"
    indexes = run(about).all()
    columns = ", ".join(column[1] for column in run("PRAGMA table_info(fund_application)"))
    was, becomes = ("applicant_id INTEGER NOT NULL", "applicant_id INTEGER")
    made = made.replace(was, becomes, 1) if may else made.replace(becomes, was, 1)
    run("PRAGMA defer_foreign_keys = ON")
    run(f"CREATE TEMPORARY TABLE fund_application_kept AS SELECT {columns} FROM fund_application")
    run("DROP TABLE fund_application")
    run(made)
    run(f"INSERT INTO fund_application ({columns}) SELECT {columns} FROM fund_application_kept")
    run("DROP TABLE fund_application_kept")
    for (index,) in indexes:
        run(index)
