"""The standing in SQL and the pure function give the same answers, on both databases, over a table of dates."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.domain import agreement as agreement_rules
from portal.domain import obligation as obligation_rules
from portal.domain.agreement import Stage, Standing
from portal.domain.obligation import ObligationStanding, OccurrenceStage
from portal.models import Agreement, Occurrence
from portal.queries.standing import agreement_is, occurrence_is, of_agreement, of_occurrence
from tests.factories import make_agreement, make_obligation, make_occurrence, make_parties
from tests.factories.instants import TODAY

DISTANCES = (None, -400, -181, -1, 0, 1, 14, 15, 179, 180, 181, 400)


def shifted(days: int | None) -> date | None:
    """Today moved by days; an unknown date stays unknown."""
    return None if days is None else TODAY + timedelta(days=days)


def make_every_term(session) -> None:
    """One agreement for each pair of start and end, and for each stage."""
    parties = make_parties(session)
    for start in DISTANCES:
        for end in DISTANCES:
            if start is None or end is None or start <= end:
                make_agreement(session, parties, starts_on=shifted(start), ends_on=shifted(end))
    for stage in Stage:
        make_agreement(session, parties, stage=stage)


def test_standing_of_agreements_is_the_same_in_sql(session):
    make_every_term(session)
    for today in (TODAY, TODAY + timedelta(days=1), TODAY - timedelta(days=180)):
        rows = session.execute(select(Agreement, of_agreement(today))).all()
        seen = {code for _, code in rows}
        assert all(agreement_rules.standing(row, today) == code for row, code in rows)
        assert seen >= {None, Standing.UPCOMING, Standing.END_UNKNOWN, Standing.ENDED}


def test_agreements_are_found_by_standing(session):
    make_every_term(session)
    everything = session.scalars(select(Agreement)).all()
    for standing in Standing:
        found = set(session.scalars(select(Agreement).where(agreement_is({standing}, TODAY))))
        assert found == {row for row in everything if agreement_rules.standing(row, TODAY) is standing}
        assert found


def test_standing_of_occurrences_is_the_same_in_sql(session):
    obligation = make_obligation(session)
    for stage in OccurrenceStage:
        for place, days in enumerate((-30, -1, 0, 1, 14, 15, 90)):
            make_occurrence(session, obligation, stage=stage, due_on=shifted(days), period_key=f"{stage.value}-{place}")
    rows = session.execute(select(Occurrence, of_occurrence(TODAY))).all()
    assert all(obligation_rules.standing(row, TODAY) == code for row, code in rows)
    for standing in ObligationStanding:
        found = set(session.scalars(select(Occurrence).where(occurrence_is({standing}, TODAY))))
        assert found == {row for row, _ in rows if obligation_rules.standing(row, TODAY) is standing}
        assert found
