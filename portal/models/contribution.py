"""Money in stages and goods with their records of hand-over: what one party of an agreement gives another."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.contribution import ContributionKind, ContributionStage
from portal.models.base import Base, Stamped, enum_column


class Contribution(Stamped, Base):
    """One stage of money, or one delivery of goods or of a service, from one party to another."""

    __tablename__ = "contribution"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agreement_id", "giver_id"], ["agreement_party.agreement_id", "agreement_party.organisation_id"]
        ),
        ForeignKeyConstraint(
            ["agreement_id", "receiver_id"], ["agreement_party.agreement_id", "agreement_party.organisation_id"]
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    giver_id: Mapped[int]
    receiver_id: Mapped[int]
    kind: Mapped[ContributionKind] = enum_column(ContributionKind)
    stage: Mapped[ContributionStage] = enum_column(ContributionStage, default=ContributionStage.PLANNED)
    description: Mapped[str] = mapped_column(String(240))
    instalment: Mapped[int | None]
    """Which stage of a payment, from 1."""
    amount_rupiah: Mapped[int | None] = mapped_column(BigInteger)
    quantity: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(40))
    planned_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    record_number: Mapped[str | None] = mapped_column(String(120))
    """Number of the record of hand-over (BAST) or of the proof of payment."""
    record_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_file.id"))
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id"), index=True)
    """The dated duty that it fulfils, if one stands behind it."""
    note: Mapped[str | None] = mapped_column(Text)
    cancel_reason: Mapped[str | None] = mapped_column(Text)

    __mapper_args__ = {"version_id_col": Stamped.version}  # noqa: RUF012
