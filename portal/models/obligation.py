"""Obligations: who owes what to whom, and how its dates arise."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.obligation import (
    Cadence,
    DayType,
    DutyRole,
    EventType,
    ObligationKind,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.models.agreement import Agreement
from portal.models.base import Base, Stamped, UtcDateTime, enum_column


class Obligation(Stamped, Base):
    """One duty of an agreement; its dated occurrences stand in `occurrence`."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("id", "agreement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    kind: Mapped[ObligationKind] = enum_column(ObligationKind, index=True)
    title: Mapped[str] = mapped_column(String(240))
    detail: Mapped[str | None] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(String(80))
    evidence: Mapped[str | None] = mapped_column(String(240))
    schedule: Mapped[ScheduleKind] = enum_column(ScheduleKind)
    fixed_on: Mapped[date | None]
    cadence: Mapped[Cadence | None] = enum_column(Cadence)
    cadence_months: Mapped[int | None]
    """Length of a period where the cadence is every so many months."""
    period_anchor: Mapped[PeriodAnchor | None] = enum_column(PeriodAnchor)
    first_period_on: Mapped[date | None]
    """First day of the first period that counts; asked for when the term starts inside a period."""
    until_on: Mapped[date | None]
    relative_anchor: Mapped[RelativeAnchor | None] = enum_column(RelativeAnchor)
    offset_count: Mapped[int] = mapped_column(default=0)
    """Positive after the anchor, negative before it."""
    offset_unit: Mapped[OffsetUnit] = enum_column(OffsetUnit, default=OffsetUnit.DAYS)
    day_type: Mapped[DayType] = enum_column(DayType, default=DayType.CALENDAR)
    roll: Mapped[Roll] = enum_column(Roll, default=Roll.NONE)
    event_type: Mapped[EventType | None] = enum_column(EventType)
    yearly_check: Mapped[bool] = mapped_column(default=False)
    """A duty that lasts is looked at once a year."""
    ladder_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_ladder.id"), index=True)
    """Its own ladder of reminders; None takes the one of its kind."""
    is_closed: Mapped[bool] = mapped_column(default=False)

    agreement: Mapped[Agreement] = relationship()
    parties: Mapped[list["ObligationParty"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class ObligationParty(Base):
    """A party's place in an obligation: debtor or creditor. It can only be a party of the same agreement."""

    __tablename__ = "obligation_party"
    __table_args__ = (
        UniqueConstraint("obligation_id", "organisation_id", "duty_role"),
        ForeignKeyConstraint(["obligation_id", "agreement_id"], ["obligation.id", "obligation.agreement_id"]),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
        ),
        # What one organisation owes is asked at every sweep, and answered from the index alone.
        Index("ix_obligation_party_organisation_id", "organisation_id", "duty_role", "obligation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(index=True)
    agreement_id: Mapped[int]
    organisation_id: Mapped[int]
    duty_role: Mapped[DutyRole] = enum_column(DutyRole)


class ObligationEvent(Base):
    """Something happened, or was asked for, that makes an obligation due; withdrawn ones stay in the record."""

    __tablename__ = "obligation_event"
    __table_args__ = (
        UniqueConstraint("obligation_id", "number"),
        ForeignKeyConstraint(["obligation_id", "agreement_id"], ["obligation.id", "obligation.agreement_id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    """Counted from 1 within its obligation; part of the period key of its occurrence, never given again."""
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime())
    note: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
