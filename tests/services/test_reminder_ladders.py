"""Ladders other than the default one, other ways than mail, rungs that are gone, and subjects that rest."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.reminder import Audience, Channel, EndReason, ReminderStage, SubjectKind
from portal.models import Message, Reminder, ReminderLadder, ReminderRule
from portal.queries import calendar_days
from portal.services import digests, reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TUESDAY = date(2026, 11, 24)


def at(day):
    return datetime(day.year, day.month, day.day, 2, tzinfo=NOW.tzinfo)


@pytest.fixture
def scene(session):
    """A partner owes a report on 1 December, seven days after Tuesday."""
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    ministry, debtor = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry)
    make_account(session, Role.PARTNER_WRITER, debtor)
    agreement = make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2028, 4, 11)
    )
    return make_occurrence(session, make_obligation(session, agreement))


def own_ladder(session, *rules):
    rows = [ReminderRule(step=step, audience=audience, channel=channel) for step, audience, channel in rules]
    ladder = ReminderLadder(
        subject_kind=SubjectKind.OCCURRENCE, name="Singkat", rules=rows, created_at=NOW, updated_at=NOW
    )
    session.add(ladder)
    session.flush()
    return ladder


def found(session):
    rows = session.scalars(select(Reminder).order_by(Reminder.id))
    return [(row.step, row.audience, row.channel, row.stage, row.end_reason) for row in rows]


def planned(step, audience, channel=Channel.MAIL):
    return (step, audience, channel, ReminderStage.PLANNED, None)


def test_a_duty_with_its_own_ladder_is_told_by_that_one_alone(session, scene):
    ladder = own_ladder(session, (-10, Audience.OFFICER, Channel.MAIL))
    other = make_occurrence(session, scene.obligation, period_key="lain", ladder_id=ladder.id)
    reminders.sweep(session, now=at(TUESDAY))
    assert found(session) == [planned(-7, Audience.DEBTOR), planned(-10, Audience.OFFICER)]
    assert session.scalars(select(Reminder).where(Reminder.step == -10)).one().subject_id == other.id
    assert reminders.sweep(session, now=at(TUESDAY)).planned == 0


def test_the_bell_is_rung_at_once_and_never_mailed(session, scene):
    scene.ladder_id = own_ladder(session, (-7, Audience.DEBTOR, Channel.BELL), (-7, Audience.OFFICER, Channel.MAIL)).id
    reminders.sweep(session, now=at(TUESDAY))
    assert sorted(found(session)) == [
        (-7, Audience.DEBTOR, Channel.BELL, ReminderStage.SENT, None),
        planned(-7, Audience.OFFICER),
    ]
    assert digests.gather(session, now=at(TUESDAY), calendar=calendar_days.working_calendar(session)) == 1
    assert session.scalars(select(Message)).one().recipient == scene.agreement.officer.email


def test_what_was_put_off_waits_for_its_day(session, scene):
    reminders.sweep(session, now=at(TUESDAY))
    session.scalars(select(Reminder)).one().postponed_to = date(2026, 11, 26)
    session.flush()
    calendar = calendar_days.working_calendar(session)
    assert digests.gather(session, now=at(TUESDAY), calendar=calendar) == 0
    assert digests.gather(session, now=at(date(2026, 11, 26)), calendar=calendar) == 1


def test_unsent_reminders_of_a_rung_that_is_gone_end(session, scene):
    reminders.sweep(session, now=at(TUESDAY))
    rung = session.scalars(
        select(ReminderRule)
        .join(ReminderLadder)
        .where(ReminderLadder.subject_kind == SubjectKind.OCCURRENCE, ReminderRule.step == -7)
    ).one()
    rung.is_active = False
    session.flush()
    assert reminders.sweep(session, now=at(TUESDAY)).ended == 1
    # The nearest step that is left is told in its place.
    assert found(session) == [
        (-7, Audience.DEBTOR, Channel.MAIL, ReminderStage.CANCELLED, EndReason.RULE_CHANGED),
        planned(-14, Audience.DEBTOR),
    ]


def test_another_ladder_ends_what_the_old_one_planned(session, scene):
    reminders.sweep(session, now=at(TUESDAY))
    scene.ladder_id = own_ladder(session, (-10, Audience.OFFICER, Channel.MAIL)).id
    session.flush()
    reminders.replan(session, agreement_id=scene.agreement_id, now=at(TUESDAY))
    assert found(session) == [
        (-7, Audience.DEBTOR, Channel.MAIL, ReminderStage.CANCELLED, EndReason.RULE_CHANGED),
        planned(-10, Audience.OFFICER),
    ]


@pytest.mark.parametrize("what", ["occurrence", "agreement"])
def test_what_rests_is_silent_and_says_so(session, scene, what):
    reminders.sweep(session, now=at(TUESDAY))
    if what == "occurrence":
        scene.stage = OccurrenceStage.HELD
    else:
        scene.agreement.stage = Stage.SUSPENDED
    session.flush()
    reminders.replan(session, agreement_id=scene.agreement_id, now=at(TUESDAY))
    assert found(session) == [(-7, Audience.DEBTOR, Channel.MAIL, ReminderStage.CANCELLED, EndReason.SUBJECT_HELD)]
