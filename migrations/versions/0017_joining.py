"""Second step, password reset, spoken invitation codes, central boards named by a party."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _second_step()
    _trusted_device()
    _password_reset()
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("code_hash", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("phone", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.create_unique_constraint(op.f("uq_invitation_code_hash"), ["code_hash"])
    with op.batch_alter_table("agreement_party") as table:
        table.add_column(sa.Column("umbrella_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_agreement_party_umbrella_id"), "organisation", ["umbrella_id"], ["id"])
        table.create_index(op.f("ix_agreement_party_umbrella_id"), ["umbrella_id"], unique=False)


def _second_step() -> None:
    op.create_table(
        "second_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_step_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_second_step_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_step")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_second_step_token_hash")),
    )
    op.create_index(op.f("ix_second_step_account_id"), "second_step", ["account_id"], unique=False)
    op.create_index(op.f("ix_second_step_organisation_id"), "second_step", ["organisation_id"], unique=False)


def _trusted_device() -> None:
    op.create_table(
        "trusted_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_trusted_device_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_trusted_device_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_trusted_device_token_hash")),
    )
    op.create_index(op.f("ix_trusted_device_account_id"), "trusted_device", ["account_id"], unique=False)
    op.create_index(op.f("ix_trusted_device_organisation_id"), "trusted_device", ["organisation_id"], unique=False)


def _password_reset() -> None:
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_password_reset_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    op.create_index(op.f("ix_password_reset_account_id"), "password_reset", ["account_id"], unique=False)
    op.create_index("ix_password_reset_queue", "password_reset", ["answered_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("agreement_party") as table:
        table.drop_index(op.f("ix_agreement_party_umbrella_id"))
        table.drop_constraint(op.f("fk_agreement_party_umbrella_id"), type_="foreignkey")
        table.drop_column("umbrella_id")
    with op.batch_alter_table("invitation") as table:
        table.drop_constraint(op.f("uq_invitation_code_hash"), type_="unique")
        table.drop_column("withdrawn_at")
        table.drop_column("phone")
        table.drop_column("code_hash")
    op.drop_table("password_reset")
    op.drop_table("trusted_device")
    op.drop_table("second_step")
