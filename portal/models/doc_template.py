"""Templates of Word files: each with its versions, of which legal staff publish one."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.agreement import AgreementKind
from portal.domain.publication import Publication
from portal.models.account import Account
from portal.models.base import Base, Stamped, UtcDateTime, enum_column


class DocTemplate(Stamped, Base):
    """One template: for which kind of agreement, in which languages."""

    __tablename__ = "doc_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[AgreementKind] = enum_column(AgreementKind, index=True)
    schema_code: Mapped[str] = mapped_column(String(40))
    """The shipped schema that says which names its tags may use."""
    language: Mapped[str] = mapped_column(String(8), default="id")
    """`id`, or `id-en` for two columns."""
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    versions: Mapped[list["DocTemplateVersion"]] = relationship(
        back_populates="template", order_by="DocTemplateVersion.number", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class DocTemplateVersion(Base):
    """One Word file of a template, kept by `storage`. It never changes; only its stage does."""

    __tablename__ = "doc_template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("doc_template.id"), index=True)
    number: Mapped[int]
    stage: Mapped[Publication] = enum_column(Publication, index=True)
    name: Mapped[str] = mapped_column(String(200))
    """Name of the file as uploaded."""
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """How parties are called, signature side, paper, font, margins (`domain.template_settings`)."""
    clauses: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The clauses a draft starts with, in order: {"code", "is_included", "is_mandatory"}."""
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What the check found at upload; warnings only in a published version."""
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    template: Mapped[DocTemplate] = relationship(back_populates="versions")
    uploaded_by: Mapped[Account | None] = relationship(foreign_keys=[uploaded_by_id])
    published_by: Mapped[Account | None] = relationship(foreign_keys=[published_by_id])
