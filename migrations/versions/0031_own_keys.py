"""What belongs to a person belongs to that person's organisation: one key of both."""

from alembic import op

revision = "0031"
down_revision = "0030"

OF_PEOPLE = ("calendar_feed", "second_step", "sign_in_session", "trusted_device")


def upgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.create_unique_constraint(op.f("uq_account_id_organisation_id"), ["id", "organisation_id"])
    for name in OF_PEOPLE:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_account_id"), type_="foreignkey")
            table.create_foreign_key(
                op.f(f"fk_{name}_account_id_organisation_id"),
                "account",
                ["account_id", "organisation_id"],
                ["id", "organisation_id"],
                onupdate="CASCADE",
            )


def downgrade() -> None:
    for name in OF_PEOPLE:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_account_id_organisation_id"), type_="foreignkey")
            table.create_foreign_key(op.f(f"fk_{name}_account_id"), "account", ["account_id"], ["id"])
    with op.batch_alter_table("account") as table:
        table.drop_constraint(op.f("uq_account_id_organisation_id"), type_="unique")
