"""Word files of an agreement, made by the portal or brought back; each is kept and never overwritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.rendition import RenditionOrigin
from portal.models.agreement import Agreement
from portal.models.base import Base, UtcDateTime, enum_column


class Rendition(Base):
    """One Word file: where it came from, its bytes; of a made one template, facts and gaps, of an upload the report."""

    __tablename__ = "rendition"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    origin: Mapped[RenditionOrigin] = enum_column(RenditionOrigin, default=RenditionOrigin.MADE)
    based_on: Mapped[int | None]
    """The number of the rendition of the same agreement that an upload was written over."""
    note: Mapped[str | None] = mapped_column(Text)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What was found in an upload, as `domain.rendition.to_plain` writes it."""
    template_code: Mapped[str | None] = mapped_column(String(40))
    template_digest: Mapped[str | None] = mapped_column(String(64))
    template_version_id: Mapped[int | None] = mapped_column(ForeignKey("doc_template_version.id"), index=True)
    """The version it was made from; None for uploads and for the files made before the library of templates."""
    tree: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The clause tree it was made from, without what was not printed."""
    engine: Mapped[str | None] = mapped_column(String(16))
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    missing: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    sent_name: Mapped[str | None] = mapped_column(String(200))
    sent_size: Mapped[int | None]
    sent_digest: Mapped[str | None] = mapped_column(String(64))
    """The bytes of an upload as they came; equal to `digest` when nothing had to be changed."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())

    agreement: Mapped[Agreement] = relationship()
