"""Incidents with personal data: what happened, whom it concerns, which letters were sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.incident import Addressee, LetterWay
from portal.models.account import Account
from portal.models.base import Base, Stamped, UtcDateTime, enum_column


class Incident(Stamped, Base):
    """One failure to protect personal data, with the instant by which those concerned must have been told."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    data_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of `domain.personal.DataKind` of what came into wrong hands."""
    noticed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    search: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Where to look in the trail (`domain.incident.Search`), as plain values."""
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    letters: Mapped[list["IncidentLetter"]] = relationship(order_by="IncidentLetter.id")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class IncidentLetter(Base):
    """That somebody was told of an incident: a person, or the authority."""

    __tablename__ = "incident_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    addressee: Mapped[Addressee] = enum_column(Addressee)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """The person, where it has an account; None for the authority and for others."""
    name: Mapped[str] = mapped_column(String(160))
    way: Mapped[LetterWay] = enum_column(LetterWay)
    note: Mapped[str | None] = mapped_column(String(240))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])
