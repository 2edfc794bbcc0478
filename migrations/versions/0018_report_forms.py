"""Forms of reports by kind of duty, answers by field, approval before sending, files that come in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

PEOPLE = ("asked_by_id", "handed_back_by_id")


def upgrade() -> None:
    op.create_table(
        "report_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("prepare", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_report_form_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_form")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_report_form_kind_number")),
    )
    op.create_table(
        "report_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["begun_by_id"], ["account.id"], name=op.f("fk_report_upload_begun_by_id")),
        sa.ForeignKeyConstraint(
            ["report_id", "organisation_id"],
            ["report.id", "report.organisation_id"],
            name=op.f("fk_report_upload_report_id_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_upload")),
        sa.UniqueConstraint("key", name=op.f("uq_report_upload_key")),
    )
    for name in ("begun_at", "organisation_id", "report_id"):
        op.create_index(op.f(f"ix_report_upload_{name}"), "report_upload", [name], unique=False)
    with op.batch_alter_table("report") as batch:
        for name in ("numbers", "notes"):
            batch.add_column(sa.Column(name, sa.JSON(), nullable=True))
        batch.add_column(sa.Column("form_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("handed_back_reason", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_report_form_id"), "report_form", ["form_id"], ["id"])
        for name in PEOPLE:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_report_{name}"), "account", [name], ["id"])
    with op.batch_alter_table("report_round") as batch:
        batch.add_column(sa.Column("on_behalf_of", sa.String(length=160), nullable=True))
        batch.add_column(sa.Column("basis", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("report_round") as batch:
        batch.drop_column("basis")
        batch.drop_column("on_behalf_of")
    with op.batch_alter_table("report") as batch:
        for name in ("form_id", *PEOPLE):
            batch.drop_constraint(op.f(f"fk_report_{name}"), type_="foreignkey")
        for name in (*PEOPLE, "handed_back_reason", "asked_at", "form_id", "notes", "numbers"):
            batch.drop_column(name)
    op.drop_table("report_upload")
    op.drop_table("report_form")
