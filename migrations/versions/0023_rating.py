"""What partners say about us when an agreement ends; merged records keep their reports."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

OF_REPORTS = ("report_round", "report_file", "report_upload", "report_mark", "report_check", "report_reopening")
"""Tables that follow their report when it is given to another organisation."""
QUESTIONS = ("clear", "timely", "reachable", "helpful", "again")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *(sa.Column(question, sa.Integer(), nullable=False) for question in QUESTIONS),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("rated_at", moment, nullable=False),
        sa.Column("rated_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(f"{question} BETWEEN 1 AND 5", name=op.f(f"ck_rating_{question}"))
            for question in QUESTIONS
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_rating_agreement_id")),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_rating_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_rating_organisation_id")),
        sa.ForeignKeyConstraint(["rated_by_id"], ["account.id"], name=op.f("fk_rating_rated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("agreement_id", "organisation_id", name=op.f("uq_rating_agreement_id_organisation_id")),
    )
    op.create_index(op.f("ix_rating_agreement_id"), "rating", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_rating_organisation_id"), "rating", ["organisation_id"], unique=False)
    op.add_column("organisation_merge", sa.Column("gone_valid_to", sa.Date(), nullable=True))
    _tie(onupdate="CASCADE")


def downgrade() -> None:
    _tie(onupdate=None)
    with op.batch_alter_table("organisation_merge") as table:
        table.drop_column("gone_valid_to")
    op.drop_table("rating")


def _tie(*, onupdate: str | None) -> None:
    """Tie the rows of reports to their report anew."""
    key = ["report_id", "organisation_id"]
    for name in OF_REPORTS:
        tie = op.f(f"fk_{name}_report_id_organisation_id")
        with op.batch_alter_table(name) as table:
            table.drop_constraint(tie, type_="foreignkey")
            table.create_foreign_key(tie, "report", key, ["id", "organisation_id"], onupdate=onupdate)
