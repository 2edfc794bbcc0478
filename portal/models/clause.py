"""The clause library: each clause with its versions, of which legal staff approve one."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.clause import Block, Condition
from portal.domain.clause_placing import LEGAL_BUREAU
from portal.domain.publication import Publication
from portal.models.account import Account
from portal.models.base import Base, Stamped, UtcDateTime, enum_column


class Clause(Stamped, Base):
    """One clause of the library; its words stand in its versions."""

    __tablename__ = "clause"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    block: Mapped[Block] = enum_column(Block, index=True)
    position: Mapped[int]
    """Place among the clauses of a text, as the field orders them (design: domain §2.3)."""
    kinds: Mapped[list[str]] = mapped_column(JSON)
    """Codes of the kinds of agreement it fits."""
    mandatory_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of the kinds in which it may not be left out."""
    condition: Mapped[Condition] = enum_column(Condition, default=Condition.ALWAYS)
    variant_of_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    owner_unit: Mapped[str] = mapped_column(String(120), default=LEGAL_BUREAU, server_default=LEGAL_BUREAU)
    """The unit that answers for it."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who of that unit is asked first, where somebody is named."""
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    owner: Mapped[Account | None] = relationship()
    versions: Mapped[list["ClauseVersion"]] = relationship(
        back_populates="clause", order_by="ClauseVersion.number", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class ClauseVersion(Base):
    """One wording of a clause. A published one never changes."""

    __tablename__ = "clause_version"
    __table_args__ = (UniqueConstraint("clause_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    number: Mapped[int]
    stage: Mapped[Publication] = enum_column(Publication, index=True)
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text, default="")
    guidance: Mapped[str] = mapped_column(Text, default="")
    """What a drafter should know before choosing it."""
    fallbacks: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    """Wordings to fall back on in talks, best first: {"name", "text"}."""
    patterns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Obligations that choosing the clause proposes, as `domain.pattern` reads them."""
    placing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    """Where it belongs, as `domain.clause_placing` reads it; the clause has the facts of the approved one."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Why this version was made."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    clause: Mapped[Clause] = relationship(back_populates="versions")
    made_by: Mapped[Account | None] = relationship(foreign_keys=[made_by_id])
    approved_by: Mapped[Account | None] = relationship(foreign_keys=[approved_by_id])
