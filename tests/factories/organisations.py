"""Organisations for tests; names are made up."""

from sqlalchemy import func, select

from portal.domain.organisation import OrganisationKind, Zone, fold
from portal.models import Organisation
from tests.factories.instants import NOW


def make_organisation(session, **changes):
    """Return a saved organisation; an LKS unless told otherwise."""
    number = session.scalar(select(func.count()).select_from(Organisation)) + 1
    values = {
        "code": f"ORG-{number:04d}",
        "kind": OrganisationKind.LKS,
        "name": f"Yayasan Contoh {number}",
        "zone": Zone.WIB,
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    row = Organisation(**({"sort_key": fold(values["name"])} | values))
    session.add(row)
    session.flush()
    return row


def make_ministry(session):
    """Return the ministry, made once."""
    found = session.scalar(select(Organisation).where(Organisation.kind == OrganisationKind.MINISTRY))
    return found or make_organisation(
        session, code="KEMENSOS", kind=OrganisationKind.MINISTRY, name="Kementerian Sosial", is_ours=True
    )


def make_partner(session, **changes):
    """Return a saved LKS."""
    return make_organisation(session, **changes)
