"""Agreements, their parties as printed, relations, regions, files, stages and signing events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage
from portal.domain.obligation import OffsetUnit
from portal.domain.renewal import RenewalChoice
from portal.models.account import Account
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.organisation import Organisation


class SigningEvent(Base):
    """One ceremony at which one or several agreements were signed."""

    __tablename__ = "signing_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(240))
    held_on: Mapped[date | None]
    place: Mapped[str | None] = mapped_column(String(160))
    note: Mapped[str | None] = mapped_column(Text)


class CodeCounter(Base):
    """The last number given in a series of codes."""

    __tablename__ = "code_counter"

    series: Mapped[str] = mapped_column(String(32), primary_key=True)
    last: Mapped[int]


class Agreement(Stamped, Base):
    """A cooperation agreement, from the first talk to the archive."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="term"),
        # The order of the list: a page deep in it is found in the index alone.
        Index("ix_agreement_changed", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[AgreementKind] = enum_column(AgreementKind, index=True)
    printed_label: Mapped[str | None] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(400))
    sort_key: Mapped[str] = mapped_column(String(400), index=True)
    stage: Mapped[Stage] = enum_column(Stage, index=True)
    is_foreign: Mapped[bool] = mapped_column(default=False)
    is_confidential: Mapped[bool] = mapped_column(default=False)
    signed_on: Mapped[date | None]
    signed_place: Mapped[str | None] = mapped_column(String(160))
    signing_event_id: Mapped[int | None] = mapped_column(ForeignKey("signing_event.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    term_years: Mapped[int | None]
    term_months: Mapped[int | None]
    notice_count: Mapped[int | None]
    """How long before the end notice of renewal must be given, in `notice_unit`."""
    notice_unit: Mapped[OffsetUnit | None] = enum_column(OffsetUnit)
    notice_article: Mapped[str | None] = mapped_column(String(80))
    notice_on: Mapped[date | None] = mapped_column(index=True)
    """Last day for the notice, by end and clause; kept so that the planner can read it, never typed."""
    renewal_starts_on: Mapped[date | None] = mapped_column(index=True)
    """Day by which work on a renewal must begin, planned backwards; kept like `notice_on`."""
    purpose: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[list[str]] = mapped_column(JSON, default=list)
    beneficiaries: Mapped[str | None] = mapped_column(String(240))
    value_rupiah: Mapped[int | None] = mapped_column(BigInteger)
    funding_source: Mapped[str | None] = mapped_column(String(240))
    originals: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    client_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    atensi: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool] = mapped_column(default=False, index=True)
    search_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    """What it is found by; kept by `models/search_text.py`."""

    parties: Mapped[list["AgreementParty"]] = relationship(
        back_populates="agreement", order_by="AgreementParty.position", cascade="all, delete-orphan"
    )
    regions: Mapped[list["AgreementRegion"]] = relationship(cascade="all, delete-orphan")
    unit: Mapped[Organisation | None] = relationship(foreign_keys=[unit_id])
    officer: Mapped[Account | None] = relationship(foreign_keys=[officer_id])
    signing_event: Mapped[SigningEvent | None] = relationship()

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class AgreementParty(Base):
    """A party's place in one agreement; name, number and signatory are kept as printed at signing."""

    __tablename__ = "agreement_party"
    __table_args__ = (
        UniqueConstraint("agreement_id", "position"),
        UniqueConstraint("agreement_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int]
    name_printed: Mapped[str] = mapped_column(String(240))
    address_printed: Mapped[str | None] = mapped_column(Text)
    number_printed: Mapped[str | None] = mapped_column(String(120))
    signatory_name: Mapped[str | None] = mapped_column(String(160))
    signatory_office: Mapped[str | None] = mapped_column(String(200))
    capacity: Mapped[SigningCapacity | None] = enum_column(SigningCapacity)
    principal: Mapped[str | None] = mapped_column(String(200))
    """The office behind a signature a.n., u.b. or by power of attorney."""
    instrument: Mapped[str | None] = mapped_column(String(240))
    contact_name: Mapped[str | None] = mapped_column(String(160))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    withdrawn_on: Mapped[date | None]
    umbrella_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The central board that may read this agreement, named by the party that belongs to it."""

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    umbrella: Mapped[Organisation | None] = relationship(foreign_keys=[umbrella_id])


class AgreementRelation(Base):
    """One agreement stands in a relation to another: `agreement` amends `other`, has `other` as parent …"""

    __tablename__ = "agreement_relation"
    __table_args__ = (
        UniqueConstraint("agreement_id", "other_id", "relation"),
        CheckConstraint("agreement_id <> other_id", name="not_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    relation: Mapped[Relation] = enum_column(Relation)

    agreement: Mapped[Agreement] = relationship(foreign_keys=[agreement_id])
    other: Mapped[Agreement] = relationship(foreign_keys=[other_id])


class AgreementRegion(Base):
    """A province, or a regency in it, where the agreement works."""

    __tablename__ = "agreement_region"
    __table_args__ = (UniqueConstraint("agreement_id", "province_code", "regency"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    regency: Mapped[str] = mapped_column(String(120), default="")


class StageChange(Base):
    """The day on which an agreement entered a stage; the rail shows these."""

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    stage: Mapped[Stage] = enum_column(Stage)
    entered_on: Mapped[date]
    reason: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    duties: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What was decided about open duties with this change, and how many it touched, as plain values."""


class RenewalDecision(Base):
    """What was decided about the time after the end of an agreement; the latest that was not withdrawn holds."""

    __tablename__ = "renewal_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    choice: Mapped[RenewalChoice] = enum_column(RenewalChoice)
    decided_on: Mapped[date]
    until_on: Mapped[date | None]
    """New end of a tacit renewal or an extension, where it is known."""
    follower_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    """The agreement that renews or extends this one, once it is recorded."""
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class AgreementFile(Base):
    """A file that belongs to an agreement; partners see it once it is released."""

    __tablename__ = "agreement_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """One of signed, draft, annex, letter, other."""
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime())
