"""The audit trail, append-only, and the sources of recorded facts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.organisation import Confidence
from portal.models.base import Base, UtcDateTime, enum_column


class Entry(Base):
    """One thing that happened: who did what to which record. Rows are only ever added."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    """The sequence of the chain."""
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int | None]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    request_id: Mapped[str | None] = mapped_column(String(32))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    mac: Mapped[str | None] = mapped_column(String(64))


class FactSource(Base):
    """Where a recorded fact comes from, how sure it is, and who verified it."""

    __tablename__ = "fact_source"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id", "fact"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    fact: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(240))
    source_on: Mapped[date | None]
    confidence: Mapped[Confidence] = enum_column(Confidence)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
