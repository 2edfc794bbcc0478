"""Which rows of a table a partner may see: one criterion for each way in which a row can belong to somebody.

Used by `scope` alone, whose lists say which table is kept by which criterion.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, select

from portal import models as m

Criterion = Callable[[Any, int], ColumnElement[bool]]


def through_party(column: str) -> Criterion:
    """Return the criterion of rows that belong to an agreement, named by `column`: its parties see them."""

    def criterion(cls: Any, organisation_id: int) -> ColumnElement[bool]:
        seat = m.AgreementParty.__table__.alias("seat")
        return exists(
            select(seat.c.id).where(
                seat.c.agreement_id == getattr(cls, column), seat.c.organisation_id == organisation_id
            )
        )

    return criterion


def released(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """Files of an agreement are seen by its parties once they are released."""
    is_out: ColumnElement[bool] = cls.released_at.is_not(None)
    return is_out & through_party("agreement_id")(cls, organisation_id)


def owned(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """Rows of one organisation are seen by it alone."""
    result: ColumnElement[bool] = cls.organisation_id == organisation_id
    return result


def own_or_ours(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """People are seen by their own organisation, the ministry's by everybody."""
    ours = m.Organisation.__table__.alias("ours")
    return or_(
        cls.organisation_id == organisation_id,
        exists(select(ours.c.id).where(ours.c.id == cls.organisation_id, ours.c.is_ours.is_(True))),
    )


def known_organisation(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """An organisation sees itself, the ministry, and who stands in an agreement with it."""
    theirs = m.AgreementParty.__table__.alias("theirs")
    own = m.AgreementParty.__table__.alias("own")
    shared = exists(
        select(theirs.c.id)
        .join(own, own.c.agreement_id == theirs.c.agreement_id)
        .where(theirs.c.organisation_id == cls.id, own.c.organisation_id == organisation_id)
    )
    return or_(cls.id == organisation_id, cls.is_ours.is_(True), shared)


def of_own_people(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """What is told to a person is seen by the organisation of that person."""
    reader = m.Account.__table__.alias("reader")
    mine = (reader.c.id == cls.account_id, reader.c.organisation_id == organisation_id)
    return exists(select(reader.c.id).where(*mine))


def told(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """What the office noted about an organisation's work is seen by it from the moment it was told."""
    told: ColumnElement[bool] = cls.told_at.is_not(None)
    return told & owned(cls, organisation_id)


def nothing(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """No row at all."""
    del cls, organisation_id
    return false()


def through_umbrella(column: str) -> Criterion:
    """Return the criterion of rows of an agreement in which a party names this organisation as its central board."""

    def criterion(cls: Any, organisation_id: int) -> ColumnElement[bool]:
        seat = m.AgreementParty.__table__.alias("member_seat")
        return exists(
            select(seat.c.id).where(seat.c.agreement_id == getattr(cls, column), seat.c.umbrella_id == organisation_id)
        )

    return criterion


def released_under_umbrella(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """Released files of the agreements of members."""
    is_out: ColumnElement[bool] = cls.released_at.is_not(None)
    return is_out & through_umbrella("agreement_id")(cls, organisation_id)


def under_umbrella(cls: Any, organisation_id: int) -> ColumnElement[bool]:
    """A central board sees itself, the ministry, and the parties of its members' agreements."""
    theirs = m.AgreementParty.__table__.alias("board_party")
    named = m.AgreementParty.__table__.alias("board_seat")
    shared = exists(
        select(theirs.c.id)
        .join(named, named.c.agreement_id == theirs.c.agreement_id)
        .where(theirs.c.organisation_id == cls.id, named.c.umbrella_id == organisation_id)
    )
    return or_(cls.id == organisation_id, cls.is_ours.is_(True), shared)


UMBRELLA: dict[type[m.Base], Criterion] = {
    m.Agreement: through_umbrella("id"),
    m.AgreementParty: through_umbrella("agreement_id"),
    m.AgreementFile: released_under_umbrella,
    m.Organisation: under_umbrella,
    **dict.fromkeys(
        (m.AgreementRelation, m.AgreementRegion, m.StageChange, m.Obligation, m.ObligationParty, m.Occurrence), nothing
    ),
    **dict.fromkeys((m.ObligationEvent, m.Relief, m.Contribution), nothing),
}
"""Where a central board sees other rows than a party: agreements that name it, their parties and released files."""
