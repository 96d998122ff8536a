"""Rules that name more than a kind, indicators that ask the ledger, values frozen with the entries behind them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

THEMES = ("visibility", "recognition", "career_development", "sustainability", "evaluating_impact")

# What each measure was called before, and what it asks of the ledger now.
MEASURES = {
    "registered_staff": ("registered", []),
    "profiles_published": ("entries", ["directory.profile"]),
    "sessions_delivered": ("entries", ["skills.session"]),
    "people_taught": ("quantity", ["skills.session"]),
    "fund_awards": ("entries", ["fund.award"]),
    "fund_pounds": ("quantity", ["fund.award"]),
    "nominations": ("entries", ["awards.nomination"]),
    "awards": ("entries", ["awards.award"]),
    "mentoring_pairs": ("entries", ["registration.mentoring"]),
}

indicator = sa.table(
    "plan_indicator",
    sa.column("measure", sa.String),
    sa.column("counting", sa.String),
    sa.column("kinds", sa.JSON),
    sa.column("words", sa.String),
    sa.column("theme", sa.String),
    sa.column("unit_id", sa.Integer),
)
feed = sa.table("plan_feed", sa.column("action_id", sa.Integer), sa.column("kind", sa.String))
rule = sa.table(
    "plan_rule",
    *(sa.column(name, sa.Integer) for name in ("id", "institution_id", "action_id", "unit_id", "version")),
    *(sa.column(name, sa.String) for name in ("kind", "words", "theme")),
    *(sa.column(name, sa.Date) for name in ("since", "until")),
)
action = sa.table("plan_action", sa.column("id", sa.Integer), sa.column("institution_id", sa.Integer))
placement = sa.table(
    "plan_placement",
    *(sa.column(name, sa.Integer) for name in ("action_id", "entry_id", "rule_id")),
    sa.column("because", sa.String),
)
entry = sa.table("evidence_entry", sa.column("id", sa.Integer), sa.column("kind", sa.String))


def _one_of(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade():
    _make_rules()
    _turn_feeds_into_rules()
    op.drop_table("plan_feed")
    _ask()
    _freeze()


def _make_rules():
    op.create_table(
        "plan_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("theme", _one_of("theme", *THEMES), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IS NOT NULL OR words <> '' OR unit_id IS NOT NULL OR theme IS NOT NULL"
            " OR since IS NOT NULL OR until IS NOT NULL",
            name=op.f("ck_plan_rule_names_something"),
        ),
        sa.CheckConstraint(
            "until IS NULL OR since IS NULL OR until >= since", name=op.f("ck_plan_rule_until_after_since")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_plan_rule_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_plan_rule_action_id_plan_action")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_rule_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_rule")),
    )
    op.create_index(op.f("ix_plan_rule_institution_id"), "plan_rule", ["institution_id"])
    op.create_index(op.f("ix_plan_rule_action_id"), "plan_rule", ["action_id"])
    _add("plan_placement", "rule_id", "INTEGER", references="plan_rule")
    op.add_column("plan_placement", sa.Column("because", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_plan_placement_rule_id"), "plan_placement", ["rule_id"])
    op.create_index("ix_plan_placement_decided_by_id_decided_at", "plan_placement", ["decided_by_id", "decided_at"])


def _turn_feeds_into_rules():
    """Each feed is a rule that names its kind, and what it suggested is suggested by it."""
    op.execute(
        rule.insert().from_select(
            ["institution_id", "action_id", "kind", "words", "version"],
            sa.select(action.c.institution_id, feed.c.action_id, feed.c.kind, sa.literal(""), sa.literal(1))
            .join_from(feed, action, feed.c.action_id == action.c.id)
            .order_by(feed.c.action_id, feed.c.kind),
        )
    )
    of_feed = (
        sa.select(rule.c.id)
        .join_from(rule, entry, entry.c.kind == rule.c.kind)
        .where(rule.c.action_id == placement.c.action_id, entry.c.id == placement.c.entry_id)
    )
    op.execute(placement.update().values(rule_id=of_feed.scalar_subquery()))
    op.execute(
        placement.update().where(placement.c.rule_id.is_not(None)).values(because="it is of a kind that is asked for")
    )


def _add(table, column, spec, references="", checks=()):
    """A column with what it refers to or obeys, which SQLite takes only with the column itself."""
    told = f" CONSTRAINT fk_{table}_{column}_{references} REFERENCES {references} (id)" if references else ""
    for name, condition in checks:
        told += f" CONSTRAINT ck_{table}_{name} CHECK ({condition})"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {spec}{told}")


def _ask():
    counting = _one_of("counting", "entries", "quantity", "people", "registered")
    op.add_column("plan_indicator", sa.Column("counting", counting, nullable=True))
    op.add_column("plan_indicator", sa.Column("kinds", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("plan_indicator", sa.Column("theme", _one_of("theme", *THEMES), nullable=True))
    _add("plan_indicator", "unit_id", "INTEGER", references="unit")
    op.add_column("plan_indicator", sa.Column("words", sa.String(), nullable=False, server_default=""))
    since_baseline = ("baseline_has_day", "period <> 'baseline' OR baseline_on IS NOT NULL")
    _add("plan_indicator", "period", "VARCHAR(32) NOT NULL DEFAULT 'always'", checks=(since_baseline,))
    growth = ("growth_has_baseline", "shown = 'number' OR baseline IS NOT NULL")
    share = ("percentage_of_something", "shown <> 'growth_percent' OR baseline > 0")
    _add("plan_indicator", "shown", "VARCHAR(32) NOT NULL DEFAULT 'number'", checks=(growth, share))
    for measure, (counting, kinds) in MEASURES.items():
        op.execute(indicator.update().where(indicator.c.measure == measure).values(counting=counting, kinds=kinds))
    op.drop_column("plan_indicator", "measure")


def _freeze():
    op.add_column("plan_reading", sa.Column("source", sa.String(), nullable=False, server_default=""))
    _add("plan_reading", "made_by_id", "INTEGER", references="person")
    op.add_column("plan_reading", sa.Column("entries", sa.LargeBinary(), nullable=True))


def downgrade():
    for name in ("entries", "made_by_id", "source"):
        op.drop_column("plan_reading", name)
    _ask_no_more()
    _make_feeds()
    op.drop_index("ix_plan_placement_decided_by_id_decided_at", table_name="plan_placement")
    op.drop_index(op.f("ix_plan_placement_rule_id"), table_name="plan_placement")
    op.drop_column("plan_placement", "because")
    op.drop_column("plan_placement", "rule_id")
    op.drop_index(op.f("ix_plan_rule_action_id"), table_name="plan_rule")
    op.drop_index(op.f("ix_plan_rule_institution_id"), table_name="plan_rule")
    op.drop_table("plan_rule")


def _ask_no_more():
    """What no measure of the older version could count is typed in again."""
    op.add_column("plan_indicator", sa.Column("measure", sa.String(), nullable=True))
    plain = sa.and_(indicator.c.words == "", indicator.c.theme.is_(None), indicator.c.unit_id.is_(None))
    kinds = sa.cast(indicator.c.kinds, sa.String)
    for measure, (counting, wanted) in MEASURES.items():
        asked = kinds == (f'["{wanted[0]}"]' if wanted else "[]")
        op.execute(indicator.update().where(plain, indicator.c.counting == counting, asked).values(measure=measure))
    for name in ("shown", "period", "words", "unit_id", "theme", "kinds", "counting"):
        op.drop_column("plan_indicator", name)


def _make_feeds():
    op.create_table(
        "plan_feed",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_plan_feed_action_id_plan_action")),
        sa.PrimaryKeyConstraint("action_id", "kind", name=op.f("pk_plan_feed")),
    )
    kinds = sa.select(rule.c.action_id, rule.c.kind).where(rule.c.kind.is_not(None)).distinct()
    op.execute(feed.insert().from_select(["action_id", "kind"], kinds))
