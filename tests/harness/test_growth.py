"""Copies of a row bring along what hangs on it, and point to one another."""

from sqlalchemy import func, select

from portal.models import Agreement, Obligation, ObligationParty, Occurrence, Organisation, Report
from portal.models.scope import ScopedSession
from tests.factories import make_report
from tests.harness.growth import TABLES, grow


def test_an_agreement_is_copied_with_its_obligations_and_reports_but_not_its_parties(session: ScopedSession):
    report = make_report(session)
    before = session.scalar(select(func.count()).select_from(Organisation))
    grow(session.connection(), "agreement", [report.agreement_id], times=3, follow=set(TABLES) - {"organisation"})
    counted = {kind: session.scalar(select(func.count()).select_from(kind)) for kind in (Agreement, Obligation, Report)}
    assert counted == {Agreement: 4, Obligation: 4, Report: 4}
    assert session.scalar(select(func.count()).select_from(Organisation)) == before
    owners = session.execute(select(Occurrence.agreement_id, Obligation.agreement_id).join(Occurrence.obligation)).all()
    assert all(mine == its for mine, its in owners)
    assert len({mine for mine, _ in owners}) == 4


def test_an_obligation_stays_with_its_agreement(session: ScopedSession):
    report = make_report(session)
    duty = report.occurrence.obligation_id
    grow(session.connection(), "obligation", [duty], times=2, follow={"obligation_party", "occurrence"})
    assert session.scalar(select(func.count()).select_from(Obligation)) == 3
    assert set(session.scalars(select(ObligationParty.agreement_id))) == {report.agreement_id}
    assert len(set(session.scalars(select(Occurrence.obligation_id)))) == 3
