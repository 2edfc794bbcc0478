"""What partners ask, acknowledge and propose about agreements and their drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "agreement_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=240), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("is_by_phone", sa.Boolean(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_agreement_question_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_question_agreement_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_agreement_question_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_agreement_question_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_question_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_question")),
        sa.UniqueConstraint(
            "agreement_id",
            "organisation_id",
            "number",
            name=op.f("uq_agreement_question_agreement_id_organisation_id_number"),
        ),
    )
    op.create_index(op.f("ix_agreement_question_agreement_id"), "agreement_question", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_agreement_question_answered_at"), "agreement_question", ["answered_at"], unique=False)
    op.create_index(
        op.f("ix_agreement_question_organisation_id"), "agreement_question", ["organisation_id"], unique=False
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_acknowledgement_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_acknowledgement_agreement_id")),
        sa.ForeignKeyConstraint(["file_id"], ["agreement_file.id"], name=op.f("fk_acknowledgement_file_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_acknowledgement_made_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_acknowledgement_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint("file_id", "organisation_id", name=op.f("uq_acknowledgement_file_id_organisation_id")),
    )
    op.create_index(op.f("ix_acknowledgement_agreement_id"), "acknowledgement", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_acknowledgement_file_id"), "acknowledgement", ["file_id"], unique=False)
    op.create_index(op.f("ix_acknowledgement_organisation_id"), "acknowledgement", ["organisation_id"], unique=False)
    op.create_table(
        "shared_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("rendition_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("shared_by_id", sa.Integer(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("own_name", sa.String(length=200), nullable=True),
        sa.Column("own_size", sa.Integer(), nullable=True),
        sa.Column("own_digest", sa.String(length=64), nullable=True),
        sa.Column("own_uploaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_rendition_number", sa.Integer(), nullable=True),
        sa.Column("receipt_number", sa.String(length=48), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name=op.f("fk_shared_draft_agreement_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_shared_draft_agreement_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_shared_draft_organisation_id")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["account.id"], name=op.f("fk_shared_draft_returned_by_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_shared_draft_sent_by_id")),
        sa.ForeignKeyConstraint(["shared_by_id"], ["account.id"], name=op.f("fk_shared_draft_shared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_draft")),
        sa.UniqueConstraint(
            "agreement_id",
            "organisation_id",
            "number",
            name=op.f("uq_shared_draft_agreement_id_organisation_id_number"),
        ),
        sa.UniqueConstraint("id", "organisation_id", name=op.f("uq_shared_draft_id_organisation_id")),
        sa.UniqueConstraint("receipt_number", name=op.f("uq_shared_draft_receipt_number")),
    )
    op.create_index(op.f("ix_shared_draft_agreement_id"), "shared_draft", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_shared_draft_organisation_id"), "shared_draft", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_shared_draft_stage"), "shared_draft", ["stage"], unique=False)
    op.create_table(
        "draft_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shared_draft_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_draft_reply_decided_by_id")),
        sa.ForeignKeyConstraint(["replied_by_id"], ["account.id"], name=op.f("fk_draft_reply_replied_by_id")),
        sa.ForeignKeyConstraint(
            ["shared_draft_id", "organisation_id"],
            ["shared_draft.id", "shared_draft.organisation_id"],
            name=op.f("fk_draft_reply_shared_draft_id_organisation_id"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_reply")),
        sa.UniqueConstraint("shared_draft_id", "article", name=op.f("uq_draft_reply_shared_draft_id_article")),
    )
    op.create_index(op.f("ix_draft_reply_organisation_id"), "draft_reply", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_draft_reply_shared_draft_id"), "draft_reply", ["shared_draft_id"], unique=False)


def downgrade() -> None:
    op.drop_table("draft_reply")
    op.drop_table("shared_draft")
    op.drop_table("acknowledgement")
    op.drop_table("agreement_question")
