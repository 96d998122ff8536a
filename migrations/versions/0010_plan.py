"""Plans, actions, indicators, and evidence placed on them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft", "consultation", "approved", "published", "closed", name="stage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_plan_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["predecessor_id"], ["plan.id"], name=op.f("fk_plan_predecessor_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index("ix_plan_institution_id_stage", "plan", ["institution_id", "stage"], unique=False)
    op.create_index(
        "uq_plan_published",
        "plan",
        ["institution_id"],
        unique=True,
        sqlite_where=sa.text("stage = 'published'"),
        postgresql_where=sa.text("stage = 'published'"),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("impact", sa.String(), nullable=False),
        sa.Column("owner_role", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rag", sa.Enum("red", "amber", "green", name="rag", native_enum=False, length=32), nullable=False),
        sa.Column("rag_explanation", sa.String(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("accepted >= 0", name=op.f("ck_plan_action_accepted_not_negative")),
        sa.CheckConstraint(
            "due_on IS NULL OR starts_on IS NULL OR due_on >= starts_on", name=op.f("ck_plan_action_due_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"], ["plan_action.id"], name=op.f("fk_plan_action_carried_from_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_action_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_plan_action_owner_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_action_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_plan_action_plan_id_ref")),
    )
    op.create_index(op.f("ix_plan_action_due_on"), "plan_action", ["due_on"], unique=False)
    op.create_index(op.f("ix_plan_action_institution_id"), "plan_action", ["institution_id"], unique=False)
    op.create_index(op.f("ix_plan_action_plan_id"), "plan_action", ["plan_id"], unique=False)
    op.create_table(
        "plan_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_import_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_plan_import_owner_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_import_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_import")),
    )
    op.create_index(op.f("ix_plan_import_institution_id"), "plan_import", ["institution_id"], unique=False)
    op.create_table(
        "plan_action_theme",
        sa.Column("action_id", sa.Integer(), nullable=False),
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
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_action_theme_action_id_plan_action")
        ),
        sa.PrimaryKeyConstraint("action_id", "theme", name=op.f("pk_plan_action_theme")),
    )
    op.create_table(
        "plan_feed",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_plan_feed_action_id_plan_action")),
        sa.PrimaryKeyConstraint("action_id", "kind", name=op.f("pk_plan_feed")),
    )
    op.create_table(
        "plan_indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("baseline", sa.Integer(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_indicator_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_indicator_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_indicator")),
    )
    op.create_index(op.f("ix_plan_indicator_action_id"), "plan_indicator", ["action_id"], unique=False)
    op.create_index(op.f("ix_plan_indicator_institution_id"), "plan_indicator", ["institution_id"], unique=False)
    op.create_table(
        "plan_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_milestone_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_milestone_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_milestone")),
    )
    op.create_index(op.f("ix_plan_milestone_action_id"), "plan_milestone", ["action_id"], unique=False)
    op.create_index(op.f("ix_plan_milestone_institution_id"), "plan_milestone", ["institution_id"], unique=False)
    op.create_table(
        "plan_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("suggested", "accepted", "set_aside", name="placementstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'accepted' OR action_id IS NOT NULL", name=op.f("ck_plan_placement_accepted_has_action")
        ),
        sa.CheckConstraint("state <> 'set_aside' OR reason <> ''", name=op.f("ck_plan_placement_set_aside_has_reason")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_placement_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_plan_placement_decided_by_id_person")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["evidence_entry.id"], name=op.f("fk_plan_placement_entry_id_evidence_entry")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_placement_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_placement")),
        sa.UniqueConstraint("entry_id", "action_id", name=op.f("uq_plan_placement_entry_id_action_id")),
    )
    op.create_index("ix_plan_placement_action_id_state", "plan_placement", ["action_id", "state"], unique=False)
    op.create_index(op.f("ix_plan_placement_entry_id"), "plan_placement", ["entry_id"], unique=False)
    op.create_index(
        "ix_plan_placement_institution_id_state", "plan_placement", ["institution_id", "state"], unique=False
    )
    op.create_table(
        "plan_progress_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_progress_note_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_plan_progress_note_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_progress_note")),
    )
    op.create_index(op.f("ix_plan_progress_note_action_id"), "plan_progress_note", ["action_id"], unique=False)
    op.create_table(
        "plan_rag_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("rag", sa.Enum("red", "amber", "green", name="rag", native_enum=False, length=32), nullable=False),
        sa.Column(
            "proposed", sa.Enum("red", "amber", "green", name="rag", native_enum=False, length=32), nullable=False
        ),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rag <> 'red' OR explanation <> ''", name=op.f("ck_plan_rag_decision_red_is_explained")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_rag_decision_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_plan_rag_decision_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_rag_decision")),
    )
    op.create_index(op.f("ix_plan_rag_decision_action_id"), "plan_rag_decision", ["action_id"], unique=False)
    op.create_table(
        "plan_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["plan_indicator.id"], name=op.f("fk_plan_reading_indicator_id_plan_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_reading")),
        sa.UniqueConstraint("indicator_id", "on", name=op.f("uq_plan_reading_indicator_id_on")),
    )
    op.create_index(op.f("ix_plan_reading_indicator_id"), "plan_reading", ["indicator_id"], unique=False)
    op.create_table(
        "plan_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("value >= 0", name=op.f("ck_plan_target_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["plan_indicator.id"], name=op.f("fk_plan_target_indicator_id_plan_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_target")),
    )
    op.create_index(op.f("ix_plan_target_indicator_id"), "plan_target", ["indicator_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_plan_target_indicator_id"), table_name="plan_target")
    op.drop_table("plan_target")
    op.drop_index(op.f("ix_plan_reading_indicator_id"), table_name="plan_reading")
    op.drop_table("plan_reading")
    op.drop_index(op.f("ix_plan_rag_decision_action_id"), table_name="plan_rag_decision")
    op.drop_table("plan_rag_decision")
    op.drop_index(op.f("ix_plan_progress_note_action_id"), table_name="plan_progress_note")
    op.drop_table("plan_progress_note")
    op.drop_index("ix_plan_placement_institution_id_state", table_name="plan_placement")
    op.drop_index(op.f("ix_plan_placement_entry_id"), table_name="plan_placement")
    op.drop_index("ix_plan_placement_action_id_state", table_name="plan_placement")
    op.drop_table("plan_placement")
    op.drop_index(op.f("ix_plan_milestone_institution_id"), table_name="plan_milestone")
    op.drop_index(op.f("ix_plan_milestone_action_id"), table_name="plan_milestone")
    op.drop_table("plan_milestone")
    op.drop_index(op.f("ix_plan_indicator_institution_id"), table_name="plan_indicator")
    op.drop_index(op.f("ix_plan_indicator_action_id"), table_name="plan_indicator")
    op.drop_table("plan_indicator")
    op.drop_table("plan_feed")
    op.drop_table("plan_action_theme")
    op.drop_index(op.f("ix_plan_import_institution_id"), table_name="plan_import")
    op.drop_table("plan_import")
    op.drop_index(op.f("ix_plan_action_plan_id"), table_name="plan_action")
    op.drop_index(op.f("ix_plan_action_institution_id"), table_name="plan_action")
    op.drop_index(op.f("ix_plan_action_due_on"), table_name="plan_action")
    op.drop_table("plan_action")
    op.drop_index(
        "uq_plan_published",
        table_name="plan",
        sqlite_where=sa.text("stage = 'published'"),
        postgresql_where=sa.text("stage = 'published'"),
    )
    op.drop_index("ix_plan_institution_id_stage", table_name="plan")
    op.drop_table("plan")
