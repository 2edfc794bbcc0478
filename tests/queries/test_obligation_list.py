"""The list of dated duties: filters, order, and numbers that equal the lists they stand for."""

from datetime import date, timedelta

import pytest

from portal.domain.agreement import Stage
from portal.domain.obligation import ObligationKind, ObligationStanding, OccurrenceStage
from portal.domain.policy import SYSTEM
from portal.domain.relief import ReliefKind, Wish
from portal.queries import obligation_list, obligation_numbers
from portal.queries.obligation_filter import DutyFilter
from portal.queries.obligation_numbers import VIEWS, filter_of_view
from portal.services import reliefs
from tests.factories import make_agreement, make_obligation, make_occurrence, make_parties
from tests.factories.instants import NOW, TODAY
from tests.queries.statements import statements_of

DAYS = (-40, -3, 0, 3, 7, 8, 30, 31, 200)


def make_every_duty(session):
    """Duties of the partner and of the ministry, in every stage and at every distance."""
    parties = make_parties(session)
    agreement = make_agreement(session, parties)
    theirs = make_obligation(session, agreement)
    ours = make_obligation(
        session,
        agreement,
        debtor=parties[0],
        creditor=parties[1],
        kind=ObligationKind.FUNDING,
        title="Menyalurkan dana",
    )
    for duty in (theirs, ours):
        for stage in OccurrenceStage:
            for days in DAYS:
                key = f"{stage.value}{days}"
                make_occurrence(session, duty, stage=stage, due_on=TODAY + timedelta(days=days), period_key=key)
    waiting = make_occurrence(session, theirs, due_on=TODAY, period_key="waiting")
    wish = Wish(kind=ReliefKind.WAIVER, reason="Banjir")
    reliefs.ask(session, waiting, wish=wish, organisation_id=parties[1].id, actor=SYSTEM, now=NOW)
    secret = make_agreement(session, parties, is_confidential=True)
    make_occurrence(session, make_obligation(session, secret), due_on=TODAY - timedelta(days=1))
    draft = make_agreement(session, parties, stage=Stage.DRAFTING)
    make_occurrence(session, make_obligation(session, draft), due_on=TODAY - timedelta(days=1))
    return agreement


@pytest.mark.parametrize("with_confidential", [True, False])
@pytest.mark.parametrize("view", VIEWS)
def test_numbers_of_views_equal_their_lists(session, view: str, with_confidential: bool):
    make_every_duty(session)
    tally = obligation_numbers.tally(session, with_confidential=with_confidential, today=TODAY)
    asked = filter_of_view(view, today=TODAY, with_confidential=with_confidential)
    rows = obligation_list.list_rows(session, asked, limit=500, today=TODAY)
    assert getattr(tally, view) == len(rows) == obligation_list.count(session, asked, today=TODAY)
    assert rows


def test_numbers_of_days_equal_the_list_of_each_day(session):
    make_every_duty(session)
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    days = obligation_numbers.days_of_month(session, first, last, with_confidential=True, today=TODAY)
    assert {each.day for each in days} >= {TODAY, TODAY - timedelta(days=3)}
    for each in days:
        asked = DutyFilter(due_from=each.day, due_to=each.day)
        rows = obligation_list.list_rows(session, asked, limit=500, today=TODAY)
        assert len(rows) == each.number
        assert sum(row.standing is ObligationStanding.OVERDUE for row in rows) == each.overdue


def test_what_is_not_finished_stands_first_by_date_then_the_answered_latest_first(session):
    make_every_duty(session)
    rows = obligation_list.find_page(session, DutyFilter(owed_by_us=True), today=TODAY).rows
    finished = {ObligationStanding.MET, ObligationStanding.WAIVED}
    assert not [row for row in rows if row.standing in finished]
    assert [row.due_on for row in rows] == sorted(row.due_on for row in rows)
    last = obligation_list.find_page(session, DutyFilter(owed_by_us=True), page=9, today=TODAY).rows
    answered = [row for row in last if row.standing in finished]
    assert list(last[-len(answered) :]) == answered
    assert [row.due_on for row in answered] == sorted((row.due_on for row in answered), reverse=True)


def test_drafts_of_agreements_owe_nothing_yet(session):
    make_every_duty(session)
    rows = obligation_list.list_rows(session, DutyFilter(), limit=500, today=TODAY)
    assert {row.agreement_code for row in rows} == {"PKS-2024-0001", "PKS-2024-0002"}


def test_other_filters_find_what_they_name(session):
    agreement = make_every_duty(session)
    partner = agreement.parties[1].organisation

    def number(**asked):
        return obligation_list.count(session, DutyFilter(**asked), today=TODAY)

    assert number(kind=ObligationKind.FUNDING) == number(words="DANA") == (len(OccurrenceStage) - 1) * len(DAYS)
    assert number(reported=True) + number(reported=False) == number()
    assert number(partner_code=partner.code) == number()
    assert number(agreement_code=agreement.code) == number() - 1
    assert number(officer_id=1) == 0
    assert number(officer_id=1, or_without_officer=True) == number()


def test_a_row_tells_its_sides_and_its_place_in_the_agreement(session):
    make_every_duty(session)
    row = obligation_list.find_page(session, DutyFilter(owed_by_us=True), today=TODAY).rows[0]
    assert (row.number, row.owed_by_us, row.is_reported) == (2, True, False)
    assert [party.is_ours for party in row.creditors] == [False]


def test_more_rows_cost_no_more_statements(session):
    duty = make_obligation(session)
    make_occurrence(session, duty)

    def read():
        with statements_of(session) as seen:
            page = obligation_list.find_page(session, DutyFilter(), today=TODAY)
        return len(page.rows), len(seen)

    few = read()
    for n in range(20):
        make_occurrence(session, make_obligation(session), period_key=str(n))
    assert read() == (21, few[1])
