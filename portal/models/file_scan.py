"""What a virus scanner said of the files that came from outside, by their bytes."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.file_scan import ScanState
from portal.models.base import Base, UtcDateTime, enum_column


class FileScan(Base):
    """One question to the scanner. It names bytes only, nothing of whose they are; the newest rows of a digest count.

    The same bytes may be asked about twice: when two people send them at one moment, or again after they were removed.
    """

    __tablename__ = "file_scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[ScanState] = enum_column(ScanState, index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    finding: Mapped[str | None] = mapped_column(String(120))
    """The name that the scanner gave to what it found."""
