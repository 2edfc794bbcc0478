"""What reports of a kind ask, version by version. A version is never changed: reports that began with it keep it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.obligation import ObligationKind
from portal.models.base import Base, UtcDateTime, enum_column


class ReportForm(Base):
    """One version of the form of a kind of obligation; the newest is what new reports begin with."""

    __tablename__ = "report_form"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ObligationKind] = enum_column(ObligationKind)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    intro: Mapped[str] = mapped_column(Text, default="")
    prepare: Mapped[list[str]] = mapped_column(JSON)
    """What to have at hand, one thing each."""
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """The fields in order, as `domain.report_form.Form.rows` gives them."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
