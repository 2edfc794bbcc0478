"""Dated occurrences of obligations, identified by obligation and period, never by position."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.obligation import OccurrenceStage
from portal.domain.organisation import Zone
from portal.models.agreement import Agreement
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.obligation import Obligation


class Occurrence(Stamped, Base):
    """One date on which an obligation is due."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("obligation_id", "period_key"),
        UniqueConstraint("id", "agreement_id"),
        ForeignKeyConstraint(["obligation_id", "agreement_id"], ["obligation.id", "obligation.agreement_id"]),
        Index("ix_occurrence_due", "stage", "due_on", "agreement_id"),
        # All that the planner reads of a date, in the order in which it asks.
        Index("ix_occurrence_remind", "stage", "ladder_id", "due_on", "agreement_id", "obligation_id", "remind_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    period_key: Mapped[str] = mapped_column(String(24))
    """Identity of the period: `once`, `2026-S1`, `2026-Q3`, `2026-11`, `2026`, or the first day of its own period."""
    period_starts_on: Mapped[date | None]
    period_ends_on: Mapped[date | None]
    due_on: Mapped[date]
    """Last day, ending at midnight in `zone`: that of the schedule, or a later one that was granted."""
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """The instant of a duty counted in hours; `due_on` is then its day in `zone`."""
    scheduled_on: Mapped[date | None]
    """The date by the schedule where another was granted; None: `due_on` is by the schedule."""
    counted_on: Mapped[date | None]
    """The date before a free day moved it; None where none did."""
    is_estimated: Mapped[bool] = mapped_column(default=False)
    """The holidays of its year are not loaded: it may move."""
    zone: Mapped[Zone] = enum_column(Zone, default=Zone.WIB)
    """Where its day ends: the debtor's zone."""
    ladder_id: Mapped[int | None]
    """Copy of the obligation's ladder, so that the planner reads one index."""
    stage: Mapped[OccurrenceStage] = enum_column(OccurrenceStage, default=OccurrenceStage.OPEN)
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    remind_from: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """Steps of the ladder whose day came before this instant never fire: back-dated records stay silent."""

    obligation: Mapped[Obligation] = relationship()
    agreement: Mapped[Agreement] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012
