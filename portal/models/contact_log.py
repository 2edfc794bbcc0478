"""That somebody was reached outside the portal, as an officer wrote it down."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.contact import ContactWay
from portal.models.base import Base, UtcDateTime, enum_column


class ContactEntry(Base):
    """One call, message, letter or visit about an agreement, or about one dated duty of it."""

    __tablename__ = "contact_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id"), index=True)
    way: Mapped[ContactWay] = enum_column(ContactWay)
    person: Mapped[str | None] = mapped_column(String(160))
    """Who was reached."""
    note: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
