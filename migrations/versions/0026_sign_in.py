"""The authenticator app, recovery codes, the last proof of a session, and locks for addresses that may be unknown."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_authenticators()
    op.create_table(
        "sign_in_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_lock")),
        sa.UniqueConstraint("email_hash", name=op.f("uq_sign_in_lock_email_hash")),
    )
    op.add_column("second_step", sa.Column("by_app", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sign_in_session", sa.Column("proved_at", MOMENT, nullable=True))
    op.execute("UPDATE sign_in_session SET proved_at = created_at")
    with op.batch_alter_table("sign_in_session") as table:
        table.alter_column("proved_at", existing_type=MOMENT, nullable=False)
    with op.batch_alter_table("account") as table:
        table.drop_column("wrong_tries")
        table.drop_column("locked_until")


def _make_authenticators() -> None:
    op.create_table(
        "authenticator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=True),
        sa.Column("next_secret", sa.String(length=64), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_authenticator_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_authenticator_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator")),
        sa.UniqueConstraint("account_id", name=op.f("uq_authenticator_account_id")),
    )
    op.create_index(op.f("ix_authenticator_organisation_id"), "authenticator", ["organisation_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_recovery_code_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"], unique=False)
    op.create_index(op.f("ix_recovery_code_organisation_id"), "recovery_code", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.add_column("account", sa.Column("wrong_tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("account", sa.Column("locked_until", MOMENT, nullable=True))
    with op.batch_alter_table("sign_in_session") as table:
        table.drop_column("proved_at")
    with op.batch_alter_table("second_step") as table:
        table.drop_column("by_app")
    op.drop_table("sign_in_lock")
    op.drop_table("recovery_code")
    op.drop_table("authenticator")
