"""What partners ask, acknowledge and propose about agreements and their drafts, and what the office answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.shared_draft import ReplyDecision, ReplyVerdict, SharingStage
from portal.models.account import Account
from portal.models.agreement import Agreement, AgreementFile
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.organisation import Organisation


def _of_party() -> ForeignKeyConstraint:
    """Tie a row to the place of its organisation in its agreement."""
    return ForeignKeyConstraint(
        ["agreement_id", "organisation_id"], ["agreement_party.agreement_id", "agreement_party.organisation_id"]
    )


class AgreementQuestion(Stamped, Base):
    """One question of a party about an agreement, and its answer. `number` counts within agreement and party."""

    __tablename__ = "agreement_question"
    __table_args__ = (UniqueConstraint("agreement_id", "organisation_id", "number"), _of_party())

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int]
    place: Mapped[str | None] = mapped_column(String(240))
    """The Pasal or part it is about, None for the whole agreement."""
    text: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    answer: Mapped[str | None] = mapped_column(Text)
    is_by_phone: Mapped[bool] = mapped_column(default=False)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)

    agreement: Mapped[Agreement] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(viewonly=True)
    asked_by: Mapped[Account | None] = relationship(viewonly=True, foreign_keys=[asked_by_id])
    answered_by: Mapped[Account | None] = relationship(viewonly=True, foreign_keys=[answered_by_id])

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class Acknowledgement(Base):
    """A party says that it has received and read one released document."""

    __tablename__ = "acknowledgement"
    __table_args__ = (UniqueConstraint("file_id", "organisation_id"), _of_party())

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("agreement_file.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())

    file: Mapped[AgreementFile] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(viewonly=True)
    made_by: Mapped[Account | None] = relationship(viewonly=True)


class SharedDraft(Stamped, Base):
    """A draft as one party was shown it: the Word file and the words of each Pasal on that day, and its answer.

    `number` counts within agreement and party: the second one follows the decisions about the first.
    """

    __tablename__ = "shared_draft"
    __table_args__ = (
        UniqueConstraint("agreement_id", "organisation_id", "number"),
        UniqueConstraint("id", "organisation_id"),
        _of_party(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int]
    stage: Mapped[SharingStage] = enum_column(SharingStage, default=SharingStage.SHARED, index=True)
    rendition_number: Mapped[int]
    """The Word file of the agreement that was shared; its name and bytes stand here too, as partners read no list."""
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    articles: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """The words of each Pasal, as `domain.shared_draft.to_plain` writes them."""
    note: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date]
    shared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime())
    own_name: Mapped[str | None] = mapped_column(String(200))
    own_size: Mapped[int | None]
    own_digest: Mapped[str | None] = mapped_column(String(64))
    """The partner's own Word version, as it came through the gate."""
    own_uploaded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    own_rendition_number: Mapped[int | None]
    """The number it was given when the office took it in among the Word files of the agreement."""
    receipt_number: Mapped[str | None] = mapped_column(String(48), unique=True)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    agreement: Mapped[Agreement] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(viewonly=True)
    shared_by: Mapped[Account | None] = relationship(viewonly=True, foreign_keys=[shared_by_id])
    sent_by: Mapped[Account | None] = relationship(viewonly=True, foreign_keys=[sent_by_id])
    replies: Mapped[list["DraftReply"]] = relationship(order_by="DraftReply.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012


class DraftReply(Base):
    """What a party says about one Pasal of a shared draft, and what the office decided about it."""

    __tablename__ = "draft_reply"
    __table_args__ = (
        UniqueConstraint("shared_draft_id", "article"),
        ForeignKeyConstraint(
            ["shared_draft_id", "organisation_id"],
            ["shared_draft.id", "shared_draft.organisation_id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shared_draft_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(index=True)
    article: Mapped[str] = mapped_column(String(80))
    """The key of the article (`SharedArticle.key`)."""
    verdict: Mapped[ReplyVerdict] = enum_column(ReplyVerdict)
    words: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    replied_at: Mapped[datetime] = mapped_column(UtcDateTime())
    decision: Mapped[ReplyDecision | None] = enum_column(ReplyDecision)
    decision_note: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
