"""Agreements as one partner sees them: own ones only, released files only. Everything takes the organisation."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.agreement import Stage
from portal.domain.errors import NotFound
from portal.domain.obligation import DutyRole, ScheduleKind
from portal.models import Agreement, AgreementFile, AgreementParty, Obligation, ObligationParty, Organisation

KEY_LETTERS = 16
"""So many letters of its digest name a file in an address."""


def list_of_partner(session: Session, *, organisation_id: int) -> tuple[Agreement, ...]:
    """Return the agreements in which this organisation is a party, those that end first at the top."""
    query = (
        _own(organisation_id)
        .options(joinedload(Agreement.officer))
        .order_by(Agreement.stage != Stage.ACTIVE, Agreement.ends_on.is_(None), Agreement.ends_on, Agreement.id)
    )
    return tuple(session.scalars(query))


def get_of_partner(session: Session, code: str, *, organisation_id: int) -> Agreement:
    """Return one of the partner's agreements with its parties; raise NotFound for absent and foreign ones."""
    query = (
        _own(organisation_id)
        .where(Agreement.code == code)
        .options(selectinload(Agreement.parties).joinedload(AgreementParty.organisation), joinedload(Agreement.officer))
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _own(organisation_id: int) -> Select[Agreement]:
    return (
        select(Agreement)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(AgreementParty.organisation_id == organisation_id)
    )


def released_files(session: Session, agreement: Agreement) -> tuple[AgreementFile, ...]:
    """Return the files that the office released to the parties, the newest first."""
    return tuple(
        session.scalars(
            select(AgreementFile)
            .where(AgreementFile.agreement_id == agreement.id, AgreementFile.released_at.is_not(None))
            .order_by(AgreementFile.released_at.desc(), AgreementFile.id.desc())
        )
    )


def released_file(session: Session, agreement: Agreement, key: str) -> AgreementFile:
    """Return a released file by the first letters of its digest; raise NotFound."""
    for file in released_files(session, agreement):
        if file.digest[:KEY_LETTERS] == key:
            return file
    raise NotFound


def lasting_duties(session: Session, agreement: Agreement, *, organisation_id: int | None) -> tuple[Obligation, ...]:
    """Return the duties without a date that bind all along: of one partner, or (None) of the ministry."""
    who = Organisation.is_ours.is_(True) if organisation_id is None else Organisation.id == organisation_id
    seat = (
        select(ObligationParty.id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(
            ObligationParty.obligation_id == Obligation.id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            who,
        )
    )
    return tuple(
        session.scalars(
            select(Obligation)
            .where(
                Obligation.agreement_id == agreement.id,
                Obligation.schedule == ScheduleKind.CONTINUOUS,
                Obligation.is_closed.is_(False),
                seat.exists(),
            )
            .order_by(Obligation.id)
        )
    )
