"""Generated Word files; each is kept and never overwritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.agreement import Agreement
from portal.models.base import Base, UtcDateTime


class Rendition(Base):
    """One Word file made from an agreement: template, snapshot of the facts, result, what was missing."""

    __tablename__ = "rendition"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    template_code: Mapped[str] = mapped_column(String(40))
    template_digest: Mapped[str] = mapped_column(String(64))
    template_version_id: Mapped[int | None] = mapped_column(ForeignKey("doc_template_version.id"), index=True)
    """The version it was made from; None for the files made before the library of templates."""
    tree: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The clause tree it was made from, without what was not printed."""
    engine: Mapped[str] = mapped_column(String(16))
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    missing: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())

    agreement: Mapped[Agreement] = relationship()
