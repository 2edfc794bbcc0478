"""Agreements for tests: by default three parties, the ministry and two partners."""

from datetime import date

from sqlalchemy import func, select

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.organisation import fold
from portal.models import Agreement, AgreementParty
from tests.factories.instants import NOW
from tests.factories.organisations import make_ministry, make_partner


def make_parties(session):
    """Return the ministry and two new partners."""
    return make_ministry(session), make_partner(session), make_partner(session)


def make_agreement(session, parties=None, **changes):
    """Return a saved agreement in force from 12 April 2024 to 11 April 2027."""
    organisations = parties or make_parties(session)
    number = session.scalar(select(func.count()).select_from(Agreement)) + 1
    values = {
        "code": f"PKS-2024-{number:04d}",
        "kind": AgreementKind.PKS,
        "title": f"Rehabilitasi Sosial Contoh {number}",
        "stage": Stage.ACTIVE,
        "signed_on": date(2024, 4, 12),
        "starts_on": date(2024, 4, 12),
        "ends_on": date(2027, 4, 11),
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    row = Agreement(**({"sort_key": fold(values["title"])} | values))
    session.add(row)
    session.flush()
    for position, organisation in enumerate(organisations, 1):
        session.add(
            AgreementParty(
                agreement_id=row.id,
                organisation_id=organisation.id,
                position=position,
                name_printed=organisation.name,
                number_printed=f"{number}/{position}/2024",
            )
        )
    session.flush()
    session.refresh(row)
    return row
