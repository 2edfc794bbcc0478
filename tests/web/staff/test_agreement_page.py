"""The page of one agreement (W3): what it says, what it asks, what it does not know."""

from datetime import date

import pytest

from portal.domain.agreement import Relation, Stage
from portal.domain.policy import Role
from portal.models import AgreementRelation
from tests.factories import make_agreement, make_obligation, make_occurrence
from tests.factories.calendar import make_calendar


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


def test_it_shows_stage_term_and_parties(as_staff, session):
    row = make_agreement(session)
    page = as_staff().page("staff.agreements.show", code=row.code)
    assert page.heading == row.title
    assert "Berakhir dalam 141 hari" in page.main
    assert "12 April 2024" in page.main
    assert "11 April 2027" in page.main
    for party in row.parties:
        assert party.name_printed in page.main
