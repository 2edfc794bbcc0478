"""What stands on a partner's card beside its facts: papers with their validity, and changes that it proposes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.organisation_card import CardPart, DocumentKind, ProposalStage
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.organisation import Organisation


class OrganisationDocument(Stamped, Base):
    """A paper of an organisation with its file; a partner's own waits until an officer has compared it."""

    __tablename__ = "organisation_document"
    __table_args__ = (Index("ix_organisation_document_organisation_id_stage", "organisation_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[DocumentKind] = enum_column(DocumentKind)
    number: Mapped[str | None] = mapped_column(String(80))
    issuer: Mapped[str | None] = mapped_column(String(160))
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    stage: Mapped[ProposalStage] = enum_column(ProposalStage, default=ProposalStage.WAITING, index=True)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    answer: Mapped[str | None] = mapped_column(Text)

    organisation: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class CardProposal(Stamped, Base):
    """A change of one part of its card that a partner proposes, with what was there when it did."""

    __tablename__ = "card_proposal"
    __table_args__ = (Index("ix_card_proposal_organisation_id_stage", "organisation_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    part: Mapped[CardPart] = enum_column(CardPart)
    target_id: Mapped[int | None]
    """The office holder or contact it is about; None for a new one and for the organisation itself."""
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    """{key: [before, after]} as plain values."""
    basis: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(160))
    media_type: Mapped[str | None] = mapped_column(String(100))
    digest: Mapped[str | None] = mapped_column(String(64))
    stage: Mapped[ProposalStage] = enum_column(ProposalStage, default=ProposalStage.WAITING, index=True)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    answer: Mapped[str | None] = mapped_column(Text)

    organisation: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class OrganisationMerge(Base):
    """Two records of one body made into one: what was moved and changed, so that it can be undone."""

    __tablename__ = "organisation_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    gone_valid_to: Mapped[date | None]
    """Until when the one that went was recorded to exist, before it went."""
    kept_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    moved: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    """{"table.column": ids} of every row that was given to the record that stays."""
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    """{fact: [before, after]} of the record that stays."""
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime())
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    gone: Mapped[Organisation] = relationship(foreign_keys=[gone_id])
    kept: Mapped[Organisation] = relationship(foreign_keys=[kept_id])
