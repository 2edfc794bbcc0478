"""A large register: the order of the list in an index, and what an agreement is found by in its own row."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

FOUND_BY = """UPDATE agreement SET search_text = sort_key || ' ' || lower(code) || coalesce(' ' || (
SELECT {join}(organisation.sort_key || coalesce(' ' || lower(organisation.short_name), '')
|| coalesce(' ' || lower(agreement_party.name_printed), '')
|| coalesce(' ' || lower(agreement_party.number_printed), ''), ' ')
FROM agreement_party JOIN organisation ON organisation.id = agreement_party.organisation_id
WHERE agreement_party.agreement_id = agreement.id), '')"""


def upgrade() -> None:
    op.add_column("agreement", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    join = "string_agg" if op.get_bind().dialect.name == "postgresql" else "group_concat"
    op.execute(FOUND_BY.format(join=join))
    op.create_index("ix_agreement_changed", "agreement", ["updated_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_agreement_changed", table_name="agreement")
    with op.batch_alter_table("agreement") as table:
        table.drop_column("search_text")
