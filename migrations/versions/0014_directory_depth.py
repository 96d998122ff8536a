"""Skills confirmed and suggested, changes of profiles and who may write them, saved searches, more to say of oneself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_saved_search_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("person_id", "query", name=op.f("uq_saved_search_person_id_query")),
    )
    op.create_index(op.f("ix_saved_search_institution_id"), "saved_search", ["institution_id"], unique=False)
    op.create_table(
        "skill_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("waiting", "added", "known", "declined", name="suggestionstage", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("learning", "working", "expert", "can_teach", name="level", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(stage IN ('added', 'known')) = (skill_id IS NOT NULL)", name=op.f("ck_skill_suggestion_leads_to_skill")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_suggestion_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_skill_suggestion_person_id_person")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_suggestion_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_suggestion")),
    )
    op.create_index(op.f("ix_skill_suggestion_institution_id"), "skill_suggestion", ["institution_id"], unique=False)
    op.create_index(op.f("ix_skill_suggestion_person_id"), "skill_suggestion", ["person_id"], unique=False)
    op.create_index(op.f("ix_skill_suggestion_skill_id"), "skill_suggestion", ["skill_id"], unique=False)
    op.create_table(
        "skill_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_skill_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_skill_confirmation_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_confirmation_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["person_skill_id"], ["person_skill.id"], name=op.f("fk_skill_confirmation_person_skill_id_person_skill")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_confirmation")),
        sa.UniqueConstraint(
            "person_skill_id", "confirmed_by_id", name=op.f("uq_skill_confirmation_person_skill_id_confirmed_by_id")
        ),
    )
    op.create_index(
        op.f("ix_skill_confirmation_confirmed_by_id"), "skill_confirmation", ["confirmed_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_skill_confirmation_institution_id"), "skill_confirmation", ["institution_id"], unique=False
    )
    op.create_table(
        "profile_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_profile_change_changed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_profile_change_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_profile_change_profile_id_profile")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_change")),
    )
    op.create_index(op.f("ix_profile_change_changed_by_id"), "profile_change", ["changed_by_id"], unique=False)
    op.create_index(op.f("ix_profile_change_institution_id"), "profile_change", ["institution_id"], unique=False)
    op.create_index(op.f("ix_profile_change_profile_id"), "profile_change", ["profile_id"], unique=False)
    op.create_table(
        "profile_editor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_profile_editor_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_editor_person_id_person")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_profile_editor_profile_id_profile")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_editor")),
        sa.UniqueConstraint("profile_id", "person_id", name=op.f("uq_profile_editor_profile_id_person_id")),
    )
    op.create_index(op.f("ix_profile_editor_institution_id"), "profile_editor", ["institution_id"], unique=False)
    op.create_index(op.f("ix_profile_editor_person_id"), "profile_editor", ["person_id"], unique=False)
    op.add_column("profile", sa.Column("disciplines", sa.String(), nullable=False, server_default=""))
    op.add_column("profile", sa.Column("fellowships", sa.String(), nullable=False, server_default=""))
    op.add_column("profile", sa.Column("champion_role", sa.String(), nullable=False, server_default=""))
    op.add_column("profile", sa.Column("orcid", sa.String(), nullable=False, server_default=""))
    op.add_column("skill", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade():
    op.drop_column("skill", "version")
    op.drop_column("profile", "orcid")
    op.drop_column("profile", "champion_role")
    op.drop_column("profile", "fellowships")
    op.drop_column("profile", "disciplines")
    op.drop_index(op.f("ix_profile_editor_person_id"), table_name="profile_editor")
    op.drop_index(op.f("ix_profile_editor_institution_id"), table_name="profile_editor")
    op.drop_table("profile_editor")
    op.drop_index(op.f("ix_profile_change_profile_id"), table_name="profile_change")
    op.drop_index(op.f("ix_profile_change_institution_id"), table_name="profile_change")
    op.drop_index(op.f("ix_profile_change_changed_by_id"), table_name="profile_change")
    op.drop_table("profile_change")
    op.drop_index(op.f("ix_skill_confirmation_institution_id"), table_name="skill_confirmation")
    op.drop_index(op.f("ix_skill_confirmation_confirmed_by_id"), table_name="skill_confirmation")
    op.drop_table("skill_confirmation")
    op.drop_index(op.f("ix_skill_suggestion_skill_id"), table_name="skill_suggestion")
    op.drop_index(op.f("ix_skill_suggestion_person_id"), table_name="skill_suggestion")
    op.drop_index(op.f("ix_skill_suggestion_institution_id"), table_name="skill_suggestion")
    op.drop_table("skill_suggestion")
    op.drop_index(op.f("ix_saved_search_institution_id"), table_name="saved_search")
    op.drop_table("saved_search")
