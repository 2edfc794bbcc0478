"""Drafts made in bulk: one template, an Excel list, one row for each partner."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.bulk import BulkStage, RowStage
from portal.models.account import Account
from portal.models.agreement import Agreement
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.doc_template import DocTemplateVersion
from portal.models.rendition import Rendition


class BulkRun(Stamped, Base):
    """One list that was uploaded, checked and made into drafts."""

    __tablename__ = "bulk_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    template_version_id: Mapped[int] = mapped_column(ForeignKey("doc_template_version.id"), index=True)
    stage: Mapped[BulkStage] = enum_column(BulkStage, index=True)
    name: Mapped[str] = mapped_column(String(200))
    """Name of the workbook as uploaded."""
    digest: Mapped[str] = mapped_column(String(64))
    common: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What is the same for every row."""
    lease_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    template_version: Mapped[DocTemplateVersion] = relationship()
    made_by: Mapped[Account | None] = relationship()
    rows: Mapped[list["BulkRow"]] = relationship(order_by="BulkRow.number", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class BulkRow(Base):
    """One row of the list: what was typed, what is wrong with it, the agreement made of it."""

    __tablename__ = "bulk_row"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("bulk_run.id"), index=True)
    number: Mapped[int]
    """Row in the workbook, as Excel counts."""
    stage: Mapped[RowStage] = enum_column(RowStage, index=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """{"column", "message", "values"} for everything that is wrong, what the making refused included."""
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    rendition_id: Mapped[int | None] = mapped_column(ForeignKey("rendition.id"), index=True)

    agreement: Mapped[Agreement | None] = relationship()
    rendition: Mapped[Rendition | None] = relationship()
