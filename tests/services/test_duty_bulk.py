"""Acts on several dates at once: each is judged by itself, and everybody hears of all of theirs in one mail."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.relief import ReliefKind
from portal.models import Entry, Message, Relief
from portal.services import duty_bulk
from portal.services.duty_bulk import Easing
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.services.test_reliefs import acting

MORE = Easing(kind=ReliefKind.EXTENSION, reason="Banjir", more_days=14)


@pytest.fixture
def house(session):
    """Two dates of a partner, one of them answered, and one that the ministry owes it; an officer; two reporters."""
    make_calendar(session)
    officer = make_account(session, Role.OFFICER, name="Ratna")
    agreement = make_agreement(session, officer_id=officer.id)
    seats = [party.organisation for party in agreement.parties]
    for _ in range(2):
        make_account(session, Role.PARTNER_WRITER, seats[1])
    make_account(session, Role.PARTNER_VIEWER, seats[1])
    theirs = make_obligation(session, agreement)
    due = {"due_on": date(2026, 12, 1)}
    return {
        "officer": acting(officer, Role.OFFICER),
        "open": make_occurrence(session, theirs, period_key="a", **due),
        "met": make_occurrence(session, theirs, period_key="b", stage=OccurrenceStage.MET, **due),
        "ours": make_occurrence(session, make_obligation(session, agreement, seats[0], seats[1]), **due),
    }


def ids(house, *names):
    """The ids of dates."""
    return [house[name].id for name in names]


def test_what_a_rule_forbids_is_left_out_and_the_rest_goes_through(session, house):
    chosen = ids(house, "open", "met", "ours")
    outcome = duty_bulk.ease(session, chosen, easing=MORE, actor=house["officer"], now=NOW)
    assert outcome.done == 1
    assert [(row.id, broken.field) for row, broken in outcome.left_out] == [
        (house["met"].id, None),
        (house["ours"].id, "agreed_by"),
    ]
    assert house["open"].due_on == date(2026, 12, 15)
    assert house["ours"].due_on == date(2026, 12, 1)
    assert len(session.scalars(select(Relief)).all()) == 1


@pytest.mark.parametrize(
    ("easing", "field"),
    [
        (Easing(kind=ReliefKind.EXTENSION, reason=" ", more_days=3), "reason"),
        (Easing(kind=ReliefKind.EXTENSION, reason="x"), "wanted_on"),
        (Easing(kind=ReliefKind.EXTENSION, reason="x", more_days=3, wanted_on=date(2026, 12, 9)), "wanted_on"),
    ],
)
def test_reason_and_one_way_to_the_new_date_are_asked(session, house, easing, field):
    with pytest.raises(RuleBroken) as broken:
        duty_bulk.ease(session, ids(house, "open"), easing=easing, actor=house["officer"], now=NOW)
    assert broken.value.field == field


def test_everybody_who_owes_gets_one_mail_a_day_in_working_hours(session, house):
    chosen, officer = ids(house, "open", "met", "ours"), house["officer"]
    nudged = duty_bulk.nudge(session, chosen, actor=officer, now=NOW)
    assert len(nudged.told) == 3
    mails = session.scalars(select(Message).order_by(Message.id)).all()
    lines = {mail.account_id: len(mail.values["lines"]) for mail in mails}
    assert lines[officer.account_id] == 1
    assert sorted(lines.values()) == [1, 1, 1]
    # 21 November 2026 is a Saturday: the mails wait for Monday, 08.00 WIB.
    assert {mail.not_before for mail in mails} == {datetime(2026, 11, 23, 1, 0, tzinfo=UTC)}
    again = duty_bulk.nudge(session, chosen, actor=officer, now=NOW)
    assert (len(again.told), len(again.already)) == (0, 3)
    assert session.scalars(select(Entry.action)).all() == ["duties_nudged", "duties_nudged"]


def test_nobody_is_reminded_of_what_is_answered(session, house):
    with pytest.raises(RuleBroken, match="Tidak ada penerima"):
        duty_bulk.nudge(session, ids(house, "met"), actor=house["officer"], now=NOW)


def test_directors_remind_and_ease_nobody(session, house):
    director = acting(make_account(session, Role.DIRECTOR), Role.DIRECTOR)
    with pytest.raises(NotAllowed):
        duty_bulk.nudge(session, ids(house, "open"), actor=director, now=NOW)
    with pytest.raises(NotAllowed):
        duty_bulk.ease(session, ids(house, "open"), easing=MORE, actor=director, now=NOW)
