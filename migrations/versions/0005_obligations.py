"""Obligations and their occurrences."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("article", sa.String(length=80), nullable=True),
        sa.Column("evidence", sa.String(length=240), nullable=True),
        sa.Column("schedule", sa.String(length=32), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("cadence", sa.String(length=32), nullable=True),
        sa.Column("period_anchor", sa.String(length=32), nullable=True),
        sa.Column("first_period_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("relative_anchor", sa.String(length=32), nullable=True),
        sa.Column("offset_count", sa.Integer(), nullable=False),
        sa.Column("offset_unit", sa.String(length=32), nullable=False),
        sa.Column("day_type", sa.String(length=32), nullable=False),
        sa.Column("roll", sa.String(length=32), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_obligation_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("id", "agreement_id", name=op.f("uq_obligation_id_agreement_id")),
    )
    op.create_index(op.f("ix_obligation_agreement_id"), "obligation", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_obligation_kind"), "obligation", ["kind"], unique=False)
    op.create_table(
        "obligation_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("duty_role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_obligation_party_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id", "agreement_id"],
            ["obligation.id", "obligation.agreement_id"],
            name=op.f("fk_obligation_party_obligation_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_party")),
        sa.UniqueConstraint(
            "obligation_id",
            "organisation_id",
            "duty_role",
            name=op.f("uq_obligation_party_obligation_id_organisation_id_duty_role"),
        ),
    )
    op.create_index(op.f("ix_obligation_party_obligation_id"), "obligation_party", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_obligation_party_organisation_id"), "obligation_party", ["organisation_id"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("period_key", sa.String(length=24), nullable=False),
        sa.Column("period_starts_on", sa.Date(), nullable=True),
        sa.Column("period_ends_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("remind_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_occurrence_agreement_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_occurrence_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["obligation_id", "agreement_id"],
            ["obligation.id", "obligation.agreement_id"],
            name=op.f("fk_occurrence_obligation_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint("id", "agreement_id", name=op.f("uq_occurrence_id_agreement_id")),
        sa.UniqueConstraint("obligation_id", "period_key", name=op.f("uq_occurrence_obligation_id_period_key")),
    )
    op.create_index(op.f("ix_occurrence_agreement_id"), "occurrence", ["agreement_id"], unique=False)
    op.create_index("ix_occurrence_due", "occurrence", ["stage", "due_on", "agreement_id"], unique=False)
    op.create_index(op.f("ix_occurrence_obligation_id"), "occurrence", ["obligation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("occurrence")
    op.drop_table("obligation_party")
    op.drop_table("obligation")
