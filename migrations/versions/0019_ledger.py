"""Second entries that correct first ones; items by version, with what was agreed; galleries taken down are withdrawn."""

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

THEME = sa.Enum(
    *("visibility", "recognition", "career_development", "sustainability", "evaluating_impact"),
    name="theme",
    native_enum=False,
    length=32,
)
SCOPE = sa.Enum("hub", "steering_group", "submission", "public", name="scope", native_enum=False, length=32)
SORT = sa.Enum(
    *("link", "testimonial", "article", "document", "photograph", "figure", "award"),
    name="sort",
    native_enum=False,
    length=32,
)
UNIQUE = "uq_evidence_entry_kind_source_id"
OLD = "id, institution_id, kind, source_id, theme, title, quantity, people, unit_id, happened_on, recorded_at, withdrawn_at"


def upgrade():
    _ledger_up()
    _galleries()
    _items_up()


def downgrade():
    _items_down()
    _ledger_down()


# -- the ledger --------------------------------------------------------------------------------------------------------


def _ledger_up():
    _reshape_up()
    op.create_index(
        "ix_evidence_entry_counts_no_more",
        "evidence_entry",
        ["institution_id", "happened_on", "id"],
        sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
        postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
    )


def _reshape_up():
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(new=True)
        return
    for column in _new_columns():
        op.add_column("evidence_entry", column)
    op.drop_constraint(UNIQUE, "evidence_entry", type_="unique")
    op.create_unique_constraint(
        op.f("uq_evidence_entry_kind_source_id_revision"), "evidence_entry", ["kind", "source_id", "revision"]
    )
    op.create_foreign_key(
        op.f("fk_evidence_entry_recorded_by_id_person"), "evidence_entry", "person", ["recorded_by_id"], ["id"]
    )
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_evidence_entry_{name}"), "evidence_entry", rule)
    for name in ("revision", "reason"):
        op.alter_column("evidence_entry", name, server_default=None)


CHECKS = {
    "corrected_for_a_reason": "(revision > 0) = (reason <> '')",
    "corrected_counts_no_more": "corrected_at IS NULL OR withdrawn_at IS NOT NULL",
}


