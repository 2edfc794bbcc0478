"""Indexes from which the planner reads dates and people without touching their tables."""

from alembic import op

revision = "0015"
down_revision = "0014"

INDEXES = {
    "ix_occurrence_remind": (
        "occurrence",
        ["stage", "ladder_id", "due_on", "agreement_id", "obligation_id", "remind_from"],
    ),
    "ix_account_role_people": ("account_role", ["organisation_id", "role", "account_id", "starts_on", "ends_on"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
