"""What administration keeps: hand-overs of a person's work."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=240), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_handover_account_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_handover_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_account_id"), "handover", ["account_id"], unique=False)
    op.create_index(op.f("ix_entry_action"), "entry", ["action", "id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_entry_action"), "entry")
    op.drop_table("handover")
