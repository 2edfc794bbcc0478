"""Organisations of every kind, their office holders and contacts, and what is known of an LKS."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.agreement import SigningCapacity
from portal.domain.organisation import Accreditation, LegalForm, OrganisationKind, Zone
from portal.models.base import Base, Stamped, enum_column


class Organisation(Stamped, Base):
    """A body that can be a party: a ministry, one of its units, an LKS, an agency …"""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[OrganisationKind] = enum_column(OrganisationKind, index=True)
    name: Mapped[str] = mapped_column(String(240))
    sort_key: Mapped[str] = mapped_column(String(240), index=True)
    short_name: Mapped[str | None] = mapped_column(String(80))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_ours: Mapped[bool] = mapped_column(default=False, index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    address: Mapped[str | None] = mapped_column(Text)
    regency: Mapped[str | None] = mapped_column(String(120))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"), index=True)
    zone: Mapped[Zone] = enum_column(Zone, default=Zone.WIB)
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    observes_joint_leave: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    confirmed: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool] = mapped_column(default=False, index=True)

    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The record that took this one's place: both were the same body."""

    parent: Mapped["Organisation | None"] = relationship(remote_side=[id], foreign_keys=[parent_id])
    merged_into: Mapped["Organisation | None"] = relationship(remote_side=[id], foreign_keys=[merged_into_id])
    lks: Mapped["LksProfile | None"] = relationship(back_populates="organisation")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class LksProfile(Base):
    """What the ministry keeps of a welfare institution (design: domain §5.5)."""

    __tablename__ = "lks_profile"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    legal_form: Mapped[LegalForm | None] = enum_column(LegalForm)
    deed_number: Mapped[str | None] = mapped_column(String(80))
    deed_on: Mapped[date | None]
    deed_notary: Mapped[str | None] = mapped_column(String(160))
    approval_number: Mapped[str | None] = mapped_column(String(80))
    tax_number: Mapped[str | None] = mapped_column(String(24))
    registration_type: Mapped[str | None] = mapped_column(String(80))
    registration_number: Mapped[str | None] = mapped_column(String(80))
    registration_issuer: Mapped[str | None] = mapped_column(String(160))
    registration_issued_on: Mapped[date | None]
    registration_expires_on: Mapped[date | None]
    accreditation: Mapped[Accreditation | None] = enum_column(Accreditation)
    accreditation_number: Mapped[str | None] = mapped_column(String(80))
    accreditation_issued_on: Mapped[date | None]
    accreditation_expires_on: Mapped[date | None]
    siks_ng_id: Mapped[str | None] = mapped_column(String(40))
    bank_name: Mapped[str | None] = mapped_column(String(80))
    bank_account_number: Mapped[str | None] = mapped_column(String(40))
    bank_account_name: Mapped[str | None] = mapped_column(String(160))
    client_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    atensi: Mapped[list[str]] = mapped_column(JSON, default=list)

    organisation: Mapped[Organisation] = relationship(back_populates="lks")


class OfficeHolder(Base):
    """A person in an office of an organisation for a period, with capacity and the instrument that proves it."""

    __tablename__ = "office_holder"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    office: Mapped[str] = mapped_column(String(160))
    capacity: Mapped[SigningCapacity] = enum_column(SigningCapacity, default=SigningCapacity.DEFINITIVE)
    instrument: Mapped[str | None] = mapped_column(String(240))
    staff_number: Mapped[str | None] = mapped_column(String(24))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)

    organisation: Mapped[Organisation] = relationship()


class Contact(Base):
    """A person to call at an organisation."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    position: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))

    organisation: Mapped[Organisation] = relationship()
