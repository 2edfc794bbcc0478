"""Organisations and their people."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("sort_key", sa.String(length=240), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("regency", sa.String(length=120), nullable=True),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("zone", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("observes_joint_leave", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_organisation_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    op.create_index(op.f("ix_organisation_is_ours"), "organisation", ["is_ours"], unique=False)
    op.create_index(op.f("ix_organisation_is_sample"), "organisation", ["is_sample"], unique=False)
    op.create_index(op.f("ix_organisation_kind"), "organisation", ["kind"], unique=False)
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"], unique=False)
    op.create_index(op.f("ix_organisation_province_code"), "organisation", ["province_code"], unique=False)
    op.create_index(op.f("ix_organisation_sort_key"), "organisation", ["sort_key"], unique=False)
    op.create_table(
        "lks_profile",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("legal_form", sa.String(length=32), nullable=True),
        sa.Column("deed_number", sa.String(length=80), nullable=True),
        sa.Column("deed_on", sa.Date(), nullable=True),
        sa.Column("deed_notary", sa.String(length=160), nullable=True),
        sa.Column("approval_number", sa.String(length=80), nullable=True),
        sa.Column("tax_number", sa.String(length=24), nullable=True),
        sa.Column("registration_type", sa.String(length=80), nullable=True),
        sa.Column("registration_number", sa.String(length=80), nullable=True),
        sa.Column("registration_issuer", sa.String(length=160), nullable=True),
        sa.Column("registration_issued_on", sa.Date(), nullable=True),
        sa.Column("registration_expires_on", sa.Date(), nullable=True),
        sa.Column("accreditation", sa.String(length=32), nullable=True),
        sa.Column("accreditation_number", sa.String(length=80), nullable=True),
        sa.Column("accreditation_issued_on", sa.Date(), nullable=True),
        sa.Column("accreditation_expires_on", sa.Date(), nullable=True),
        sa.Column("siks_ng_id", sa.String(length=40), nullable=True),
        sa.Column("bank_name", sa.String(length=80), nullable=True),
        sa.Column("bank_account_number", sa.String(length=40), nullable=True),
        sa.Column("bank_account_name", sa.String(length=160), nullable=True),
        sa.Column("client_groups", sa.JSON(), nullable=False),
        sa.Column("atensi", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_lks_profile_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_lks_profile")),
    )
    op.create_table(
        "office_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("office", sa.String(length=160), nullable=False),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=240), nullable=True),
        sa.Column("staff_number", sa.String(length=24), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_office_holder_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_holder")),
    )
    op.create_index(op.f("ix_office_holder_organisation_id"), "office_holder", ["organisation_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_contact_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_organisation_id"), "contact", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("contact")
    op.drop_table("office_holder")
    op.drop_table("lks_profile")
    op.drop_table("organisation")
