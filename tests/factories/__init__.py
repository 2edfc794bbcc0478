"""Rows for tests: `make_x(session, **changes)`; real rows, no randomness that matters."""

from tests.factories.accounts import make_account
from tests.factories.agreements import make_agreement, make_parties
from tests.factories.obligations import make_obligation, make_occurrence
from tests.factories.organisations import make_ministry, make_organisation, make_partner
from tests.factories.reports import make_report

__all__ = [
    "make_account",
    "make_agreement",
    "make_ministry",
    "make_obligation",
    "make_occurrence",
    "make_organisation",
    "make_parties",
    "make_partner",
    "make_report",
]
