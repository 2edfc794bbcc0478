"""What the office notes about rounds of reports: marks, checklist, reopenings; its ready phrases."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def _of_a_round(name: str, *columns: sa.Column, people: tuple[str, ...], unique: str | None = None) -> None:
    keys = [sa.ForeignKeyConstraint([each], ["account.id"], name=op.f(f"fk_{name}_{each}")) for each in people]
    if unique:
        keys.append(
            sa.UniqueConstraint("report_id", "number", unique, name=op.f(f"uq_{name}_report_id_number_{unique}"))
        )
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["report_id", "organisation_id"],
            ["report.id", "report.organisation_id"],
            name=op.f(f"fk_{name}_report_id_organisation_id"),
        ),
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("report_id", "organisation_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    _of_a_round(
        "report_mark",
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        people=("made_by_id",),
        unique="item",
    )
    _of_a_round(
        "report_check",
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("is_fine", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", moment, nullable=False),
        people=("checked_by_id",),
        unique="question",
    )
    _of_a_round(
        "report_reopening",
        sa.Column("accepted_at", moment, nullable=False),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", moment, nullable=False),
        people=("accepted_by_id", "reopened_by_id"),
    )
    op.create_table(
        "report_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_phrase")),
    )


def downgrade() -> None:
    for name in ("report_phrase", "report_reopening", "report_check", "report_mark"):
        op.drop_table(name)
