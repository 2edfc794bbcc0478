"""Hand-overs: what one person was responsible for and gave to others, kept as the record that is printed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.account import Account
from portal.models.base import Base, UtcDateTime


class Handover(Base):
    """One act in which everything that a person held, or a part of it, went to others. Never changed afterwards."""

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """Who gave everything away."""
    basis: Mapped[str] = mapped_column(String(240))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """{"groups": [{"kind", "successor_id", "ids"}], "numbers": {name: count}}; nothing that can be restricted."""

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    made_by: Mapped[Account | None] = relationship(foreign_keys=[made_by_id])
