"""Libraries of clauses and templates, drafts in the workspace, drafts in bulk."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("block", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("mandatory_kinds", sa.JSON(), nullable=False),
        sa.Column("condition", sa.String(length=32), nullable=False),
        sa.Column("variant_of_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_clause_owner_id")),
        sa.ForeignKeyConstraint(["variant_of_id"], ["clause.id"], name=op.f("fk_clause_variant_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("code", name=op.f("uq_clause_code")),
    )
    op.create_index(op.f("ix_clause_block"), "clause", ["block"], unique=False)
    op.create_index(op.f("ix_clause_variant_of_id"), "clause", ["variant_of_id"], unique=False)
    op.create_table(
        "clause_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("fallbacks", sa.JSON(), nullable=False),
        sa.Column("patterns", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name=op.f("fk_clause_version_approved_by_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_version_clause_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_clause_version_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_version")),
        sa.UniqueConstraint("clause_id", "number", name=op.f("uq_clause_version_clause_id_number")),
    )
    op.create_index(op.f("ix_clause_version_clause_id"), "clause_version", ["clause_id"], unique=False)
    op.create_index(op.f("ix_clause_version_stage"), "clause_version", ["stage"], unique=False)
    op.create_table(
        "doc_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("schema_code", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doc_template")),
        sa.UniqueConstraint("code", name=op.f("uq_doc_template_code")),
    )
    op.create_index(op.f("ix_doc_template_kind"), "doc_template", ["kind"], unique=False)
    op.create_table(
        "doc_template_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_doc_template_version_published_by_id")
        ),
        sa.ForeignKeyConstraint(["template_id"], ["doc_template.id"], name=op.f("fk_doc_template_version_template_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_doc_template_version_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doc_template_version")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_doc_template_version_template_id_number")),
    )
    op.create_index(op.f("ix_doc_template_version_stage"), "doc_template_version", ["stage"], unique=False)
    op.create_index(op.f("ix_doc_template_version_template_id"), "doc_template_version", ["template_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("template_version_id", sa.Integer(), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_draft_agreement_id")),
        sa.ForeignKeyConstraint(
            ["template_version_id"], ["doc_template_version.id"], name=op.f("fk_draft_template_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_draft_agreement_id")),
    )
    op.create_index(op.f("ix_draft_template_version_id"), "draft", ["template_version_id"], unique=False)
    op.create_table(
        "draft_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_section_draft_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["account.id"], name=op.f("fk_draft_section_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_section")),
        sa.UniqueConstraint("draft_id", "section", name=op.f("uq_draft_section_draft_id_section")),
    )
    op.create_index(op.f("ix_draft_section_draft_id"), "draft_section", ["draft_id"], unique=False)
    op.create_table(
        "draft_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_save_draft_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["account.id"], name=op.f("fk_draft_save_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_save")),
        sa.UniqueConstraint("draft_id", "section", "stamp", name=op.f("uq_draft_save_draft_id_section_stamp")),
    )
    op.create_index(op.f("ix_draft_save_draft_id"), "draft_save", ["draft_id"], unique=False)
    op.create_table(
        "review_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waived_by_id", sa.Integer(), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_review_waiver_draft_id")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["account.id"], name=op.f("fk_review_waiver_waived_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_waiver")),
        sa.UniqueConstraint("draft_id", "rule", "place", name=op.f("uq_review_waiver_draft_id_rule_place")),
    )
    op.create_index(op.f("ix_review_waiver_draft_id"), "review_waiver", ["draft_id"], unique=False)
    op.create_table(
        "bulk_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("template_version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("common", sa.JSON(), nullable=False),
        sa.Column("lease_by", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_bulk_run_made_by_id")),
        sa.ForeignKeyConstraint(
            ["template_version_id"], ["doc_template_version.id"], name=op.f("fk_bulk_run_template_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_run")),
        sa.UniqueConstraint("code", name=op.f("uq_bulk_run_code")),
    )
    op.create_index(op.f("ix_bulk_run_made_by_id"), "bulk_run", ["made_by_id"], unique=False)
    op.create_index(op.f("ix_bulk_run_stage"), "bulk_run", ["stage"], unique=False)
    op.create_index(op.f("ix_bulk_run_template_version_id"), "bulk_run", ["template_version_id"], unique=False)
    op.create_table(
        "bulk_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("rendition_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_bulk_row_agreement_id")),
        sa.ForeignKeyConstraint(["rendition_id"], ["rendition.id"], name=op.f("fk_bulk_row_rendition_id")),
        sa.ForeignKeyConstraint(["run_id"], ["bulk_run.id"], name=op.f("fk_bulk_row_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_row")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_bulk_row_run_id_number")),
    )
    op.create_index(op.f("ix_bulk_row_agreement_id"), "bulk_row", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_bulk_row_rendition_id"), "bulk_row", ["rendition_id"], unique=False)
    op.create_index(op.f("ix_bulk_row_run_id"), "bulk_row", ["run_id"], unique=False)
    op.create_index(op.f("ix_bulk_row_stage"), "bulk_row", ["stage"], unique=False)
    op.add_column("agreement_party", sa.Column("principal", sa.String(length=200), nullable=True))
    with op.batch_alter_table("rendition") as batch:
        batch.add_column(sa.Column("template_version_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("tree", sa.JSON(), nullable=False, server_default="[]"))
        batch.create_foreign_key(
            op.f("fk_rendition_template_version_id"), "doc_template_version", ["template_version_id"], ["id"]
        )
        batch.create_index(op.f("ix_rendition_template_version_id"), ["template_version_id"])


def downgrade() -> None:
    op.drop_column("agreement_party", "principal")
    with op.batch_alter_table("rendition") as batch:
        batch.drop_index(op.f("ix_rendition_template_version_id"))
        batch.drop_constraint(op.f("fk_rendition_template_version_id"), type_="foreignkey")
        batch.drop_column("tree")
        batch.drop_column("template_version_id")
    op.drop_table("bulk_row")
    op.drop_table("bulk_run")
    op.drop_table("review_waiver")
    op.drop_table("draft_save")
    op.drop_table("draft_section")
    op.drop_table("draft")
    op.drop_table("doc_template_version")
    op.drop_table("doc_template")
    op.drop_table("clause_version")
    op.drop_table("clause")
