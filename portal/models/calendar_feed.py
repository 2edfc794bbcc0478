"""Calendar feeds: secret addresses from which a person's own calendar program reads deadlines."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Account, of_account
from portal.models.base import Base, UtcDateTime


class CalendarFeed(Base):
    """One feed of one person; only the hash of its secret is kept, and it can be revoked."""

    __tablename__ = "calendar_feed"
    __table_args__ = (of_account(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    view: Mapped[str] = mapped_column(String(400), default="")
    """The filter of a saved view as the query of its address; blank: everything that concerns the person."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When a program last read it, at most one write an hour."""

    account: Mapped[Account] = relationship()
