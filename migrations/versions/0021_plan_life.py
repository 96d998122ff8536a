"""The life of a plan: comments on its wording, versions, reasons for changes, lineage, check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CARRIED = "\tcarried_from_id INTEGER, \n"
CARRIED_KEY = (
    "\tCONSTRAINT fk_plan_action_carried_from_id_plan_action FOREIGN KEY(carried_from_id) "
    "REFERENCES plan_action (id), \n"
)


def _moment(name, nullable=True):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade():
    _comments()
    _versions()
    _lineage()
    if op.get_bind().dialect.name == "sqlite":
        _remake_actions(lambda made: made.replace(CARRIED, "").replace(CARRIED_KEY, ""))
    else:
        op.drop_column("plan_action", "carried_from_id")
    op.add_column("plan_action", sa.Column("delivery", sa.String(), nullable=False, server_default=""))
    op.add_column("plan_action", sa.Column("working_group", sa.String(), nullable=False, server_default=""))
    _check_ins()


def _comments():
    op.create_table(
        "plan_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("wording", sa.JSON(), nullable=False),
        _moment("written_at", nullable=False),
        sa.Column(
            "verdict", sa.Enum("changed", "unchanged", name="verdict", native_enum=False, length=32), nullable=True
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        _moment("answered_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL)", name=op.f("ck_plan_comment_answered_at_a_moment")
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_plan_comment_answered_by_somebody")
        ),
        sa.CheckConstraint("verdict IS NULL OR answer <> ''", name=op.f("ck_plan_comment_answered_in_words")),
        _key("plan_comment", "action_id", "plan_action"),
        _key("plan_comment", "answered_by_id", "person"),
        _key("plan_comment", "author_id", "person"),
        _key("plan_comment", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_comment")),
    )
    op.create_index(op.f("ix_plan_comment_action_id"), "plan_comment", ["action_id"])
    op.create_index(op.f("ix_plan_comment_author_id"), "plan_comment", ["author_id"])
    op.create_index("ix_plan_comment_institution_id_verdict", "plan_comment", ["institution_id", "verdict"])


def _versions():
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("approved", "published", "saved", name="occasion", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        _moment("kept_at", nullable=False),
        _key("plan_version", "institution_id", "institution"),
        _key("plan_version", "kept_by_id", "person"),
        _key("plan_version", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    op.create_index(op.f("ix_plan_version_institution_id"), "plan_version", ["institution_id"])
    op.create_table(
        "plan_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_plan_amendment_has_reason")),
        _key("plan_amendment", "action_id", "plan_action"),
        _key("plan_amendment", "made_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_amendment")),
    )
    op.create_index(op.f("ix_plan_amendment_action_id"), "plan_amendment", ["action_id"])


def _lineage():
    op.create_table(
        "plan_trajectory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "course",
            sa.Enum("continued", "related", "stopped", name="course", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "course IS NULL OR course <> 'stopped' OR reason <> ''", name=op.f("ck_plan_trajectory_stopped_has_reason")
        ),
        _key("plan_trajectory", "action_id", "plan_action"),
        _key("plan_trajectory", "institution_id", "institution"),
        _key("plan_trajectory", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_trajectory")),
        sa.UniqueConstraint("plan_id", "action_id", name=op.f("uq_plan_trajectory_plan_id_action_id")),
    )
    op.create_index(op.f("ix_plan_trajectory_institution_id"), "plan_trajectory", ["institution_id"])
    op.create_index(op.f("ix_plan_trajectory_action_id"), "plan_trajectory", ["action_id"])
    op.create_table(
        "plan_successor",
        sa.Column("trajectory_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        _key("plan_successor", "action_id", "plan_action"),
        _key("plan_successor", "trajectory_id", "plan_trajectory"),
        sa.PrimaryKeyConstraint("trajectory_id", "action_id", name=op.f("pk_plan_successor")),
    )
    op.create_index(op.f("ix_plan_successor_action_id"), "plan_successor", ["action_id"])
    op.execute(
        "INSERT INTO plan_trajectory (institution_id, plan_id, action_id, course, reason, version) "
        "SELECT DISTINCT institution_id, plan_id, carried_from_id, 'continued', '', 1 FROM plan_action "
        "WHERE carried_from_id IS NOT NULL"
    )
    op.execute(
        "INSERT INTO plan_successor (trajectory_id, action_id) SELECT t.id, a.id FROM plan_action a "
        "JOIN plan_trajectory t ON t.plan_id = a.plan_id AND t.action_id = a.carried_from_id "
        "AND t.institution_id = a.institution_id"
    )
    op.execute(
        "INSERT INTO plan_trajectory (institution_id, plan_id, action_id, course, reason, version) "
        "SELECT p.institution_id, p.id, a.id, NULL, '', 1 FROM plan p JOIN plan_action a ON a.plan_id = p.predecessor_id "
        "WHERE NOT EXISTS (SELECT 1 FROM plan_trajectory t WHERE t.plan_id = p.id AND t.action_id = a.id)"
    )


def _check_ins():
    op.drop_index(op.f("ix_plan_progress_note_action_id"), table_name="plan_progress_note")
    with op.batch_alter_table("plan_progress_note") as notes:
        notes.add_column(
            sa.Column(
                "outlook",
                sa.Enum("on_track", "at_risk", "off_track", name="outlook", native_enum=False, length=32),
                nullable=True,
            )
        )
        notes.add_column(sa.Column("needed", sa.String(), nullable=False, server_default=""))
        notes.add_column(sa.Column("wants_decision", sa.Boolean(), nullable=False, server_default=sa.false()))
        notes.add_column(sa.Column("acknowledged_by_id", sa.Integer(), nullable=True))
        notes.add_column(_moment("acknowledged_at"))
        notes.add_column(sa.Column("answer", sa.String(), nullable=False, server_default=""))
        notes.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        notes.create_foreign_key(
            op.f("fk_plan_progress_note_acknowledged_by_id_person"), "person", ["acknowledged_by_id"], ["id"]
        )
        notes.create_check_constraint(
            op.f("ck_plan_progress_note_acknowledged_by_somebody"),
            "(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)",
        )
        notes.create_check_constraint(
            op.f("ck_plan_progress_note_decision_is_named"), "wants_decision IS FALSE OR needed <> ''"
        )
    op.create_index("ix_plan_progress_note_action_id_written_at", "plan_progress_note", ["action_id", "written_at"])


def downgrade():
    op.drop_index("ix_plan_progress_note_action_id_written_at", table_name="plan_progress_note")
    with op.batch_alter_table("plan_progress_note") as notes:
        for rule in ("acknowledged_by_somebody", "decision_is_named"):
            notes.drop_constraint(op.f(f"ck_plan_progress_note_{rule}"), type_="check")
        notes.drop_constraint(op.f("fk_plan_progress_note_acknowledged_by_id_person"), type_="foreignkey")
        for column in ("version", "answer", "acknowledged_at", "acknowledged_by_id", "wants_decision", "needed"):
            notes.drop_column(column)
        notes.drop_column("outlook")
    op.create_index(op.f("ix_plan_progress_note_action_id"), "plan_progress_note", ["action_id"])
    op.drop_column("plan_action", "working_group")
    op.drop_column("plan_action", "delivery")
    if op.get_bind().dialect.name == "sqlite":
        _remake_actions(_with_carried)
    else:
        op.add_column(
            "plan_action",
            sa.Column(
                "carried_from_id",
                sa.Integer(),
                sa.ForeignKey("plan_action.id", name="fk_plan_action_carried_from_id_plan_action"),
                nullable=True,
            ),
        )
    op.execute(
        "UPDATE plan_action SET carried_from_id = (SELECT min(t.action_id) FROM plan_trajectory t "
        "JOIN plan_successor s ON s.trajectory_id = t.id WHERE s.action_id = plan_action.id)"
    )
    for table in ("plan_successor", "plan_trajectory", "plan_amendment", "plan_version", "plan_comment"):
        op.drop_table(table)


def _with_carried(made):
    before, key, after = made.partition("\tversion INTEGER NOT NULL, \n")
    return before + CARRIED + key + CARRIED_KEY + after


def _remake_actions(edit):
    """SQLite drops and adds no column with a foreign key: the table is made again under its own name.

    What points to its rows waits until they are back.
    """
    run = op.get_bind().exec_driver_sql
    (made,) = run("SELECT sql FROM sqlite_master WHERE name = 'plan_action'").one()
    indexes = run("SELECT sql FROM sqlite_master WHERE tbl_name = 'plan_action' AND type = 'index' AND sql <> ''").all()
    names = [column[1] for column in run("PRAGMA table_info(plan_action)")]
    columns = ", ".join(name for name in names if name != "carried_from_id")
    run("PRAGMA defer_foreign_keys = ON")
    run(f"CREATE TEMPORARY TABLE plan_action_kept AS SELECT {columns} FROM plan_action")
    run("DROP TABLE plan_action")
    run(edit(made))
    run(f"INSERT INTO plan_action ({columns}) SELECT {columns} FROM plan_action_kept")
    run("DROP TABLE plan_action_kept")
    for (index,) in indexes:
        run(index)
