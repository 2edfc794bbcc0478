"""Why a file that came in parts was refused, so that a lost answer can be given again."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("report_upload", sa.Column("refusal", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("report_upload") as table:
        table.drop_column("refusal")
