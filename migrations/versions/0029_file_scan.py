"""What a virus scanner said of each file."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "file_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("checked_at", moment, nullable=True),
        sa.Column("finding", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_scan")),
    )
    op.create_index(op.f("ix_file_scan_digest"), "file_scan", ["digest"], unique=False)
    op.create_index(op.f("ix_file_scan_state"), "file_scan", ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("file_scan")
