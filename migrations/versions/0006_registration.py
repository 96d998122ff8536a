"""Journeys to registration, and mentoring."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "matching_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("preview", "proposed", "discarded", name="roundstage", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_matching_round_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_matching_round_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_round")),
    )
    op.create_index(op.f("ix_matching_round_institution_id"), "matching_round", ["institution_id"], unique=False)
    op.create_table(
        "mentor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("disciplines", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 1 AND 10", name=op.f("ck_mentor_capacity_in_bounds")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_mentor_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mentor_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor")),
        sa.UniqueConstraint("person_id", name=op.f("uq_mentor_person_id")),
    )
    op.create_index(op.f("ix_mentor_institution_id"), "mentor", ["institution_id"], unique=False)
    op.create_table(
        "mentor_register",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_register_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("mentor_id", "register", name=op.f("pk_mentor_register")),
    )
    op.create_index(op.f("ix_mentor_register_register"), "mentor_register", ["register"], unique=False)
    op.create_table(
        "registration_journey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "interested",
                "register_chosen",
                "mentor_matched",
                "evidence_drafting",
                "supporter_confirmed",
                "internal_review",
                "submitted",
                "under_assessment",
                "clarification",
                "awarded",
                "not_yet",
                "withdrawn",
                "registered",
                "renewal_due",
                "lapsed",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("register", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("framework", sa.String(), nullable=True),
        sa.Column("supporter_id", sa.Integer(), nullable=True),
        sa.Column("supporter_name", sa.String(), nullable=True),
        sa.Column("supporter_email", sa.String(), nullable=True),
        sa.Column("supporter_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("fee_pence", sa.Integer(), nullable=False),
        sa.Column("renewal_on", sa.Date(), nullable=True),
        sa.Column("renewal_reminded", sa.Integer(), nullable=True),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'lapsed') = (lapsed_on IS NOT NULL)", name=op.f("ck_registration_journey_lapsed_has_day")
        ),
        sa.CheckConstraint(
            "stage = 'interested' OR stage = 'withdrawn' OR register IS NOT NULL",
            name=op.f("ck_registration_journey_has_register"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('registered', 'renewal_due', 'lapsed') OR registered_on IS NOT NULL AND number IS NOT NULL",
            name=op.f("ck_registration_journey_registered_has_number"),
        ),
        sa.CheckConstraint("fee_pence >= 0", name=op.f("ck_registration_journey_fee_not_negative")),
        sa.CheckConstraint(
            "supporter_id IS NULL OR supporter_id <> person_id", name=op.f("ck_registration_journey_not_own_supporter")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_registration_journey_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_journey_person_id_person")),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["stored_file.id"], name=op.f("fk_registration_journey_proof_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["supporter_id"], ["person.id"], name=op.f("fk_registration_journey_supporter_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_registration_journey_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_journey")),
    )
    op.create_index(
        "ix_registration_journey_institution_id_registered_on",
        "registration_journey",
        ["institution_id", "registered_on"],
        unique=False,
    )
    op.create_index(
        "ix_registration_journey_institution_id_stage",
        "registration_journey",
        ["institution_id", "stage"],
        unique=False,
    )
    op.create_index(op.f("ix_registration_journey_person_id"), "registration_journey", ["person_id"], unique=False)
    op.create_index(op.f("ix_registration_journey_renewal_on"), "registration_journey", ["renewal_on"], unique=False)
    op.create_index(
        op.f("ix_registration_journey_supporter_id"), "registration_journey", ["supporter_id"], unique=False
    )
    op.create_index(op.f("ix_registration_journey_unit_id"), "registration_journey", ["unit_id"], unique=False)
    op.create_index(
        "uq_registration_journey_under_way",
        "registration_journey",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text(
            "stage IN ('interested', 'register_chosen', 'mentor_matched', 'evidence_drafting', 'supporter_confirmed', 'internal_review', 'submitted', 'under_assessment', 'clarification', 'awarded')"
        ),
        postgresql_where=sa.text(
            "stage IN ('interested', 'register_chosen', 'mentor_matched', 'evidence_drafting', 'supporter_confirmed', 'internal_review', 'submitted', 'under_assessment', 'clarification', 'awarded')"
        ),
    )
    op.create_table(
        "mentoring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "came_by", sa.Enum("asked", "lead", "round", name="cameby", native_enum=False, length=32), nullable=False
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed",
                "agreed",
                "active",
                "paused",
                "closed",
                "evaluated",
                "declined",
                name="pairstage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("mentor_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentee_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "decline_reason",
            sa.Enum(
                "no_time",
                "not_my_field",
                "someone_better",
                "too_close",
                "other",
                name="reason",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("decline_note", sa.String(), nullable=False),
        sa.Column("goals", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("last_met_on", sa.Date(), nullable=True),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "registered",
                "submitted",
                "still_drafting",
                "new_mentor",
                "stopped",
                name="outcome",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("helped", sa.Integer(), nullable=True),
        sa.Column("evaluation", sa.String(), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage <> 'declined' OR decline_reason IS NOT NULL", name=op.f("ck_mentoring_declined_has_reason")
        ),
        sa.CheckConstraint(
            "stage NOT IN ('agreed', 'active', 'paused') OR mentor_agreed_at IS NOT NULL AND mentee_agreed_at IS NOT NULL",
            name=op.f("ck_mentoring_agreed_by_both"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('closed', 'evaluated') OR outcome IS NOT NULL", name=op.f("ck_mentoring_closed_has_outcome")
        ),
        sa.CheckConstraint("mentor_id <> mentee_id", name=op.f("ck_mentoring_two_people")),
        sa.ForeignKeyConstraint(["declined_by_id"], ["person.id"], name=op.f("fk_mentoring_declined_by_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_mentoring_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["registration_journey.id"], name=op.f("fk_mentoring_journey_id_registration_journey")
        ),
        sa.ForeignKeyConstraint(["mentee_id"], ["person.id"], name=op.f("fk_mentoring_mentee_id_person")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_mentoring_mentor_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["matching_round.id"], name=op.f("fk_mentoring_round_id_matching_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mentoring_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring")),
    )
    op.create_index("ix_mentoring_institution_id_stage", "mentoring", ["institution_id", "stage"], unique=False)
    op.create_index(op.f("ix_mentoring_journey_id"), "mentoring", ["journey_id"], unique=False)
    op.create_index(op.f("ix_mentoring_mentee_id"), "mentoring", ["mentee_id"], unique=False)
    op.create_index(op.f("ix_mentoring_mentor_id"), "mentoring", ["mentor_id"], unique=False)
    op.create_index(op.f("ix_mentoring_round_id"), "mentoring", ["round_id"], unique=False)
    op.create_index(
        "uq_mentoring_open",
        "mentoring",
        ["mentee_id"],
        unique=True,
        sqlite_where=sa.text("stage IN ('proposed', 'agreed', 'active', 'paused')"),
        postgresql_where=sa.text("stage IN ('proposed', 'agreed', 'active', 'paused')"),
    )
    op.create_table(
        "mentoring_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("disciplines", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_mentoring_wish_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["registration_journey.id"], name=op.f("fk_mentoring_wish_journey_id_registration_journey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_wish")),
        sa.UniqueConstraint("journey_id", name=op.f("uq_mentoring_wish_journey_id")),
    )
    op.create_index(op.f("ix_mentoring_wish_institution_id"), "mentoring_wish", ["institution_id"], unique=False)
    op.create_index(op.f("ix_mentoring_wish_waiting"), "mentoring_wish", ["waiting"], unique=False)
    op.create_table(
        "registration_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_registration_statement_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["registration_journey.id"],
            name=op.f("fk_registration_statement_journey_id_registration_journey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_statement")),
        sa.UniqueConstraint("journey_id", "area", name=op.f("uq_registration_statement_journey_id_area")),
    )
    op.create_table(
        "matched_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("chosen_by_lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_matched_pair_mentor_id_mentor")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["matching_round.id"], name=op.f("fk_matched_pair_round_id_matching_round")
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["mentoring_wish.id"], name=op.f("fk_matched_pair_wish_id_mentoring_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matched_pair")),
        sa.UniqueConstraint("round_id", "wish_id", name=op.f("uq_matched_pair_round_id_wish_id")),
    )
    op.create_index(op.f("ix_matched_pair_round_id"), "matched_pair", ["round_id"], unique=False)
    op.create_table(
        "mentoring_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentoring_id", sa.Integer(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_mentoring_meeting_minutes_in_bounds")),
        sa.ForeignKeyConstraint(["logged_by_id"], ["person.id"], name=op.f("fk_mentoring_meeting_logged_by_id_person")),
        sa.ForeignKeyConstraint(
            ["mentoring_id"], ["mentoring.id"], name=op.f("fk_mentoring_meeting_mentoring_id_mentoring")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_meeting")),
    )
    op.create_index(op.f("ix_mentoring_meeting_mentoring_id"), "mentoring_meeting", ["mentoring_id"], unique=False)
    op.create_table(
        "mentoring_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentoring_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_mentoring_note_author_id_person")),
        sa.ForeignKeyConstraint(
            ["mentoring_id"], ["mentoring.id"], name=op.f("fk_mentoring_note_mentoring_id_mentoring")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_note")),
    )
    op.create_index(op.f("ix_mentoring_note_mentoring_id"), "mentoring_note", ["mentoring_id"], unique=False)
    op.create_table(
        "registration_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_registration_comment_author_id_person")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["registration_statement.id"],
            name=op.f("fk_registration_comment_statement_id_registration_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_comment")),
    )
    op.create_index(
        op.f("ix_registration_comment_statement_id"), "registration_comment", ["statement_id"], unique=False
    )
    op.create_table(
        "registration_kept_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["registration_statement.id"],
            name=op.f("fk_registration_kept_version_statement_id_registration_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_kept_version")),
    )
    op.create_index(
        op.f("ix_registration_kept_version_statement_id"), "registration_kept_version", ["statement_id"], unique=False
    )


def downgrade():
    op.drop_index(op.f("ix_registration_kept_version_statement_id"), table_name="registration_kept_version")
    op.drop_table("registration_kept_version")
    op.drop_index(op.f("ix_registration_comment_statement_id"), table_name="registration_comment")
    op.drop_table("registration_comment")
    op.drop_index(op.f("ix_mentoring_note_mentoring_id"), table_name="mentoring_note")
    op.drop_table("mentoring_note")
    op.drop_index(op.f("ix_mentoring_meeting_mentoring_id"), table_name="mentoring_meeting")
    op.drop_table("mentoring_meeting")
    op.drop_index(op.f("ix_matched_pair_round_id"), table_name="matched_pair")
    op.drop_table("matched_pair")
    op.drop_table("registration_statement")
    op.drop_index(op.f("ix_mentoring_wish_waiting"), table_name="mentoring_wish")
    op.drop_index(op.f("ix_mentoring_wish_institution_id"), table_name="mentoring_wish")
    op.drop_table("mentoring_wish")
    op.drop_index(
        "uq_mentoring_open",
        table_name="mentoring",
        sqlite_where=sa.text("stage IN ('proposed', 'agreed', 'active', 'paused')"),
        postgresql_where=sa.text("stage IN ('proposed', 'agreed', 'active', 'paused')"),
    )
    op.drop_index(op.f("ix_mentoring_round_id"), table_name="mentoring")
    op.drop_index(op.f("ix_mentoring_mentor_id"), table_name="mentoring")
    op.drop_index(op.f("ix_mentoring_mentee_id"), table_name="mentoring")
    op.drop_index(op.f("ix_mentoring_journey_id"), table_name="mentoring")
    op.drop_index("ix_mentoring_institution_id_stage", table_name="mentoring")
    op.drop_table("mentoring")
    op.drop_index(
        "uq_registration_journey_under_way",
        table_name="registration_journey",
        sqlite_where=sa.text(
            "stage IN ('interested', 'register_chosen', 'mentor_matched', 'evidence_drafting', 'supporter_confirmed', 'internal_review', 'submitted', 'under_assessment', 'clarification', 'awarded')"
        ),
        postgresql_where=sa.text(
            "stage IN ('interested', 'register_chosen', 'mentor_matched', 'evidence_drafting', 'supporter_confirmed', 'internal_review', 'submitted', 'under_assessment', 'clarification', 'awarded')"
        ),
    )
    op.drop_index(op.f("ix_registration_journey_unit_id"), table_name="registration_journey")
    op.drop_index(op.f("ix_registration_journey_supporter_id"), table_name="registration_journey")
    op.drop_index(op.f("ix_registration_journey_renewal_on"), table_name="registration_journey")
    op.drop_index(op.f("ix_registration_journey_person_id"), table_name="registration_journey")
    op.drop_index("ix_registration_journey_institution_id_stage", table_name="registration_journey")
    op.drop_index("ix_registration_journey_institution_id_registered_on", table_name="registration_journey")
    op.drop_table("registration_journey")
    op.drop_index(op.f("ix_mentor_register_register"), table_name="mentor_register")
    op.drop_table("mentor_register")
    op.drop_index(op.f("ix_mentor_institution_id"), table_name="mentor")
    op.drop_table("mentor")
    op.drop_index(op.f("ix_matching_round_institution_id"), table_name="matching_round")
    op.drop_table("matching_round")
