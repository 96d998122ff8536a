"""Evidence packs: what was chosen, frozen and sent."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STAGE = sa.Enum("in_use", "superseded", "retired", name="stage", native_enum=False, length=32)
AUDIENCE = sa.Enum("internal", "panel", "public", name="audience", native_enum=False, length=32)
WHY = sa.Enum(
    *("withdrawn", "out_of_use", "expired", "not_asked", "not_so_far", "other_words"),
    name="why",
    native_enum=False,
    length=32,
)


def _key(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade():
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("audience", AUDIENCE, nullable=False),
        sa.Column("stage", STAGE, nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("pack", "institution_id", "institution"),
        _key("pack", "plan_id", "plan"),
        _key("pack", "made_by_id", "person"),
        _key("pack", "predecessor_id", "pack"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("predecessor_id", name=op.f("uq_pack_predecessor_id")),
    )
    op.create_index("ix_pack_institution_id_frozen_at", "pack", ["institution_id", "frozen_at"])
    op.create_index(op.f("ix_pack_plan_id"), "pack", ["plan_id"])
    op.create_table(
        "pack_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", WHY, nullable=True),
        sa.CheckConstraint("(stopped_at IS NULL) = (why IS NULL)", name=op.f("ck_pack_piece_stopped_for_a_reason")),
        _key("pack_piece", "pack_id", "pack"),
        _key("pack_piece", "entry_id", "evidence_entry"),
        _key("pack_piece", "version_id", "evidence_item_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_piece")),
        sa.UniqueConstraint("pack_id", "n", name=op.f("uq_pack_piece_pack_id_n")),
    )
    op.create_index(op.f("ix_pack_piece_entry_id"), "pack_piece", ["entry_id"])


def downgrade():
    op.drop_table("pack_piece")
    op.drop_table("pack")
