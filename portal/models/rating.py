"""What partners say about the ministry when an agreement has ended."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.rating import Question
from portal.models.account import Account
from portal.models.agreement import Agreement
from portal.models.base import Base, Stamped, UtcDateTime
from portal.models.organisation import Organisation


class Rating(Stamped, Base):
    """The answers of one party about one agreement: one to five for each question (`domain.rating.Question`)."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("agreement_id", "organisation_id"),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
        ),
        *(CheckConstraint(f"{each.value} BETWEEN 1 AND 5", name=each.value) for each in Question),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    clear: Mapped[int]
    timely: Mapped[int]
    reachable: Mapped[int]
    helpful: Mapped[int]
    again: Mapped[int]
    remark: Mapped[str | None] = mapped_column(Text)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime())
    rated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    agreement: Mapped[Agreement] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(viewonly=True)
    rated_by: Mapped[Account | None] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012
