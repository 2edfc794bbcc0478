"""Workbooks that a partner filled in away from the portal and sent: what was found in them, what was accepted."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcDateTime


class WorkbookReceipt(Base):
    """One workbook as it was sent; the same bytes have one row, so that sending them twice changes nothing."""

    __tablename__ = "workbook_receipt"
    __table_args__ = (UniqueConstraint("organisation_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(9), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    pack: Mapped[str] = mapped_column(String(16))
    """Which download it was filled in from."""
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_sent: Mapped[bool] = mapped_column(default=False)
    """Whether the accepted rows were sent at once, not only kept as drafts."""
    number: Mapped[str | None] = mapped_column(String(32), unique=True)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What was accepted and what was not, as it was said on the day."""
