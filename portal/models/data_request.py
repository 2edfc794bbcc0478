"""What people ask about their own data, and what the office answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.personal import RequestKind, RequestStage, RequestWay
from portal.models.account import Account
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.organisation import Organisation


class DataRequest(Stamped, Base):
    """One request of one person, with the instant by which it must be answered.

    `organisation_id` is the one that the person belongs to; for somebody without an account the one it is known from.
    """

    __tablename__ = "data_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[RequestKind] = enum_column(RequestKind)
    stage: Mapped[RequestStage] = enum_column(RequestStage, default=RequestStage.OPEN, index=True)
    way: Mapped[RequestWay] = enum_column(RequestWay)
    name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When those who decide were told that it came."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When they were told that its time is nearly over."""
    answer: Mapped[str | None] = mapped_column(Text)
    result_path: Mapped[str | None] = mapped_column(String(200))
    """The page on which the result can be seen, e.g. the corrected card."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    organisation: Mapped[Organisation] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class AccountFreeze(Base):
    """A time in which an account rests: nobody signs in with it and no optional mail leaves; its rows stay."""

    __tablename__ = "account_freeze"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_reason: Mapped[str | None] = mapped_column(Text)

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
