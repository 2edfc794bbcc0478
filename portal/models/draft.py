"""Drafts in the workspace: the clause tree and what only the text needs, section by section, with every save."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.drafting import Section
from portal.models.account import Account
from portal.models.agreement import Agreement
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.doc_template import DocTemplateVersion


class Draft(Stamped, Base):
    """The text of one agreement while it is written. Facts of the agreement itself stay in `agreement`."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    template_version_id: Mapped[int] = mapped_column(ForeignKey("doc_template_version.id"), index=True)
    tree: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The clause tree as `domain.clause.to_plain` writes it."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the text needs beyond the agreement's own columns (`domain.drafting.EXTRA`)."""
    answers: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of `domain.clause.Condition` that hold."""

    agreement: Mapped[Agreement] = relationship()
    template_version: Mapped[DocTemplateVersion] = relationship()
    sections: Mapped[list["DraftSection"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class DraftSection(Base):
    """The last save of one section: its stamp, who, when, and raw text of what is not valid yet."""

    __tablename__ = "draft_section"
    __table_args__ = (UniqueConstraint("draft_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    section: Mapped[Section] = enum_column(Section)
    raw: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Texts typed into fields that cannot be taken yet, by the name of the field."""
    stamp: Mapped[int] = mapped_column(default=1)
    page_mark: Mapped[str | None] = mapped_column(String(40))
    """The page that sent the last save (`domain.editing.PageMark`), None when no page did."""
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime())

    saved_by: Mapped[Account | None] = relationship()


class DraftSave(Base):
    """One save of a section, kept so that a conflict can show what each side did."""

    __tablename__ = "draft_save"
    __table_args__ = (UniqueConstraint("draft_id", "section", "stamp"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    section: Mapped[Section] = enum_column(Section)
    stamp: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    """All fields of the section after this save, as typed."""
    page_mark: Mapped[str | None] = mapped_column(String(40))
    """The page that sent it (`domain.editing.PageMark`), None when no page did."""
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ReviewWaiver(Base):
    """A finding of Periksa Naskah that somebody let stand, with the reason."""

    __tablename__ = "review_waiver"
    __table_args__ = (UniqueConstraint("draft_id", "rule", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    waived_at: Mapped[datetime] = mapped_column(UtcDateTime())

    waived_by: Mapped[Account | None] = relationship()
