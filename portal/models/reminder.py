"""Planned reminders: one row for each subject, target date, step, recipient and channel."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.reminder import Audience, Channel, ReminderStage, SubjectKind
from portal.models.base import Base, UtcDateTime, enum_column
from portal.models.notice import Message


class ReminderRule(Base):
    """One rung of a ladder, editable: so many days before or after the date, to whom."""

    __tablename__ = "reminder_rule"
    __table_args__ = (UniqueConstraint("subject_kind", "step", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[SubjectKind] = enum_column(SubjectKind)
    step: Mapped[int]
    """Days relative to the target date: -30 is a month before, 7 a week after."""
    audience: Mapped[Audience] = enum_column(Audience)
    is_active: Mapped[bool] = mapped_column(default=True)


class Reminder(Base):
    """That somebody is to be reminded of something, and what became of it."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint(
            "subject_kind", "subject_id", "target_on", "step", "account_id", "channel", name="uq_reminder_key"
        ),
        Index("ix_reminder_stage", "stage", "planned_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[SubjectKind] = enum_column(SubjectKind)
    subject_id: Mapped[int]
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    target_on: Mapped[date]
    step: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    audience: Mapped[Audience] = enum_column(Audience)
    channel: Mapped[Channel] = enum_column(Channel)
    stage: Mapped[ReminderStage] = enum_column(ReminderStage)
    planned_on: Mapped[date]
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime())
    reason: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Why this row exists: rule, arithmetic and role, as codes and values."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    end_reason: Mapped[str | None] = mapped_column(String(40))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)

    message: Mapped[Message | None] = relationship()
