"""Reports that partners send for an occurrence, their rounds and files."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.report import ReportStage
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.occurrence import Occurrence
from portal.models.organisation import Organisation
from portal.models.report_form import ReportForm


class Report(Stamped, Base):
    """What one partner reports for one occurrence."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "organisation_id"),
        UniqueConstraint("id", "organisation_id"),
        ForeignKeyConstraint(["occurrence_id", "agreement_id"], ["occurrence.id", "occurrence.agreement_id"]),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(9), unique=True)
    occurrence_id: Mapped[int] = mapped_column(index=True)
    agreement_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    stage: Mapped[ReportStage] = enum_column(ReportStage, default=ReportStage.DRAFT, index=True)
    round: Mapped[int] = mapped_column(default=1)
    narrative: Mapped[str | None] = mapped_column(Text)
    obstacles: Mapped[str | None] = mapped_column(Text)
    beneficiaries: Mapped[int | None]
    amount_rupiah: Mapped[int | None] = mapped_column(BigInteger)
    numbers: Mapped[dict[str, int] | None] = mapped_column(JSON)
    """Numbers that only some forms ask, by field."""
    notes: Mapped[dict[str, str] | None] = mapped_column(JSON)
    """Why a number is so different from the last period, by field."""
    raw: Mapped[str | None] = mapped_column(Text)
    """Typed text that is not valid yet, as JSON by field, so that nothing is lost."""
    form_id: Mapped[int | None] = mapped_column(ForeignKey("report_form.id"))
    """The version of the form it began with; None for those from before there were forms."""
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """Since when it waits for the approval of the responsible person."""
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handed_back_reason: Mapped[str | None] = mapped_column(Text)
    """What the responsible person wants mended before sending."""
    handed_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    fix_due_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    return_reason: Mapped[str | None] = mapped_column(Text)
    receipt_number: Mapped[str | None] = mapped_column(String(32), unique=True)

    occurrence: Mapped[Occurrence] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship()
    form: Mapped[ReportForm | None] = relationship()
    files: Mapped[list["ReportFile"]] = relationship(order_by="ReportFile.id", viewonly=True)
    rounds: Mapped[list["ReportRound"]] = relationship(order_by="ReportRound.number", viewonly=True)

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class ReportRound(Base):
    """One sending of a report and the answer to it."""

    __tablename__ = "report_round"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        ForeignKeyConstraint(
            ["report_id", "organisation_id"], ["report.id", "report.organisation_id"], onupdate="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime())
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    on_behalf_of: Mapped[str | None] = mapped_column(String(160))
    """The partner's person for whom the office sent it; who typed it in is `submitted_by_id`."""
    basis: Mapped[str | None] = mapped_column(Text)
    """The letter or call on which the office sent it."""
    answers: Mapped[str] = mapped_column(Text)
    """The answers as sent, as JSON, so that rounds can be compared."""
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[ReportStage | None] = enum_column(ReportStage)
    reason: Mapped[str | None] = mapped_column(Text)


class ReportFile(Base):
    """A file of a report, kept by content hash."""

    __tablename__ = "report_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "organisation_id"], ["report.id", "report.organisation_id"], onupdate="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    is_safe_picture: Mapped[bool] = mapped_column(default=False)
    """Whether we drew it ourselves from its pixels: only such a picture is shown inside a page."""
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
