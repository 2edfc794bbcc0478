"""What one person can be responsible for and give to another, and who can take it."""

from collections.abc import Mapping
from enum import StrEnum

from portal.domain.policy import STAFF_ROLES, Role


class Holding(StrEnum):
    """A kind of thing for which somebody is responsible now. Duties, reports and questions go with their agreement."""

    AGREEMENT = "agreement"
    CLAUSE = "clause"
    BULK_RUN = "bulk_run"
    DEPUTY = "deputy"


_WRITERS = frozenset({Role.OFFICER, Role.LEGAL})
TAKERS: Mapping[Holding, frozenset[Role]] = {
    Holding.AGREEMENT: _WRITERS,
    Holding.CLAUSE: _WRITERS,
    Holding.BULK_RUN: _WRITERS,
    Holding.DEPUTY: STAFF_ROLES,
}
"""Who can take what: work on texts needs somebody who may write them and read what is restricted."""
