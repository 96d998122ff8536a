"""Charters with their points, and what is placed on them; every institution is given the standard ones."""

import tomllib
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STANDARD = Path(__file__).parents[2] / "hub" / "charters" / "standard.toml"


def _key(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade():
    charter = op.create_table(
        "charter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("charter", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter")),
        sa.UniqueConstraint("institution_id", "name", name=op.f("uq_charter_institution_id_name")),
        sa.UniqueConstraint("institution_id", "standard", name=op.f("uq_charter_institution_id_standard")),
    )
    point = op.create_table(
        "charter_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("charter_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("charter_point", "charter_id", "charter"),
        _key("charter_point", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_point")),
        sa.UniqueConstraint("charter_id", "number", name=op.f("uq_charter_point_charter_id_number")),
    )
    op.create_index(op.f("ix_charter_point_institution_id"), "charter_point", ["institution_id"])
    op.create_table(
        "charter_point_entry",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        _key("charter_point_entry", "entry_id", "evidence_entry"),
        _key("charter_point_entry", "placed_by_id", "person"),
        _key("charter_point_entry", "point_id", "charter_point"),
        sa.PrimaryKeyConstraint("point_id", "entry_id", name=op.f("pk_charter_point_entry")),
    )
    op.create_index(op.f("ix_charter_point_entry_entry_id"), "charter_point_entry", ["entry_id"])
    op.create_table(
        "plan_action_point",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        _key("plan_action_point", "action_id", "plan_action"),
        _key("plan_action_point", "point_id", "charter_point"),
        sa.PrimaryKeyConstraint("action_id", "point_id", name=op.f("pk_plan_action_point")),
    )
    op.create_index(op.f("ix_plan_action_point_point_id"), "plan_action_point", ["point_id"])
    _give_standard_ones(charter, point)


def _give_standard_ones(charter, point):
    run = op.get_bind().execute
    shipped = tomllib.loads(STANDARD.read_text(encoding="utf-8"))
    for (institution_id,) in run(sa.text("SELECT id FROM institution ORDER BY id")).all():
        for key, one in shipped.items():
            said = {"institution_id": institution_id, "standard": key, "name": one["name"], "about": one["about"]}
            charter_id = run(charter.insert().values(**said, version=1).returning(charter.c.id)).scalar_one()
            own = {"charter_id": charter_id, "institution_id": institution_id, "wording": "", "version": 1}
            topics = [
                {**own, "number": str(n), "topic": topic, "position": n} for n, topic in enumerate(one["topics"], 1)
            ]
            run(point.insert(), topics)


def downgrade():
    for table in ("plan_action_point", "charter_point_entry", "charter_point", "charter"):
        op.drop_table(table)
