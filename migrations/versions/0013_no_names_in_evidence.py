"""The ledger's sentences of published profiles say no name, also those that were written when they still did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

entry = sa.table("evidence_entry", sa.column("kind", sa.String), sa.column("title", sa.String))


def upgrade():
    profiles = entry.c.kind == "directory.profile"
    op.execute(entry.update().where(profiles).values(title="A technician published their profile in the directory"))


def downgrade():
    """Nothing: no older version needs the names."""
