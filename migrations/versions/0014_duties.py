"""Events of duties, granted dates, relief, contributions; the dates and decisions of renewals."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

OCCURRENCE = ("ladder_id", "zone", "is_estimated", "counted_on", "scheduled_on", "due_at")


def upgrade() -> None:
    op.create_table(
        "renewal_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("follower_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_renewal_decision_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_renewal_decision_by_id")),
        sa.ForeignKeyConstraint(["follower_id"], ["agreement.id"], name=op.f("fk_renewal_decision_follower_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_decision")),
    )
    op.create_index(op.f("ix_renewal_decision_agreement_id"), "renewal_decision", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_renewal_decision_follower_id"), "renewal_decision", ["follower_id"], unique=False)
    op.create_table(
        "obligation_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_obligation_event_agreement_id")),
        sa.ForeignKeyConstraint(
            ["obligation_id", "agreement_id"],
            ["obligation.id", "obligation.agreement_id"],
            name=op.f("fk_obligation_event_obligation_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_obligation_event_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_event")),
        sa.UniqueConstraint("obligation_id", "number", name=op.f("uq_obligation_event_obligation_id_number")),
    )
    op.create_index(op.f("ix_obligation_event_agreement_id"), "obligation_event", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_obligation_event_obligation_id"), "obligation_event", ["obligation_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("description", sa.String(length=240), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=True),
        sa.Column("amount_rupiah", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("record_number", sa.String(length=120), nullable=True),
        sa.Column("record_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "giver_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_contribution_agreement_id_giver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id", "receiver_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_contribution_agreement_id_receiver_id"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_contribution_agreement_id")),
        sa.ForeignKeyConstraint(["file_id"], ["agreement_file.id"], name=op.f("fk_contribution_file_id")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_contribution_occurrence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_agreement_id"), "contribution", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_contribution_occurrence_id"), "contribution", ["occurrence_id"], unique=False)
    op.create_table(
        "relief",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_relief_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_relief_agreement_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_relief_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_relief_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id", "agreement_id"],
            ["occurrence.id", "occurrence.agreement_id"],
            name=op.f("fk_relief_occurrence_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_relief_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relief")),
    )
    op.create_index(op.f("ix_relief_agreement_id"), "relief", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_relief_occurrence_id"), "relief", ["occurrence_id"], unique=False)
    op.create_index(op.f("ix_relief_organisation_id"), "relief", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_relief_stage"), "relief", ["stage"], unique=False)

    for name in ("notice_on", "renewal_starts_on"):
        op.add_column("agreement", sa.Column(name, sa.Date(), nullable=True))
        op.create_index(op.f(f"ix_agreement_{name}"), "agreement", [name], unique=False)
    op.add_column("stage_change", sa.Column("duties", sa.JSON(), nullable=True))
    op.add_column("occurrence", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("occurrence", sa.Column("scheduled_on", sa.Date(), nullable=True))
    op.add_column("occurrence", sa.Column("counted_on", sa.Date(), nullable=True))
    op.add_column("occurrence", sa.Column("is_estimated", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("occurrence", sa.Column("zone", sa.String(length=32), nullable=False, server_default="WIB"))
    op.add_column("occurrence", sa.Column("ladder_id", sa.Integer(), nullable=True))
    op.add_column("obligation", sa.Column("cadence_months", sa.Integer(), nullable=True))
    op.add_column("obligation", sa.Column("event_type", sa.String(length=32), nullable=True))
    op.add_column("obligation", sa.Column("yearly_check", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("ladder_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_obligation_ladder_id"), "reminder_ladder", ["ladder_id"], ["id"])
    op.create_index(op.f("ix_obligation_ladder_id"), "obligation", ["ladder_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_obligation_ladder_id"), "obligation")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_constraint(op.f("fk_obligation_ladder_id"), type_="foreignkey")
        for name in ("ladder_id", "yearly_check", "event_type", "cadence_months"):
            batch.drop_column(name)
    with op.batch_alter_table("occurrence") as batch:
        for name in OCCURRENCE:
            batch.drop_column(name)
    with op.batch_alter_table("stage_change") as batch:
        batch.drop_column("duties")
    for name in ("renewal_starts_on", "notice_on"):
        op.drop_index(op.f(f"ix_agreement_{name}"), "agreement")
    with op.batch_alter_table("agreement") as batch:
        batch.drop_column("renewal_starts_on")
        batch.drop_column("notice_on")
    for name in ("relief", "contribution", "obligation_event", "renewal_decision"):
        op.drop_table(name)
