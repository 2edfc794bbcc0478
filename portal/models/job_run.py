"""When each job last ran and how it ended; what each sweep planned."""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcDateTime


class JobRun(Base):
    """One run of a job in one slot; the unique slot keeps two schedulers from running it twice."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("name", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    slot: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    outcome: Mapped[str | None] = mapped_column(String(16))
    detail: Mapped[str | None] = mapped_column(Text)


class SweepLog(Base):
    """What one sweep of the planner did; the brake looks here instead of counting."""

    __tablename__ = "sweep_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    planned: Mapped[int]
    overtaken: Mapped[int] = mapped_column(default=0)
    held: Mapped[bool] = mapped_column(default=False)


class PlanChange(Base):
    """A note that something changed on which the plan rests; the sweep that has seen it removes it."""

    __tablename__ = "plan_change"

    id: Mapped[int] = mapped_column(primary_key=True)


class RegisterChange(Base):
    """A note that the register of agreements itself changed; they grow old (`plan_change.trim_register`)."""

    __tablename__ = "register_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), server_default=func.current_timestamp())
