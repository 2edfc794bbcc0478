"""Requests for relief from one dated duty, and how they were decided."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.relief import ReliefKind, ReliefStage
from portal.models.base import Base, Stamped, UtcDateTime, enum_column
from portal.models.occurrence import Occurrence


class Relief(Stamped, Base):
    """One request: who asked for what, why, who decided it and how. `organisation_id` is the party that asks."""

    __tablename__ = "relief"
    __table_args__ = (
        ForeignKeyConstraint(["occurrence_id", "agreement_id"], ["occurrence.id", "occurrence.agreement_id"]),
        ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[ReliefKind] = enum_column(ReliefKind)
    stage: Mapped[ReliefStage] = enum_column(ReliefStage, default=ReliefStage.ASKED, index=True)
    wanted_on: Mapped[date | None]
    """The new date that is asked for, or until when the duty is to rest."""
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    granted_on: Mapped[date | None]
    """The date that was granted; it may differ from the one asked for."""
    answer: Mapped[str | None] = mapped_column(Text)
    """Reason and basis of the decision."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    occurrence: Mapped[Occurrence] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012
