"""Awards are claimed in parts; costs have kinds, scores may not apply, awards may have conditions, rounds be blind."""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STAGE = sa.Enum("sent", "returned", "approved", "paid", "taken_back", name="claimstage", native_enum=False, length=32)
KIND = sa.Enum("fee", "travel", "stay", "teacher", "material", "other", name="costkind", native_enum=False, length=32)
RULES = {
    "paid_on_a_day": "(stage = 'paid') = (paid_on IS NOT NULL)",
    "approved_at_a_moment": "(stage IN ('approved', 'paid')) = (approved_at IS NOT NULL)",
}
ONE_OF_THEM = {
    "uq_fund_claim_one_open": "stage IN ('sent', 'returned')",
    "uq_fund_claim_one_last": "is_last AND stage <> 'taken_back'",
}
SWITCHES = {"fund_scheme": ("pays_apart",), "fund_round": ("is_blind", "is_rolling")}
PAYER = "fk_fund_claim_paid_by_id_person"


@contextmanager
def _without_receipts():
    """SQLite makes a table anew to change it, and nothing may point at what it drops."""
    op.execute("CREATE TABLE receipts_kept AS SELECT id, claim_id, file_id FROM fund_receipt")
    op.execute("DELETE FROM fund_receipt")
    yield
    op.execute("INSERT INTO fund_receipt (id, claim_id, file_id) SELECT id, claim_id, file_id FROM receipts_kept")
    op.execute("DROP TABLE receipts_kept")


def upgrade():
    for table, switches in SWITCHES.items():
        for switch in switches:
            op.add_column(table, sa.Column(switch, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("fund_cost_line", sa.Column("kind", KIND, nullable=False, server_default="other"))
    op.add_column("fund_cost_line", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("fund_decision", sa.Column("conditions", sa.String(), nullable=False, server_default=""))
    op.add_column("fund_decision", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE fund_decision SET released_at = (SELECT r.released_at FROM fund_application AS a "
        "JOIN fund_round AS r ON r.id = a.round_id WHERE a.id = fund_decision.application_id)"
    )
    with op.batch_alter_table("fund_score") as score:
        score.alter_column("score", existing_type=sa.Integer(), nullable=True)
    with _without_receipts():
        _claims()


def _claims():
    with op.batch_alter_table("fund_claim") as claim:
        claim.add_column(sa.Column("stage", STAGE, nullable=False, server_default="sent"))
        claim.add_column(
            sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False, server_default="2026-01-01 00:00:00")
        )
        claim.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        claim.add_column(sa.Column("is_last", sa.Boolean(), nullable=False, server_default=sa.true()))
        claim.add_column(sa.Column("returned_because", sa.String(), nullable=False, server_default=""))
        claim.add_column(sa.Column("paid_by_id", sa.Integer(), nullable=True))
        claim.create_foreign_key(op.f(PAYER), "person", ["paid_by_id"], ["id"])
        claim.drop_constraint(op.f("uq_fund_claim_application_id"), type_="unique")
        claim.drop_constraint(op.f("ck_fund_claim_paid_after_approval"), type_="check")
        claim.create_index("ix_fund_claim_application_id", ["application_id"])
    came_back = "SELECT id FROM fund_application WHERE stage = 'activity_done'"
    for where, stage in (
        (f"application_id IN ({came_back})", "returned"),
        ("approved_at IS NOT NULL", "approved"),
        ("paid_on IS NOT NULL", "paid"),
    ):
        op.execute(f"UPDATE fund_claim SET stage = '{stage}' WHERE {where}")
    op.execute("UPDATE fund_claim SET stage_since = coalesce(approved_at, sent_at)")
    with op.batch_alter_table("fund_claim") as claim:
        for name, rule in RULES.items():
            claim.create_check_constraint(op.f(f"ck_fund_claim_{name}"), rule)
    for name, rule in ONE_OF_THEM.items():
        op.create_index(
            name,
            "fund_claim",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text(rule),
            postgresql_where=sa.text(rule),
        )
    _lead_to("'/fund/claims/' || fund_claim.id || '/settle'", "'/fund/applications/' || application_id || '/settle'")


def _lead_to(new, old):
    """Notices of claims lead to the page that there is now."""
    op.execute(
        f"UPDATE notice SET path = (SELECT {new} FROM fund_claim WHERE notice.path = {old}) "
        f"WHERE path IN (SELECT {old} FROM fund_claim)"
    )


def downgrade():
    for name in ONE_OF_THEM:
        op.drop_index(name, "fund_claim")
    _lead_to("'/fund/applications/' || application_id || '/settle'", "'/fund/claims/' || fund_claim.id || '/settle'")
    _join_parts()
    with _without_receipts():
        _one_claim()
    op.execute("DELETE FROM fund_score WHERE score IS NULL")
    with op.batch_alter_table("fund_score") as score:
        score.alter_column("score", existing_type=sa.Integer(), nullable=False)
    op.drop_column("fund_decision", "released_at")
    op.drop_column("fund_decision", "conditions")
    op.drop_column("fund_cost_line", "version")
    op.drop_column("fund_cost_line", "kind")
    for table, switches in SWITCHES.items():
        for switch in switches:
            op.drop_column(table, switch)


def _one_claim():
    with op.batch_alter_table("fund_claim") as claim:
        claim.drop_index("ix_fund_claim_application_id")
        for name in RULES:
            claim.drop_constraint(op.f(f"ck_fund_claim_{name}"), type_="check")
        claim.drop_constraint(op.f(PAYER), type_="foreignkey")
        for column in ("paid_by_id", "returned_because", "is_last", "version", "stage_since", "stage"):
            claim.drop_column(column)
        claim.create_check_constraint(
            op.f("ck_fund_claim_paid_after_approval"), "paid_on IS NULL OR approved_at IS NOT NULL"
        )
        claim.create_unique_constraint(op.f("uq_fund_claim_application_id"), ["application_id"])


def _join_parts():
    """One claim for each award again: the newest with the sum of all, and with all receipts."""
    op.execute("DELETE FROM fund_receipt WHERE claim_id IN (SELECT id FROM fund_claim WHERE stage = 'taken_back')")
    op.execute("DELETE FROM fund_claim WHERE stage = 'taken_back'")
    newest = "SELECT max(b.id) FROM fund_claim AS b WHERE b.application_id = "
    op.execute(
        "UPDATE fund_claim SET pence = (SELECT sum(a.pence) FROM fund_claim AS a "
        f"WHERE a.application_id = fund_claim.application_id) WHERE id IN ({newest}fund_claim.application_id)"
    )
    op.execute(
        f"UPDATE fund_receipt SET claim_id = ({newest}(SELECT c.application_id FROM fund_claim AS c "
        "WHERE c.id = fund_receipt.claim_id))"
    )
    op.execute(
        "DELETE FROM fund_claim WHERE id NOT IN (SELECT m FROM "
        "(SELECT max(id) AS m FROM fund_claim GROUP BY application_id) AS kept)"
    )
