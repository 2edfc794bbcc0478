"""Word files that come back: their origin, what they are based on, and the report on them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

OF_TEMPLATES = {"template_code": 40, "template_digest": 64, "engine": 16}
"""Columns that an upload leaves empty, with their lengths."""


def upgrade() -> None:
    with op.batch_alter_table("rendition") as batch:
        batch.add_column(sa.Column("origin", sa.String(length=32), nullable=False, server_default="made"))
        batch.add_column(sa.Column("based_on", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("note", sa.Text(), nullable=True))
        batch.add_column(sa.Column("report", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("sent_name", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("sent_size", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("sent_digest", sa.String(length=64), nullable=True))
        for name, length in OF_TEMPLATES.items():
            batch.alter_column(name, existing_type=sa.String(length=length), nullable=True)


def downgrade() -> None:
    for name in OF_TEMPLATES:
        rendition = sa.table("rendition", sa.column(name, sa.String))
        op.execute(rendition.update().where(rendition.c[name].is_(None)).values({name: ""}))
    with op.batch_alter_table("rendition") as batch:
        for name, length in OF_TEMPLATES.items():
            batch.alter_column(name, existing_type=sa.String(length=length), nullable=False)
        for name in ("sent_digest", "sent_size", "sent_name", "report", "note", "based_on", "origin"):
            batch.drop_column(name)
