"""The audit trail, append-only, and the sources of recorded facts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.organisation import Confidence
from portal.models.base import Base, UtcDateTime, enum_column


class Entry(Base):
    """One thing that happened: who did what to which record. Rows are only ever added.

    Triggers refuse every other change but the seal of the chain (`audit_chain`) and the erasing of a detail.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_subject", "subject_kind", "subject_id"),
        Index("ix_entry_action", "action", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int | None]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    request_id: Mapped[str | None] = mapped_column(String(32))
    sequence: Mapped[int | None] = mapped_column(unique=True)
    """Its place in the chain, from 1 and without a gap. It and the next three are written once, before the commit."""
    detail_digest: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    mac: Mapped[str | None] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain on one day, as it was sent out, and what the check of that day found."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    sequence: Mapped[int]
    mac: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    checked: Mapped[int]
    """How many entries were checked."""
    fault: Mapped[str | None] = mapped_column(Text)
    """What is wrong, in one sentence; None for an unbroken chain."""


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
