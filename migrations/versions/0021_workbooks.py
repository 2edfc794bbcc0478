"""Receipts of workbooks filled in away from the portal; which pictures we drew ourselves."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "workbook_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pack", sa.String(length=16), nullable=False),
        sa.Column("uploaded_at", moment, nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", moment, nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["account.id"], name=op.f("fk_workbook_receipt_accepted_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_workbook_receipt_organisation_id")
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["account.id"], name=op.f("fk_workbook_receipt_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_receipt")),
        sa.UniqueConstraint("code", name=op.f("uq_workbook_receipt_code")),
        sa.UniqueConstraint("number", name=op.f("uq_workbook_receipt_number")),
        sa.UniqueConstraint("organisation_id", "digest", name=op.f("uq_workbook_receipt_organisation_id_digest")),
    )
    op.create_index(op.f("ix_workbook_receipt_organisation_id"), "workbook_receipt", ["organisation_id"], unique=False)
    op.add_column("report_file", sa.Column("is_safe_picture", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("report_file") as table:
        table.drop_column("is_safe_picture")
    op.drop_table("workbook_receipt")
