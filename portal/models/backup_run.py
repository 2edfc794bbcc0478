"""When the portal was backed up, and what came of it."""

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcDateTime


class BackupRun(Base):
    """One backup that was tried, by the job or by hand."""

    __tablename__ = "backup_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime())
    outcome: Mapped[str] = mapped_column(String(16))
    """`ok` or `failed`, as in `job_run`."""
    name: Mapped[str | None] = mapped_column(String(120))
    """The name of the archive in its folder."""
    size: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the archive."""
    detail: Mapped[str | None] = mapped_column(Text)
