"""The code lists of the ministry, as pairs of code and name: groups of clients and components of ATENSI."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AtensiComponent, ClientGroup


def names(session: Session) -> dict[str, list[tuple[str, str]]]:
    """Return both lists in their order, by the name of the column that keeps such codes."""
    return {
        "client_groups": [
            (row.code, row.name) for row in session.scalars(select(ClientGroup).order_by(ClientGroup.position))
        ],
        "atensi": [
            (row.code, row.name) for row in session.scalars(select(AtensiComponent).order_by(AtensiComponent.position))
        ],
    }
