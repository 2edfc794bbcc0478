"""Agreements, parties and relations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "signing_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=160), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_event")),
        sa.UniqueConstraint("code", name=op.f("uq_signing_event_code")),
    )
    op.create_table(
        "code_counter",
        sa.Column("series", sa.String(length=32), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_code_counter")),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("printed_label", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("is_foreign", sa.Boolean(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_place", sa.String(length=160), nullable=True),
        sa.Column("signing_event_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("term_years", sa.Integer(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("notice_count", sa.Integer(), nullable=True),
        sa.Column("notice_unit", sa.String(length=32), nullable=True),
        sa.Column("notice_article", sa.String(length=80), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("beneficiaries", sa.String(length=240), nullable=True),
        sa.Column("value_rupiah", sa.BigInteger(), nullable=True),
        sa.Column("funding_source", sa.String(length=240), nullable=True),
        sa.Column("originals", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("client_groups", sa.JSON(), nullable=False),
        sa.Column("atensi", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_agreement_term")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_agreement_officer_id")),
        sa.ForeignKeyConstraint(["signing_event_id"], ["signing_event.id"], name=op.f("fk_agreement_signing_event_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["organisation.id"], name=op.f("fk_agreement_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("code", name=op.f("uq_agreement_code")),
    )
    op.create_index(op.f("ix_agreement_ends_on"), "agreement", ["ends_on"], unique=False)
    op.create_index(op.f("ix_agreement_is_sample"), "agreement", ["is_sample"], unique=False)
    op.create_index(op.f("ix_agreement_kind"), "agreement", ["kind"], unique=False)
    op.create_index(op.f("ix_agreement_officer_id"), "agreement", ["officer_id"], unique=False)
    op.create_index(op.f("ix_agreement_signing_event_id"), "agreement", ["signing_event_id"], unique=False)
    op.create_index(op.f("ix_agreement_sort_key"), "agreement", ["sort_key"], unique=False)
    op.create_index(op.f("ix_agreement_stage"), "agreement", ["stage"], unique=False)
    op.create_index(op.f("ix_agreement_unit_id"), "agreement", ["unit_id"], unique=False)
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_printed", sa.String(length=240), nullable=False),
        sa.Column("address_printed", sa.Text(), nullable=True),
        sa.Column("number_printed", sa.String(length=120), nullable=True),
        sa.Column("signatory_name", sa.String(length=160), nullable=True),
        sa.Column("signatory_office", sa.String(length=200), nullable=True),
        sa.Column("capacity", sa.String(length=32), nullable=True),
        sa.Column("instrument", sa.String(length=240), nullable=True),
        sa.Column("contact_name", sa.String(length=160), nullable=True),
        sa.Column("contact_phone", sa.String(length=40), nullable=True),
        sa.Column("contact_email", sa.String(length=254), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_party_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint(
            "agreement_id", "organisation_id", name=op.f("uq_agreement_party_agreement_id_organisation_id")
        ),
        sa.UniqueConstraint("agreement_id", "position", name=op.f("uq_agreement_party_agreement_id_position")),
    )
    op.create_index(op.f("ix_agreement_party_agreement_id"), "agreement_party", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_agreement_party_organisation_id"), "agreement_party", ["organisation_id"], unique=False)
    op.create_table(
        "agreement_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.CheckConstraint("agreement_id <> other_id", name=op.f("ck_agreement_relation_not_itself")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_relation_agreement_id")),
        sa.ForeignKeyConstraint(["other_id"], ["agreement.id"], name=op.f("fk_agreement_relation_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_relation")),
        sa.UniqueConstraint(
            "agreement_id", "other_id", "relation", name=op.f("uq_agreement_relation_agreement_id_other_id_relation")
        ),
    )
    op.create_index(op.f("ix_agreement_relation_agreement_id"), "agreement_relation", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_agreement_relation_other_id"), "agreement_relation", ["other_id"], unique=False)
    op.create_table(
        "agreement_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("regency", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_region_agreement_id")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_agreement_region_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_region")),
        sa.UniqueConstraint(
            "agreement_id",
            "province_code",
            "regency",
            name=op.f("uq_agreement_region_agreement_id_province_code_regency"),
        ),
    )
    op.create_index(op.f("ix_agreement_region_agreement_id"), "agreement_region", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_agreement_region_province_code"), "agreement_region", ["province_code"], unique=False)
    op.create_table(
        "stage_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_stage_change_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_stage_change_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    op.create_index(op.f("ix_stage_change_agreement_id"), "stage_change", ["agreement_id"], unique=False)
    op.create_table(
        "agreement_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_file_agreement_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["account.id"], name=op.f("fk_agreement_file_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_file")),
    )
    op.create_index(op.f("ix_agreement_file_agreement_id"), "agreement_file", ["agreement_id"], unique=False)


def downgrade() -> None:
    op.drop_table("agreement_file")
    op.drop_table("stage_change")
    op.drop_table("agreement_region")
    op.drop_table("agreement_relation")
    op.drop_table("agreement_party")
    op.drop_table("agreement")
    op.drop_table("code_counter")
    op.drop_table("signing_event")
