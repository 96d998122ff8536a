"""Skills, profiles, permissions and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "directory_edition",
        sa.Column("institution_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("vocabulary", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_directory_edition_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("pk_directory_edition")),
    )
    op.create_table(
        "directory_word",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_directory_word_people_not_negative")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_directory_word_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("institution_id", "audience", "term", name=op.f("pk_directory_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "laboratory",
                "imaging",
                "workshop",
                "digital",
                "arts",
                "clinical",
                "animal",
                "teaching",
                "estates",
                name="skillgroup",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("abbreviations", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("institution_id", "name", name=op.f("uq_skill_institution_id_name")),
    )
    op.create_table(
        "directory_listed",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("sort_name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("faculty_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("campus_audience", sa.Integer(), nullable=False),
        sa.Column("skills_audience", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_directory_listed_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_directory_listed_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_directory_listed")),
    )
    op.create_index(
        "ix_directory_listed_browse", "directory_listed", ["institution_id", "sort_name", "person_id"], unique=False
    )
    op.create_table(
        "directory_posting",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_directory_posting_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_directory_posting_person_id_person")),
        sa.PrimaryKeyConstraint("institution_id", "term", "person_id", "field", name=op.f("pk_directory_posting")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_directory_posting_person_id", "directory_posting", ["person_id"], unique=False)
    op.create_table(
        "person_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("learning", "working", "expert", "can_teach", name="level", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("wants_to_learn", sa.Boolean(), nullable=False),
        sa.Column("last_used", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level IS NOT NULL OR wants_to_learn", name=op.f("ck_person_skill_says_something")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_person_skill_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_skill_person_id_person")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_person_skill_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_skill")),
        sa.UniqueConstraint("person_id", "skill_id", name=op.f("uq_person_skill_person_id_skill_id")),
    )
    op.create_index(op.f("ix_person_skill_institution_id"), "person_skill", ["institution_id"], unique=False)
    op.create_index("ix_person_skill_skill_id_level", "person_skill", ["skill_id", "level"], unique=False)
    op.create_table(
        "public_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("covers", sa.Enum("page", "photograph", name="covers", native_enum=False, length=32), nullable=False),
        sa.Column("wording_version", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= agreed_at", name=op.f("ck_public_consent_withdrawn_after_agreed")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_public_consent_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_public_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_consent")),
    )
    op.create_index(op.f("ix_public_consent_institution_id"), "public_consent", ["institution_id"], unique=False)
    op.create_index(
        "uq_public_consent_open",
        "public_consent",
        ["person_id", "covers"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pronouns", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("working_days", sa.JSON(), nullable=False),
        sa.Column("contact_route", sa.String(), nullable=False),
        sa.Column("contact_for", sa.String(), nullable=False),
        sa.Column("can_help_with", sa.String(), nullable=False),
        sa.Column("equipment", sa.String(), nullable=False),
        sa.Column("biography", sa.String(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("shown_to", sa.JSON(), nullable=False),
        sa.Column("completeness", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("completeness BETWEEN 0 AND 100", name=op.f("ck_profile_completeness_in_percent")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_profile_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_person_id_person")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_profile_photo_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("person_id", name=op.f("uq_profile_person_id")),
    )
    op.create_index(op.f("ix_profile_institution_id"), "profile", ["institution_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_profile_institution_id"), table_name="profile")
    op.drop_table("profile")
    op.drop_index(
        "uq_public_consent_open",
        table_name="public_consent",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_public_consent_institution_id"), table_name="public_consent")
    op.drop_table("public_consent")
    op.drop_index("ix_person_skill_skill_id_level", table_name="person_skill")
    op.drop_index(op.f("ix_person_skill_institution_id"), table_name="person_skill")
    op.drop_table("person_skill")
    op.drop_index("ix_directory_posting_person_id", table_name="directory_posting")
    op.drop_table("directory_posting")
    op.drop_index("ix_directory_listed_browse", table_name="directory_listed")
    op.drop_table("directory_listed")
    op.drop_table("skill")
    op.drop_table("directory_word")
    op.drop_table("directory_edition")
