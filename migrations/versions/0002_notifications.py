"""Notices, the outbox and what people want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notice_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum("at_once", "daily", "weekly", "never", name="frequency", native_enum=False, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_preference_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_preference")),
        sa.UniqueConstraint("person_id", "topic", name=op.f("uq_notice_preference_person_id_topic")),
    )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "waiting", "sending", "sent", "failed", "dead", "skipped", name="stage", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stage = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_outbox_mail_sent_has_moment")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_outbox_mail_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_outbox_mail_recipient_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
    )
    op.create_index(
        "ix_outbox_mail_institution_id_queued_at", "outbox_mail", ["institution_id", "queued_at"], unique=False
    )
    op.create_index(op.f("ix_outbox_mail_recipient_id"), "outbox_mail", ["recipient_id"], unique=False)
    op.create_index("ix_outbox_mail_stage_next_try_at", "outbox_mail", ["stage", "next_try_at"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe", sa.String(), nullable=True),
        sa.Column(
            "digest",
            sa.Enum("at_once", "daily", "weekly", "never", name="frequency", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "digest IS NULL OR digest IN ('daily', 'weekly')", name=op.f("ck_notice_digest_is_daily_or_weekly")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_notice_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_notice_mail_id_outbox_mail")),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_notice_recipient_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("recipient_id", "dedupe", name=op.f("uq_notice_recipient_id_dedupe")),
    )
    op.create_index("ix_notice_digest_recipient_id", "notice", ["digest", "recipient_id"], unique=False)
    op.create_index(op.f("ix_notice_institution_id"), "notice", ["institution_id"], unique=False)
    op.create_index(op.f("ix_notice_mail_id"), "notice", ["mail_id"], unique=False)
    op.create_index("ix_notice_recipient_id_at", "notice", ["recipient_id", "at"], unique=False)
    op.create_index("ix_notice_recipient_id_read_at", "notice", ["recipient_id", "read_at"], unique=False)


def downgrade():
    op.drop_index("ix_notice_recipient_id_read_at", table_name="notice")
    op.drop_index("ix_notice_recipient_id_at", table_name="notice")
    op.drop_index(op.f("ix_notice_mail_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_institution_id"), table_name="notice")
    op.drop_index("ix_notice_digest_recipient_id", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_outbox_mail_stage_next_try_at", table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_recipient_id"), table_name="outbox_mail")
    op.drop_index("ix_outbox_mail_institution_id_queued_at", table_name="outbox_mail")
    op.drop_table("outbox_mail")
    op.drop_table("notice_preference")