def _new_columns():
    return [
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _make_anew(*, new):
    """The table in its other shape: SQLite drops no constraint. What points to its rows finds them again at the end."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE entries_kept AS SELECT {OLD} FROM evidence_entry")
    op.execute("DELETE FROM evidence_entry")
    op.drop_table("evidence_entry")
    added = _new_columns() if new else []
    key = ["kind", "source_id", "revision"] if new else ["kind", "source_id"]
    more = [sa.CheckConstraint(rule, name=op.f(f"ck_evidence_entry_{name}")) for name, rule in CHECKS.items()]
    more.append(
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_evidence_entry_recorded_by_id_person"))
    )
    op.create_table(
        "evidence_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("theme", THEME, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *added,
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_evidence_entry_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evidence_entry_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_entry")),
        sa.UniqueConstraint(*key, name=op.f("_".join(["uq_evidence_entry", *key]))),
        *(more if new else []),
    )
    op.execute(f"INSERT INTO evidence_entry ({OLD}) SELECT {OLD} FROM entries_kept")
    op.drop_table("entries_kept")
    for name, columns in INDEXES.items():
        op.create_index(name, "evidence_entry", columns)


INDEXES = {
    "ix_evidence_entry_institution_id_happened_on_id": ["institution_id", "happened_on", "id"],
    "ix_evidence_entry_institution_id_kind_happened_on": ["institution_id", "kind", "happened_on"],
    "ix_evidence_entry_theme": ["theme"],
    "ix_evidence_entry_unit_id": ["unit_id"],
}


def _ledger_down():
    """Of what was corrected the last entry stays, in the place of the first, which every use of it names."""
    _fold_corrections()
    op.drop_index("ix_evidence_entry_counts_no_more", table_name="evidence_entry")
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(new=False)
        return
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_evidence_entry_{name}"), "evidence_entry", type_="check")
    op.drop_constraint(op.f("fk_evidence_entry_recorded_by_id_person"), "evidence_entry", type_="foreignkey")
    op.drop_constraint(op.f("uq_evidence_entry_kind_source_id_revision"), "evidence_entry", type_="unique")
    op.create_unique_constraint(op.f(UNIQUE), "evidence_entry", ["kind", "source_id"])
    for column in _new_columns():
        op.drop_column("evidence_entry", column.name)


def _fold_corrections():
    for table in ("evidence_entry_person", "plan_placement"):
        op.execute(
            f"""UPDATE {table} SET entry_id = (
                SELECT first.id FROM evidence_entry first JOIN evidence_entry e
                ON first.kind = e.kind AND first.source_id = e.source_id
                WHERE e.id = {table}.entry_id AND first.revision = 0)
            WHERE entry_id IN (SELECT id FROM evidence_entry WHERE revision > 0)"""
        )
    later = "e.kind = evidence_entry.kind AND e.source_id = evidence_entry.source_id AND e.revision > 0"
    op.execute("UPDATE evidence_entry SET corrected_at = NULL WHERE corrected_at IS NOT NULL")
    for column in ("theme", "title", "quantity", "people", "unit_id", "happened_on", "withdrawn_at"):
        op.execute(
            f"""UPDATE evidence_entry SET {column} = (
                SELECT e.{column} FROM evidence_entry e WHERE {later} ORDER BY e.revision DESC LIMIT 1)
            WHERE revision = 0 AND EXISTS (SELECT 1 FROM evidence_entry e WHERE {later})"""
        )
    op.execute("DELETE FROM evidence_entry WHERE revision > 0")


# -- galleries ---------------------------------------------------------------------------------------------------------

TAKEN_DOWN = "kind = 'galleries.withdrawn'"


def _galleries():
    """A gallery that was taken down counts no more: what said so in an entry of its own marks the first as withdrawn."""
    op.execute(
        f"""UPDATE evidence_entry SET withdrawn_at = (
            SELECT later.recorded_at FROM evidence_entry later
            WHERE later.{TAKEN_DOWN} AND later.source_id = evidence_entry.source_id)
        WHERE kind = 'galleries.published' AND withdrawn_at IS NULL
        AND source_id IN (SELECT source_id FROM evidence_entry WHERE {TAKEN_DOWN})"""
    )
    withdrawn = (
        "entry_id IN (SELECT id FROM evidence_entry WHERE kind = 'galleries.published' AND withdrawn_at IS NOT NULL)"
    )
    seconds = f"entry_id IN (SELECT id FROM evidence_entry WHERE {TAKEN_DOWN})"
    op.execute(f"DELETE FROM plan_placement WHERE {seconds}")
    op.execute(f"DELETE FROM evidence_entry_person WHERE {seconds} OR {withdrawn}")
    op.execute(
        f"""UPDATE plan_placement SET state = 'set_aside', reason = 'Withdrawn where it came from',
        version = version + 1 WHERE state <> 'set_aside' AND {withdrawn}"""
    )
    op.execute(f"DELETE FROM evidence_entry WHERE {TAKEN_DOWN}")
    op.execute(f"DELETE FROM plan_feed WHERE {TAKEN_DOWN}")
    op.execute(
        """UPDATE plan_action SET accepted = (SELECT count(*) FROM plan_placement p
            WHERE p.action_id = plan_action.id AND p.state = 'accepted')
        WHERE id IN (SELECT action_id FROM plan_placement WHERE reason = 'Withdrawn where it came from')"""
    )
    _count_galleries_again()


def _count_galleries_again():
    of_galleries = "kind IN ('galleries.published', 'galleries.withdrawn')"
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    month = "strftime('%Y-%m-01', happened_on)" if is_sqlite else "date_trunc('month', happened_on)::date"
    for table in ("evidence_total", "evidence_reach", "evidence_reached"):
        op.execute(f"DELETE FROM {table} WHERE {of_galleries}")
    op.execute(
        f"""INSERT INTO evidence_total (institution_id, kind, theme, month, n, quantity)
        SELECT institution_id, kind, theme, {month}, count(*), sum(quantity) FROM evidence_entry
        WHERE {of_galleries} AND withdrawn_at IS NULL GROUP BY institution_id, kind, theme, {month}"""
    )
    op.execute(
        f"""INSERT INTO evidence_reached (institution_id, kind, person_id)
        SELECT DISTINCT e.institution_id, e.kind, p.person_id
        FROM evidence_entry e JOIN evidence_entry_person p ON p.entry_id = e.id WHERE e.{of_galleries}"""
    )
    op.execute(
        f"""INSERT INTO evidence_reach (institution_id, kind, people)
        SELECT institution_id, kind, count(*) FROM evidence_reached WHERE {of_galleries} GROUP BY institution_id, kind"""
    )


# -- items brought by hand ---------------------------------------------------------------------------------------------


def _items_up():
    op.create_table(
        "evidence_item_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "link IS NOT NULL OR file_id IS NOT NULL OR text <> ''",
            name=op.f("ck_evidence_item_version_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_evidence_item_version_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evidence_item.id"], name=op.f("fk_evidence_item_version_item_id_evidence_item")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_evidence_item_version_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item_version")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_evidence_item_version_item_id_number")),
    )
    versions = _first_versions()
    with op.batch_alter_table("evidence_item") as item:
        item.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        item.add_column(sa.Column("added_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()))
        item.add_column(sa.Column("sort", SORT, nullable=False, server_default="document"))
        item.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        item.create_foreign_key(op.f("fk_evidence_item_unit_id_unit"), "unit", ["unit_id"], ["id"])
        item.add_column(sa.Column("figure", sa.Integer(), nullable=True))
        item.add_column(sa.Column("figure_unit", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("about_somebody", sa.Boolean(), nullable=False, server_default=sa.false()))
        item.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        item.drop_constraint(op.f("ck_evidence_item_says_something"), type_="check")
        item.drop_constraint(op.f("fk_evidence_item_file_id_stored_file"), type_="foreignkey")
        for name in ("text", "link", "file_id"):
            item.drop_column(name)
        item.create_check_constraint(
            op.f("ck_evidence_item_figure_has_number"), "(sort = 'figure') = (figure IS NOT NULL)"
        )
        item.create_check_constraint(op.f("ck_evidence_item_figure_has_unit"), "figure IS NULL OR figure_unit <> ''")
    op.create_index(op.f("ix_evidence_item_added_by_id"), "evidence_item", ["added_by_id"])
    op.create_index(op.f("ix_evidence_item_unit_id"), "evidence_item", ["unit_id"])
    op.create_index(op.f("ix_evidence_item_use_until"), "evidence_item", ["use_until"])
    if versions:
        op.bulk_insert(
            sa.table("evidence_item_version", *(sa.column(name, kind) for name, kind in TYPES.items())), versions
        )
    _date_items()
    _consents()


TYPES = {
    "item_id": sa.Integer(),
    "number": sa.Integer(),
    "text": sa.String(),
    "link": sa.String(),
    "file_id": sa.Integer(),
    "sha256": sa.String(),
    "made_by_id": sa.Integer(),
    "made_at": sa.DateTime(timezone=True),
}


def _first_versions():
    """What each item says, as its first version, made when the ledger learned of it."""
    rows = op.get_bind().execute(
        sa.text(
            """SELECT i.id AS item_id, i.text, i.link, i.file_id, i.added_by_id AS made_by_id, f.sha256 AS file,
            e.recorded_at AS made_at, f.stored_at FROM evidence_item i LEFT JOIN stored_file f ON f.id = i.file_id
            LEFT JOIN evidence_entry e ON e.kind = 'evidence.item' AND e.source_id = i.id ORDER BY i.id"""
        ).columns(made_at=sa.DateTime(timezone=True), stored_at=sa.DateTime(timezone=True))
    )
    return [
        {
            **{name: row[name] for name in ("item_id", "text", "link", "file_id", "made_by_id")},
            "number": 1,
            "sha256": hashlib.sha256(
                "\n".join((row["text"], row["link"] or "", row["file"] or "")).encode()
            ).hexdigest(),
            "made_at": row["made_at"] or row["stored_at"] or datetime.now(UTC),
        }
        for row in rows.mappings()
    ]


def _date_items():
    op.execute(
        """UPDATE evidence_item SET added_at = (SELECT v.made_at FROM evidence_item_version v
        WHERE v.item_id = evidence_item.id)"""
    )
    for sort, rule in {"document": "file_id IS NOT NULL", "link": "file_id IS NULL AND link IS NOT NULL"}.items():
        of = f"SELECT item_id FROM evidence_item_version WHERE {rule}"
        op.execute(f"UPDATE evidence_item SET sort = '{sort}' WHERE id IN ({of})")
    op.execute(
        """UPDATE evidence_item SET sort = 'article' WHERE id IN (SELECT item_id FROM evidence_item_version
        WHERE file_id IS NULL AND link IS NULL)"""
    )
    op.execute(
        """UPDATE evidence_entry SET shown_until = (SELECT i.use_until FROM evidence_item i
        WHERE i.id = evidence_entry.source_id) WHERE kind = 'evidence.item'"""
    )


def _consents():
    op.create_table(
        "evidence_item_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("scope", SCOPE, nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("use_until", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_evidence_item_consent_withdrawn_by_somebody"),
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_evidence_item_consent_{name}_person"))
            for name in ("person_id", "recorded_by_id", "withdrawn_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evidence_item.id"], name=op.f("fk_evidence_item_consent_item_id_evidence_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item_consent")),
    )
    op.create_index(op.f("ix_evidence_item_consent_item_id"), "evidence_item_consent", ["item_id"])
    op.create_index(op.f("ix_evidence_item_consent_person_id"), "evidence_item_consent", ["person_id"])


def _items_down():
    """What an item says last is what it says; what was agreed, and what it said before, no older version knows.

    What was taken out of use loses its words: an older version would show them.
    """
    op.execute("UPDATE evidence_entry SET title = 'Evidence that is no longer used' WHERE shown_until < CURRENT_DATE")
    op.execute(
        """UPDATE evidence_item SET title = 'Evidence that is no longer used', source = '', scope = 'hub'
        WHERE withdrawn_at IS NOT NULL"""
    )
    last = op.get_bind().execute(
        sa.text(
            """SELECT v.item_id AS id, v.text, v.link, v.file_id, i.withdrawn_at IS NOT NULL AS is_out
            FROM evidence_item_version v JOIN evidence_item i ON i.id = v.item_id ORDER BY v.item_id, v.number"""
        )
    )
    said = {row["id"]: dict(row) for row in last.mappings()}
    op.drop_table("evidence_item_consent")
    op.drop_table("evidence_item_version")
    with op.batch_alter_table("evidence_item") as item:
        item.drop_index(op.f("ix_evidence_item_added_by_id"))
        item.drop_index(op.f("ix_evidence_item_unit_id"))
        item.drop_index(op.f("ix_evidence_item_use_until"))
        item.drop_constraint(op.f("fk_evidence_item_unit_id_unit"), type_="foreignkey")
        for name in ("figure_has_number", "figure_has_unit"):
            item.drop_constraint(op.f(f"ck_evidence_item_{name}"), type_="check")
        for name in (
            "version",
            "added_at",
            "sort",
            "unit_id",
            "figure",
            "figure_unit",
            "about_somebody",
            "withdrawn_at",
        ):
            item.drop_column(name)
        item.add_column(sa.Column("text", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("link", sa.String(), nullable=True))
        item.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        item.create_foreign_key(op.f("fk_evidence_item_file_id_stored_file"), "stored_file", ["file_id"], ["id"])
    of_id = sa.text("UPDATE evidence_item SET text = :text, link = :link, file_id = :file_id WHERE id = :id")
    for row in said.values():
        gone = {"text": "No longer used", "link": None, "file_id": None} if row.pop("is_out") else {}
        op.get_bind().execute(of_id, row | gone)
    with op.batch_alter_table("evidence_item") as item:
        item.create_check_constraint(
            op.f("ck_evidence_item_says_something"), "link IS NOT NULL OR file_id IS NOT NULL OR text <> ''"
        )
