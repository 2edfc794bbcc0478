"""Files of reports that are on their way in parts; the parts lie in the storage's spool, under the key."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcDateTime


class ReportUpload(Base):
    """One file that a partner sends in parts; `received` bytes are safe, the next part begins there."""

    __tablename__ = "report_upload"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "organisation_id"], ["report.id", "report.organisation_id"], onupdate="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    report_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    mark: Mapped[str] = mapped_column(String(16))
    """A short sum of the whole content, by which the same file is known when it is chosen again."""
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Why the whole file was not taken: the sentence and its values; an answer that was lost is given again from it."""
