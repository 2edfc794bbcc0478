"""Planned reminders: one row for each subject, target date, step, recipient and channel."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.reminder import Audience, Channel, ReminderStage, SubjectKind
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.notice import Message


class ReminderLadder(Stamped, Base):
    """A named set of rules. One ladder of each kind is the default; an obligation may be given another."""

    __tablename__ = "reminder_ladder"
    __table_args__ = (UniqueConstraint("subject_kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[SubjectKind] = enum_column(SubjectKind)
    name: Mapped[str] = mapped_column(String(120))
    is_default: Mapped[bool] = mapped_column(default=False)
    rules: Mapped[list["ReminderRule"]] = relationship(cascade="all, delete-orphan", order_by="ReminderRule.step")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class ReminderRule(Base):
    """One rung of a ladder, editable: so many days before or after the date, to whom, by which way."""

    __tablename__ = "reminder_rule"
    __table_args__ = (UniqueConstraint("ladder_id", "step", "audience", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("reminder_ladder.id"), index=True)
    step: Mapped[int]
    """Days relative to the target date: -30 is a month before, 7 a week after."""
    audience: Mapped[Audience] = enum_column(Audience)
    channel: Mapped[Channel] = enum_column(Channel, default=Channel.MAIL)
    is_active: Mapped[bool] = mapped_column(default=True)


class Reminder(Base):
    """That somebody is to be reminded of something, and what became of it."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint(
            "subject_kind", "subject_id", "target_on", "step", "account_id", "channel", name="uq_reminder_key"
        ),
        Index("ix_reminder_stage", "stage", "planned_on"),
        Index("ix_reminder_bell", "account_id", "read_at"),
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
    postponed_to: Mapped[date | None]
    """A later day on which somebody wants it sent."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decision_reason: Mapped[str | None] = mapped_column(Text)
    """Why somebody sent it at once, postponed it or decided against it."""
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When its reader saw it under the bell."""

    message: Mapped[Message | None] = relationship()
