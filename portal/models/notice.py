"""The outbox: messages that are to be sent or were sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.reminder import Channel, MessageStage
from portal.models.base import Base, UtcDateTime, enum_column


class Message(Base):
    """One mail to one address. Its Message-ID is fixed when it is made, so a retry is the same mail."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("recipient", "channel", "local_day", "slot"),
        Index("ix_message_queue", "stage", "next_try_at"),
        Index("ix_message_bell", "account_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    channel: Mapped[Channel] = enum_column(Channel)
    local_day: Mapped[date]
    slot: Mapped[str] = mapped_column(String(80))
    """`digest` for the one of the day; for singles what they are about, e.g. `report-returned-17-2`."""
    template: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2), default="id")
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    subject: Mapped[str | None] = mapped_column(String(200))
    body_text: Mapped[str | None] = mapped_column(Text)
    body_html: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    stage: Mapped[MessageStage] = enum_column(MessageStage)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime())
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime())
    lease_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    tries: Mapped[int] = mapped_column(default=0)
    first_failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When its reader saw it under the bell."""
