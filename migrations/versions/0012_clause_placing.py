"""Clauses: where a wording belongs is approved with it; the unit that answers for a clause."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

CLAUSE = sa.table(
    "clause",
    sa.column("id", sa.Integer()),
    sa.column("block", sa.String()),
    sa.column("kinds", sa.JSON()),
    sa.column("mandatory_kinds", sa.JSON()),
    sa.column("condition", sa.String()),
)
VERSION = sa.table("clause_version", sa.column("clause_id", sa.Integer()), sa.column("placing", sa.JSON()))
NAMES = ("block", "kinds", "mandatory_kinds", "condition")


def upgrade() -> None:
    op.add_column("clause", sa.Column("owner_unit", sa.String(length=120), nullable=False, server_default="Biro Hukum"))
    with op.batch_alter_table("clause_version") as batch:
        batch.add_column(sa.Column("placing", sa.JSON(), nullable=False, server_default=json.dumps({})))
    connection = op.get_bind()
    for row in connection.execute(sa.select(CLAUSE)).mappings().all():
        placing = {name: row[name] for name in NAMES} | {"after": ""}
        connection.execute(sa.update(VERSION).where(VERSION.c.clause_id == row["id"]).values(placing=placing))


def downgrade() -> None:
    with op.batch_alter_table("clause_version") as batch:
        batch.drop_column("placing")
    with op.batch_alter_table("clause") as batch:
        batch.drop_column("owner_unit")
