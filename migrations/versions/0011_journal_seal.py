"""The journal's end is sealed with the secret key; SQLite refuses to replace a row."""

import sqlalchemy as sa
from alembic import op

from hub.core.audit import never_replaced_statements, seal_of

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

head = sa.table(
    "journal_head", sa.column("seq", sa.Integer), sa.column("hash", sa.String), sa.column("seal", sa.String)
)


def upgrade():
    op.add_column("journal_head", sa.Column("seal", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    for end in connection.execute(sa.select(head.c.seq, head.c.hash)).all():
        connection.execute(head.update().values(seal=seal_of(end.seq, end.hash)))
    for statement in never_replaced_statements(connection.dialect.name):
        op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_entry_no_replace")
    op.drop_column("journal_head", "seal")
