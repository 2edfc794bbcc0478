"""What the office notes about a round of a report: marks, the checklist, a reopening; and its ready phrases."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcDateTime


class ReportMark(Base):
    """One thing that a partner is to mend in a round: an answer, a file, or the evidence as a whole.

    A partner sees it from `told_at` on, when the round went back; until then it is the officer's own note.
    """

    __tablename__ = "report_mark"
    __table_args__ = (
        UniqueConstraint("report_id", "number", "item"),
        ForeignKeyConstraint(
            ["report_id", "organisation_id"], ["report.id", "report.organisation_id"], onupdate="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    """The round."""
    item: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ReportCheck(Base):
    """The answer to one question of the office's checklist, about one round. Partners never read it."""

    __tablename__ = "report_check"
    __table_args__ = (
        UniqueConstraint("report_id", "number", "question"),
        ForeignKeyConstraint(
            ["report_id", "organisation_id"], ["report.id", "report.organisation_id"], onupdate="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    question: Mapped[str] = mapped_column(String(40))
    is_fine: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ReportReopening(Base):
    """The recorded decision to review an accepted round again; what it undid is kept."""

    __tablename__ = "report_reopening"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "organisation_id"], ["report.id", "report.organisation_id"], onupdate="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime())
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text)
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reopened_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ReportPhrase(Base):
    """A ready sentence for marks; the office keeps the list."""

    __tablename__ = "report_phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    sentence: Mapped[str] = mapped_column(String(300))
