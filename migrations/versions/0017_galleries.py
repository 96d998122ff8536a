"""Galleries, those in them, what was printed; where a photograph is cut."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

THEMES = ("visibility", "recognition", "career_development", "sustainability", "evaluating_impact")


def upgrade():
    op.add_column("stored_file", sa.Column("focus_x", sa.Integer(), nullable=False, server_default="50"))
    op.add_column("stored_file", sa.Column("focus_y", sa.Integer(), nullable=False, server_default="40"))
    _galleries()
    _paper()


def _galleries():
    op.create_table(
        "gallery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("introduction", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("theme", sa.Enum(*THEMES, name="theme", native_enum=False, length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("draft", "published", "withdrawn", name="stage", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stage = 'draft') = (published_at IS NULL)", name=op.f("ck_gallery_published_has_moment")),
        sa.CheckConstraint("position BETWEEN 1 AND 99", name=op.f("ck_gallery_position_in_range")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_gallery_institution_id_institution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery")),
        sa.UniqueConstraint("slug", name=op.f("uq_gallery_slug")),
    )
    op.create_index("ix_gallery_institution_id_stage", "gallery", ["institution_id", "stage"])
    op.create_table(
        "gallery_portrait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("gallery_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("asked", "shown", "declined", "left", name="answer", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("does", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gallery_id"], ["gallery.id"], name=op.f("fk_gallery_portrait_gallery_id_gallery")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_gallery_portrait_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gallery_portrait_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_portrait")),
        sa.UniqueConstraint("gallery_id", "person_id", name=op.f("uq_gallery_portrait_gallery_id_person_id")),
    )
    op.create_index(op.f("ix_gallery_portrait_institution_id"), "gallery_portrait", ["institution_id"])
    op.create_index(op.f("ix_gallery_portrait_person_id"), "gallery_portrait", ["person_id"])


def _paper():
    op.create_table(
        "gallery_printing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("gallery_id", sa.Integer(), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Enum("cards", "poster", name="paper", native_enum=False, length=32), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gallery_id"], ["gallery.id"], name=op.f("fk_gallery_printing_gallery_id_gallery")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_gallery_printing_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["printed_by_id"], ["person.id"], name=op.f("fk_gallery_printing_printed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_printing")),
    )
    op.create_index(op.f("ix_gallery_printing_institution_id"), "gallery_printing", ["institution_id"])
    op.create_index(op.f("ix_gallery_printing_gallery_id"), "gallery_printing", ["gallery_id"])
    op.create_table(
        "gallery_printed_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("printing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("has_photograph", sa.Boolean(), nullable=False),
        sa.Column("down_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(down_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_gallery_printed_card_somebody_took_it_down")
        ),
        sa.CheckConstraint(
            "down_at IS NULL OR down_by IS NOT NULL", name=op.f("ck_gallery_printed_card_down_when_asked")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_gallery_printed_card_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_gallery_printed_card_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gallery_printed_card_person_id_person")),
        sa.ForeignKeyConstraint(
            ["printing_id"], ["gallery_printing.id"], name=op.f("fk_gallery_printed_card_printing_id_gallery_printing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_printed_card")),
        sa.UniqueConstraint("printing_id", "person_id", name=op.f("uq_gallery_printed_card_printing_id_person_id")),
    )
    op.create_index(op.f("ix_gallery_printed_card_institution_id"), "gallery_printed_card", ["institution_id"])
    op.create_index("ix_gallery_printed_card_person_id_down_by", "gallery_printed_card", ["person_id", "down_by"])


def downgrade():
    for table in ("gallery_printed_card", "gallery_printing", "gallery_portrait", "gallery"):
        op.drop_table(table)
    op.drop_column("stored_file", "focus_x")
    op.drop_column("stored_file", "focus_y")
