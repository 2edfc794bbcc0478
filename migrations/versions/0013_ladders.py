"""Ladders of reminders; decisions about single reminders; the bell; absences, calendar feeds and contacts."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

LADDER = sa.table(
    "reminder_ladder",
    sa.column("id", sa.Integer()),
    sa.column("subject_kind", sa.String()),
    sa.column("name", sa.String()),
    sa.column("is_default", sa.Boolean()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("updated_at", sa.DateTime(timezone=True)),
    sa.column("version", sa.Integer()),
)
RULE = sa.table(
    "reminder_rule",
    sa.column("id", sa.Integer()),
    sa.column("subject_kind", sa.String()),
    sa.column("ladder_id", sa.Integer()),
    sa.column("step", sa.Integer()),
    sa.column("audience", sa.String()),
)
NAME = "Bawaan"


def upgrade() -> None:
    op.create_table(
        "reminder_ladder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_ladder")),
        sa.UniqueConstraint("subject_kind", "name", name=op.f("uq_reminder_ladder_subject_kind_name")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=240), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_span")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_absence_account_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["account.id"], name=op.f("fk_absence_deputy_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_absence_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_account_id"), "absence", ["account_id"], unique=False)
    op.create_index(op.f("ix_absence_deputy_id"), "absence", ["deputy_id"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("view", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_calendar_feed_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_index(op.f("ix_calendar_feed_account_id"), "calendar_feed", ["account_id"], unique=False)
    op.create_index(op.f("ix_calendar_feed_organisation_id"), "calendar_feed", ["organisation_id"], unique=False)
    op.create_table(
        "contact_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_contact_entry_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_contact_entry_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_contact_entry_by_id")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_contact_entry_occurrence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_entry")),
    )
    op.create_index(op.f("ix_contact_entry_agreement_id"), "contact_entry", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_contact_entry_occurrence_id"), "contact_entry", ["occurrence_id"], unique=False)
    op.create_index(op.f("ix_contact_entry_organisation_id"), "contact_entry", ["organisation_id"], unique=False)

    with op.batch_alter_table("reminder_rule") as batch:
        batch.add_column(sa.Column("ladder_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("channel", sa.String(length=32), nullable=False, server_default="mail"))
    _into_ladders()
    with op.batch_alter_table("reminder_rule") as batch:
        batch.alter_column("ladder_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint(op.f("uq_reminder_rule_subject_kind_step_audience"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_reminder_rule_ladder_id_step_audience_channel"), ["ladder_id", "step", "audience", "channel"]
        )
        batch.create_foreign_key(op.f("fk_reminder_rule_ladder_id"), "reminder_ladder", ["ladder_id"], ["id"])
        batch.drop_column("subject_kind")
    op.create_index(op.f("ix_reminder_rule_ladder_id"), "reminder_rule", ["ladder_id"], unique=False)
    with op.batch_alter_table("reminder") as batch:
        batch.add_column(sa.Column("postponed_to", sa.Date(), nullable=True))
        batch.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("decision_reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_reminder_decided_by_id"), "account", ["decided_by_id"], ["id"])
    op.create_index("ix_reminder_bell", "reminder", ["account_id", "read_at"], unique=False)
    op.add_column("message", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_message_bell", "message", ["account_id", "read_at"], unique=False)


def _into_ladders() -> None:
    """Give the rules of each kind a ladder of their own, the default one."""
    connection, now = op.get_bind(), datetime(2026, 11, 1, tzinfo=UTC)
    kinds = connection.scalars(sa.select(RULE.c.subject_kind).distinct().order_by(RULE.c.subject_kind)).all()
    stamps = {"created_at": now, "updated_at": now, "version": 1}
    for kind in kinds:
        connection.execute(sa.insert(LADDER).values(subject_kind=kind, name=NAME, is_default=True, **stamps))
        ladder_id = sa.select(LADDER.c.id).where(LADDER.c.subject_kind == kind).scalar_subquery()
        connection.execute(sa.update(RULE).where(RULE.c.subject_kind == kind).values(ladder_id=ladder_id))


def _out_of_ladders() -> None:
    """Put all rules of a kind together again; of equal ones only the first can stay."""
    connection = op.get_bind()
    kind = sa.select(LADDER.c.subject_kind).where(LADDER.c.id == RULE.c.ladder_id).scalar_subquery()
    connection.execute(sa.update(RULE).values(subject_kind=kind))
    first = sa.select(sa.func.min(RULE.c.id)).group_by(RULE.c.subject_kind, RULE.c.step, RULE.c.audience)
    connection.execute(sa.delete(RULE).where(RULE.c.id.not_in(first)))


def downgrade() -> None:
    op.drop_index("ix_message_bell", "message")
    with op.batch_alter_table("message") as batch:
        batch.drop_column("read_at")
    op.drop_index("ix_reminder_bell", "reminder")
    with op.batch_alter_table("reminder") as batch:
        batch.drop_constraint(op.f("fk_reminder_decided_by_id"), type_="foreignkey")
        for name in ("read_at", "decision_reason", "decided_by_id", "postponed_to"):
            batch.drop_column(name)
    op.drop_index(op.f("ix_reminder_rule_ladder_id"), "reminder_rule")
    with op.batch_alter_table("reminder_rule") as batch:
        batch.add_column(sa.Column("subject_kind", sa.String(length=32), nullable=True))
    _out_of_ladders()
    with op.batch_alter_table("reminder_rule") as batch:
        batch.alter_column("subject_kind", existing_type=sa.String(length=32), nullable=False)
        batch.drop_constraint(op.f("fk_reminder_rule_ladder_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_reminder_rule_ladder_id_step_audience_channel"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_reminder_rule_subject_kind_step_audience"), ["subject_kind", "step", "audience"]
        )
        batch.drop_column("channel")
        batch.drop_column("ladder_id")
    for name in ("contact_entry", "calendar_feed", "absence", "reminder_ladder"):
        op.drop_table(name)
