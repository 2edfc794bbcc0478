"""A sweep is alone with the plan; plans of single agreements go on side by side (PostgreSQL; SQLite has one writer)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal.models.scope import OfficeScope, ScopedSession
from portal.services import planning
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

pytestmark = pytest.mark.postgresql_only


@pytest.fixture
def others(engine):
    """Two more units of work that give up waiting at once."""
    with ScopedSession(bind=engine) as one, ScopedSession(bind=engine) as two:
        for each in (one, two):
            each.work_for(OfficeScope())
            each.execute(text("SET LOCAL lock_timeout = '50ms'"))
        yield one, two


@pytest.mark.parametrize("alone", [True, False])
def test_nobody_plans_while_a_sweep_is_alone_and_everybody_once_it_has_ended(session, others, alone):
    planning.keep_apart(session, alone=True)
    with pytest.raises(OperationalError, match="lock timeout"):
        planning.keep_apart(others[0], alone=alone)
    session.rollback()
    planning.keep_apart(others[1], alone=alone)


def test_single_agreements_are_planned_side_by_side_and_a_sweep_waits_for_them(session, others):
    planning.keep_apart(session, alone=False)
    planning.keep_apart(others[0], alone=False)
    with pytest.raises(OperationalError, match="lock timeout"):
        planning.keep_apart(others[1], alone=True)


def test_what_is_settled_at_once_waits_for_a_sweep_and_for_nobody_else(session, others):
    make_calendar(session)
    session.commit()
    planning.keep_apart(session, alone=False)
    planning.settle_at_once(others[0], now=NOW)
    others[0].rollback()
    session.rollback()
    planning.keep_apart(session, alone=True)
    with pytest.raises(OperationalError, match="lock timeout"):
        planning.settle_at_once(others[1], now=NOW)
