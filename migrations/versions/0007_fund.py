"""Schemes, rounds, applications, decisions and money."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "fund_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("development", "registration_refund", name="schemekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("pays", sa.String(), nullable=False),
        sa.Column("cannot_pay", sa.String(), nullable=False),
        sa.Column("most_pence", sa.Integer(), nullable=False),
        sa.Column("match_percent", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("retrospective", sa.Boolean(), nullable=False),
        sa.Column("report_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("match_percent BETWEEN 0 AND 90", name=op.f("ck_fund_scheme_match_in_bounds")),
        sa.CheckConstraint("most_pence > 0", name=op.f("ck_fund_scheme_most_positive")),
        sa.CheckConstraint("notice_days >= 0 AND report_days >= 0", name=op.f("ck_fund_scheme_days_not_negative")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_fund_scheme_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_scheme")),
        sa.UniqueConstraint("institution_id", "code", name=op.f("uq_fund_scheme_institution_id_code")),
        sa.UniqueConstraint("institution_id", "name", name=op.f("uq_fund_scheme_institution_id_name")),
    )
    op.create_index(op.f("ix_fund_scheme_institution_id"), "fund_scheme", ["institution_id"], unique=False)
    op.create_table(
        "fund_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("budget_pence", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("panel_on", sa.Date(), nullable=False),
        sa.Column("decisions_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("draft", "open", "closed", "decided", "released", name="roundstage", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'released') = (released_at IS NOT NULL)", name=op.f("ck_fund_round_released_has_date")
        ),
        sa.CheckConstraint("stage = 'draft' OR budget_pence > 0", name=op.f("ck_fund_round_live_has_budget")),
        sa.CheckConstraint(
            "stage = 'draft' OR closes_at > opens_at", name=op.f("ck_fund_round_live_closes_after_opening")
        ),
        sa.CheckConstraint("budget_pence >= 0", name=op.f("ck_fund_round_budget_not_negative")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_fund_round_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["fund_scheme.id"], name=op.f("fk_fund_round_scheme_id_fund_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_round")),
        sa.UniqueConstraint("scheme_id", "name", name=op.f("uq_fund_round_scheme_id_name")),
    )
    op.create_index(
        "ix_fund_round_institution_id_stage", "fund_round", ["institution_id", "stage", "closes_at"], unique=False
    )
    op.create_index(op.f("ix_fund_round_scheme_id"), "fund_round", ["scheme_id"], unique=False)
    op.create_table(
        "fund_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("journey_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "awaiting_manager",
                "returned",
                "submitted",
                "with_panel",
                "awarded",
                "reserve",
                "declined",
                "accepted",
                "activity_done",
                "claimed",
                "paid",
                "report_due",
                "report_received",
                "closed",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("helps_role", sa.String(), nullable=False),
        sa.Column("helps_team", sa.String(), nullable=False),
        sa.Column("helps_university", sa.String(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("sharing", sa.String(), nullable=False),
        sa.Column("match_pence", sa.Integer(), nullable=False),
        sa.Column("other_funding", sa.String(), nullable=False),
        sa.Column("asked_pence", sa.Integer(), nullable=True),
        sa.Column("awarded_pence", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage IN ('awarded', 'accepted', 'activity_done', 'claimed', 'paid', 'report_due', 'report_received', 'closed')) = (awarded_pence IS NOT NULL)",
            name=op.f("ck_fund_application_funded_has_amount"),
        ),
        sa.CheckConstraint(
            "stage IN ('draft', 'withdrawn') OR reference IS NOT NULL",
            name=op.f("ck_fund_application_sent_has_reference"),
        ),
        sa.CheckConstraint(
            "awarded_pence IS NULL OR (awarded_pence > 0 AND awarded_pence <= asked_pence)",
            name=op.f("ck_fund_application_award_within_asked"),
        ),
        sa.CheckConstraint(
            "manager_id IS NULL OR manager_id <> applicant_id", name=op.f("ck_fund_application_manager_is_another")
        ),
        sa.CheckConstraint("match_pence >= 0", name=op.f("ck_fund_application_match_not_negative")),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_fund_application_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(["applicant_id"], ["person.id"], name=op.f("fk_fund_application_applicant_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_fund_application_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_fund_application_manager_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["fund_round.id"], name=op.f("fk_fund_application_round_id_fund_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_application")),
        sa.UniqueConstraint("id", "applicant_id", name=op.f("uq_fund_application_id_applicant_id")),
        sa.UniqueConstraint("institution_id", "reference", name=op.f("uq_fund_application_institution_id_reference")),
        sa.UniqueConstraint("journey_id", name=op.f("uq_fund_application_journey_id")),
    )
    op.create_index(op.f("ix_fund_application_applicant_id"), "fund_application", ["applicant_id"], unique=False)
    op.create_index(
        "ix_fund_application_institution_id_stage", "fund_application", ["institution_id", "stage"], unique=False
    )
    op.create_index(op.f("ix_fund_application_manager_id"), "fund_application", ["manager_id"], unique=False)
    op.create_index(op.f("ix_fund_application_report_due_on"), "fund_application", ["report_due_on"], unique=False)
    op.create_index(op.f("ix_fund_application_round_id"), "fund_application", ["round_id"], unique=False)
    op.create_index(
        "uq_fund_application_one_in_a_round",
        "fund_application",
        ["round_id", "applicant_id"],
        unique=True,
        sqlite_where=sa.text("journey_id IS NULL"),
        postgresql_where=sa.text("journey_id IS NULL"),
    )
    op.create_table(
        "fund_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_fund_criterion_weight_in_bounds")),
        sa.ForeignKeyConstraint(["round_id"], ["fund_round.id"], name=op.f("fk_fund_criterion_round_id_fund_round")),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["fund_scheme.id"], name=op.f("fk_fund_criterion_scheme_id_fund_scheme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_criterion")),
        sa.UniqueConstraint("scheme_id", "round_id", "name", name=op.f("uq_fund_criterion_scheme_id_round_id_name")),
    )
    op.create_index(op.f("ix_fund_criterion_round_id"), "fund_criterion", ["round_id"], unique=False)
    op.create_index(op.f("ix_fund_criterion_scheme_id"), "fund_criterion", ["scheme_id"], unique=False)
    op.create_table(
        "fund_panel_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fund_panel_member_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["fund_round.id"], name=op.f("fk_fund_panel_member_round_id_fund_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_panel_member")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_fund_panel_member_round_id_person_id")),
    )
    op.create_index(op.f("ix_fund_panel_member_person_id"), "fund_panel_member", ["person_id"], unique=False)
    op.create_table(
        "fund_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name=op.f("ck_fund_claim_approved_by_somebody")
        ),
        sa.CheckConstraint(
            "paid_on IS NULL OR approved_at IS NOT NULL", name=op.f("ck_fund_claim_paid_after_approval")
        ),
        sa.CheckConstraint("pence > 0", name=op.f("ck_fund_claim_pence_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_claim_application_id_fund_application")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_fund_claim_approved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_claim")),
        sa.UniqueConstraint("application_id", name=op.f("uq_fund_claim_application_id")),
    )
    op.create_table(
        "fund_cost_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("pence > 0", name=op.f("ck_fund_cost_line_pence_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_cost_line_application_id_fund_application")
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["stored_file.id"], name=op.f("fk_fund_cost_line_quote_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_cost_line")),
    )
    op.create_index(op.f("ix_fund_cost_line_application_id"), "fund_cost_line", ["application_id"], unique=False)
    op.create_table(
        "fund_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("award", "reserve", "decline", name="outcome", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("pence", sa.Integer(), nullable=True),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(outcome = 'award') = (pence IS NOT NULL)", name=op.f("ck_fund_decision_award_has_amount")),
        sa.CheckConstraint(
            "outcome <> 'decline' OR feedback <> ''", name=op.f("ck_fund_decision_decline_has_feedback")
        ),
        sa.CheckConstraint("decided_by_id <> applicant_id", name=op.f("ck_fund_decision_not_by_the_applicant")),
        sa.CheckConstraint("pence IS NULL OR pence > 0", name=op.f("ck_fund_decision_pence_positive")),
        sa.ForeignKeyConstraint(
            ["application_id", "applicant_id"],
            ["fund_application.id", "fund_application.applicant_id"],
            name=op.f("fk_fund_decision_application_id_applicant_id_fund_application"),
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_fund_decision_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_decision")),
        sa.UniqueConstraint("application_id", name=op.f("uq_fund_decision_application_id")),
    )
    op.create_table(
        "fund_declared_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["fund_application.id"],
            name=op.f("fk_fund_declared_conflict_application_id_fund_application"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fund_declared_conflict_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_declared_conflict")),
        sa.UniqueConstraint(
            "application_id", "person_id", name=op.f("uq_fund_declared_conflict_application_id_person_id")
        ),
    )
    op.create_index(op.f("ix_fund_declared_conflict_person_id"), "fund_declared_conflict", ["person_id"], unique=False)
    op.create_table(
        "fund_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("committed", "released", "claimed", "paid", name="moneykind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("pence > 0", name=op.f("ck_fund_entry_pence_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_entry_application_id_fund_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_fund_entry_by_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["fund_round.id"], name=op.f("fk_fund_entry_round_id_fund_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
    )
    op.create_index(op.f("ix_fund_entry_application_id"), "fund_entry", ["application_id"], unique=False)
    op.create_index("ix_fund_entry_round_id_kind", "fund_entry", ["round_id", "kind", "pence"], unique=False)
    op.create_table(
        "fund_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("shared_with", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["person.id"], name=op.f("fk_fund_report_accepted_by_id_person")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_report_application_id_fund_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_report")),
        sa.UniqueConstraint("application_id", name=op.f("uq_fund_report_application_id")),
    )
    op.create_table(
        "fund_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("justification", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("justification <> ''", name=op.f("ck_fund_score_has_justification")),
        sa.CheckConstraint("person_id <> applicant_id", name=op.f("ck_fund_score_not_the_applicant")),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_fund_score_score_in_bounds")),
        sa.ForeignKeyConstraint(
            ["application_id", "applicant_id"],
            ["fund_application.id", "fund_application.applicant_id"],
            name=op.f("fk_fund_score_application_id_applicant_id_fund_application"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["fund_criterion.id"], name=op.f("fk_fund_score_criterion_id_fund_criterion")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fund_score_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_score")),
        sa.UniqueConstraint(
            "application_id",
            "person_id",
            "criterion_id",
            name=op.f("uq_fund_score_application_id_person_id_criterion_id"),
        ),
    )
    op.create_index(op.f("ix_fund_score_criterion_id"), "fund_score", ["criterion_id"], unique=False)
    op.create_index(op.f("ix_fund_score_person_id"), "fund_score", ["person_id"], unique=False)
    op.create_table(
        "fund_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("releases_time", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_statement_application_id_fund_application")
        ),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_fund_statement_manager_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_statement")),
        sa.UniqueConstraint("application_id", name=op.f("uq_fund_statement_application_id")),
    )
    op.create_table(
        "fund_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "awaiting_manager",
                "returned",
                "submitted",
                "with_panel",
                "awarded",
                "reserve",
                "declined",
                "accepted",
                "activity_done",
                "claimed",
                "paid",
                "report_due",
                "report_received",
                "closed",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["fund_application.id"], name=op.f("fk_fund_step_application_id_fund_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_fund_step_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_step")),
    )
    op.create_index(op.f("ix_fund_step_application_id"), "fund_step", ["application_id"], unique=False)
    op.create_table(
        "fund_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["fund_claim.id"], name=op.f("fk_fund_receipt_claim_id_fund_claim")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_fund_receipt_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_receipt")),
    )
    op.create_index(op.f("ix_fund_receipt_claim_id"), "fund_receipt", ["claim_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_fund_receipt_claim_id"), table_name="fund_receipt")
    op.drop_table("fund_receipt")
    op.drop_index(op.f("ix_fund_step_application_id"), table_name="fund_step")
    op.drop_table("fund_step")
    op.drop_table("fund_statement")
    op.drop_index(op.f("ix_fund_score_person_id"), table_name="fund_score")
    op.drop_index(op.f("ix_fund_score_criterion_id"), table_name="fund_score")
    op.drop_table("fund_score")
    op.drop_table("fund_report")
    op.drop_index("ix_fund_entry_round_id_kind", table_name="fund_entry")
    op.drop_index(op.f("ix_fund_entry_application_id"), table_name="fund_entry")
    op.drop_table("fund_entry")
    op.drop_index(op.f("ix_fund_declared_conflict_person_id"), table_name="fund_declared_conflict")
    op.drop_table("fund_declared_conflict")
    op.drop_table("fund_decision")
    op.drop_index(op.f("ix_fund_cost_line_application_id"), table_name="fund_cost_line")
    op.drop_table("fund_cost_line")
    op.drop_table("fund_claim")
    op.drop_index(op.f("ix_fund_panel_member_person_id"), table_name="fund_panel_member")
    op.drop_table("fund_panel_member")
    op.drop_index(op.f("ix_fund_criterion_scheme_id"), table_name="fund_criterion")
    op.drop_index(op.f("ix_fund_criterion_round_id"), table_name="fund_criterion")
    op.drop_table("fund_criterion")
    op.drop_index(
        "uq_fund_application_one_in_a_round",
        table_name="fund_application",
        sqlite_where=sa.text("journey_id IS NULL"),
        postgresql_where=sa.text("journey_id IS NULL"),
    )
    op.drop_index(op.f("ix_fund_application_round_id"), table_name="fund_application")
    op.drop_index(op.f("ix_fund_application_report_due_on"), table_name="fund_application")
    op.drop_index(op.f("ix_fund_application_manager_id"), table_name="fund_application")
    op.drop_index("ix_fund_application_institution_id_stage", table_name="fund_application")
    op.drop_index(op.f("ix_fund_application_applicant_id"), table_name="fund_application")
    op.drop_table("fund_application")
    op.drop_index(op.f("ix_fund_round_scheme_id"), table_name="fund_round")
    op.drop_index("ix_fund_round_institution_id_stage", table_name="fund_round")
    op.drop_table("fund_round")
    op.drop_index(op.f("ix_fund_scheme_institution_id"), table_name="fund_scheme")
    op.drop_table("fund_scheme")
