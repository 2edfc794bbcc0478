"""Reminders of papers that expire; what one organisation owes is found in an index alone."""

from alembic import op

revision = "0024"
down_revision = "0023"

DEBTS = ("ix_obligation_party_organisation_id", "obligation_party")


def upgrade() -> None:
    op.drop_index(DEBTS[0], table_name=DEBTS[1])
    op.create_index(*DEBTS, ["organisation_id", "duty_role", "obligation_id"], unique=False)


def downgrade() -> None:
    op.drop_index(DEBTS[0], table_name=DEBTS[1])
    op.create_index(*DEBTS, ["organisation_id"], unique=False)
