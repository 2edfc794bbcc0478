"""Saves of a section: which opened page sent them, so that a page knows its own when an answer was lost."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name in ("draft_section", "draft_save"):
        op.add_column(name, sa.Column("page_mark", sa.String(length=40), nullable=True))


def downgrade() -> None:
    for name in ("draft_save", "draft_section"):
        with op.batch_alter_table(name) as batch:
            batch.drop_column("page_mark")
