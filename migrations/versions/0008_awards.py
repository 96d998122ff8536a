"""Award schemes, nominations and judging."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "award_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_award_scheme_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_scheme")),
        sa.UniqueConstraint("institution_id", "name", name=op.f("uq_award_scheme_institution_id_name")),
    )
    op.create_table(
        "award_cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judging_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "draft", "open", "judging", "decided", "announced", name="cyclestage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'announced') = (announced_at IS NOT NULL)", name=op.f("ck_award_cycle_announced_has_moment")
        ),
        sa.CheckConstraint(
            "(stage IN ('decided', 'announced')) = (decided_at IS NOT NULL)",
            name=op.f("ck_award_cycle_decided_has_moment"),
        ),
        sa.CheckConstraint(
            "opens_at < closes_at AND closes_at < judging_until", name=op.f("ck_award_cycle_moments_in_order")
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_award_cycle_chair_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_award_cycle_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["award_scheme.id"], name=op.f("fk_award_cycle_scheme_id_award_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_cycle")),
    )
    op.create_index("ix_award_cycle_institution_id_stage", "award_cycle", ["institution_id", "stage"], unique=False)
    op.create_index(op.f("ix_award_cycle_scheme_id"), "award_cycle", ["scheme_id"], unique=False)
    op.create_table(
        "award_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("word_limit", sa.Integer(), nullable=False),
        sa.Column("self_allowed", sa.Boolean(), nullable=False),
        sa.Column("team_allowed", sa.Boolean(), nullable=False),
        sa.Column("withheld_because", sa.String(), nullable=False),
        sa.CheckConstraint("word_limit BETWEEN 30 AND 1000", name=op.f("ck_award_category_word_limit_in_range")),
        sa.ForeignKeyConstraint(["cycle_id"], ["award_cycle.id"], name=op.f("fk_award_category_cycle_id_award_cycle")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_award_category_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_category")),
        sa.UniqueConstraint("cycle_id", "name", name=op.f("uq_award_category_cycle_id_name")),
    )
    op.create_table(
        "award_judge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("acts_as_chair", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["award_cycle.id"], name=op.f("fk_award_judge_cycle_id_award_cycle")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_judge_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_judge")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_award_judge_cycle_id_person_id")),
    )
    op.create_index(op.f("ix_award_judge_person_id"), "award_judge", ["person_id"], unique=False)
    op.create_table(
        "award_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_award_criterion_weight_in_percent")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_criterion_category_id_award_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_criterion")),
        sa.UniqueConstraint("category_id", "name", name=op.f("uq_award_criterion_category_id_name")),
    )
    op.create_table(
        "award_nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("nominator_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "colleague", "manager", "researcher", "student", "myself", name="relation", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("winner", "highly_commended", "not_selected", name="outcome", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "awaiting_consent",
                "consented",
                "eligible",
                "shortlisted",
                "decided",
                "announced",
                "declined_consent",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'announced') = (announced_at IS NOT NULL)", name=op.f("ck_award_nomination_announced_has_moment")
        ),
        sa.CheckConstraint("(stage = 'draft') = (sent_at IS NULL)", name=op.f("ck_award_nomination_sent_has_moment")),
        sa.CheckConstraint(
            "(stage IN ('decided', 'announced')) = (outcome IS NOT NULL)",
            name=op.f("ck_award_nomination_decided_has_outcome"),
        ),
        sa.CheckConstraint(
            "outcome <> 'not_selected' OR feedback <> ''", name=op.f("ck_award_nomination_not_selected_has_feedback")
        ),
        sa.CheckConstraint(
            "(outcome IS NOT NULL) = (decided_at IS NOT NULL)", name=op.f("ck_award_nomination_outcome_has_moment")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_nomination_category_id_award_category")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["award_cycle.id"], name=op.f("fk_award_nomination_cycle_id_award_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_award_nomination_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["nominator_id"], ["person.id"], name=op.f("fk_award_nomination_nominator_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_award_nomination_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_nomination")),
    )
    op.create_index(op.f("ix_award_nomination_category_id"), "award_nomination", ["category_id"], unique=False)
    op.create_index("ix_award_nomination_cycle_id_stage", "award_nomination", ["cycle_id", "stage"], unique=False)
    op.create_index(
        "ix_award_nomination_institution_id_outcome", "award_nomination", ["institution_id", "outcome"], unique=False
    )
    op.create_index(op.f("ix_award_nomination_nominator_id"), "award_nomination", ["nominator_id"], unique=False)
    op.create_table(
        "award_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("scored", "abstained", "conflict", name="verdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict = 'scored' OR reason <> ''", name=op.f("ck_award_judgement_reason_unless_scored")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["award_nomination.id"], name=op.f("fk_award_judgement_nomination_id_award_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_judgement_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_judgement")),
        sa.UniqueConstraint("nomination_id", "person_id", name=op.f("uq_award_judgement_nomination_id_person_id")),
    )
    op.create_index(op.f("ix_award_judgement_person_id"), "award_judgement", ["person_id"], unique=False)
    op.create_table(
        "award_nominee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("consents", sa.Boolean(), nullable=True),
        sa.Column("publicity", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("NOT publicity OR consents", name=op.f("ck_award_nominee_publicity_needs_consent")),
        sa.CheckConstraint(
            "consents IS NULL OR answered_at IS NOT NULL", name=op.f("ck_award_nominee_answer_has_moment")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["award_nomination.id"], name=op.f("fk_award_nominee_nomination_id_award_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_nominee_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_nominee")),
        sa.UniqueConstraint("nomination_id", "person_id", name=op.f("uq_award_nominee_nomination_id_person_id")),
    )
    op.create_index(op.f("ix_award_nominee_person_id"), "award_nominee", ["person_id"], unique=False)
    op.create_table(
        "award_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_award_score_score_has_reason")),
        sa.CheckConstraint("points BETWEEN 1 AND 5", name=op.f("ck_award_score_points_one_to_five")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["award_criterion.id"], name=op.f("fk_award_score_criterion_id_award_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["award_judgement.id"], name=op.f("fk_award_score_judgement_id_award_judgement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_score")),
        sa.UniqueConstraint("judgement_id", "criterion_id", name=op.f("uq_award_score_judgement_id_criterion_id")),
    )
    op.create_index(op.f("ix_award_score_criterion_id"), "award_score", ["criterion_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_award_score_criterion_id"), table_name="award_score")
    op.drop_table("award_score")
    op.drop_index(op.f("ix_award_nominee_person_id"), table_name="award_nominee")
    op.drop_table("award_nominee")
    op.drop_index(op.f("ix_award_judgement_person_id"), table_name="award_judgement")
    op.drop_table("award_judgement")
    op.drop_index(op.f("ix_award_nomination_nominator_id"), table_name="award_nomination")
    op.drop_index("ix_award_nomination_institution_id_outcome", table_name="award_nomination")
    op.drop_index("ix_award_nomination_cycle_id_stage", table_name="award_nomination")
    op.drop_index(op.f("ix_award_nomination_category_id"), table_name="award_nomination")
    op.drop_table("award_nomination")
    op.drop_table("award_criterion")
    op.drop_index(op.f("ix_award_judge_person_id"), table_name="award_judge")
    op.drop_table("award_judge")
    op.drop_table("award_category")
    op.drop_index(op.f("ix_award_cycle_scheme_id"), table_name="award_cycle")
    op.drop_index("ix_award_cycle_institution_id_stage", table_name="award_cycle")
    op.drop_table("award_cycle")
    op.drop_table("award_scheme")
