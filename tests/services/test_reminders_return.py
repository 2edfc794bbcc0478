"""A reminder that ended untold returns when its end is undone in time; what was told or declined never does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Actor, Role
from portal.domain.reminder import Audience, EndReason, MessageStage, ReminderStage, SubjectKind, Window
from portal.mail.compose import Letterhead
from portal.models import AccountRole, Message, Reminder, ReminderLadder, ReminderRule
from portal.queries import calendar_days
from portal.services import digests, filling, outbox, planning, reminder_decisions, reminders
from portal.services.plan_agenda import Day, Rung, Track
from portal.services.reminder_decisions import Decision
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TODAY, DUE, LATER = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 15)
PLANNED = (ReminderStage.PLANNED, None)
A_WEEK_BEFORE = (
    select(ReminderRule)
    .join(ReminderLadder, ReminderLadder.id == ReminderRule.ladder_id)
    .where(ReminderLadder.subject_kind == SubjectKind.OCCURRENCE)
    .where(ReminderRule.step == -7, ReminderRule.audience == Audience.DEBTOR)
)
LETTERHEAD = Letterhead(
    base_url="http://localhost", office_name="Kantor", sender="a@contoh.test", reply_to="b@contoh.test", help_phone=None
)


def at(day=TODAY, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def occurrence(session):
    """A report due on 1 December; its step of seven days before has been planned for the partner's writer."""
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    ministry, debtor = make_ministry(session), make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor, name="Penyusun")
    found = make_occurrence(session, make_obligation(session, make_agreement(session, (ministry, debtor))), due_on=DUE)
    reminders.sweep(session, now=at())
    return found


@pytest.fixture(params=["sweep", "replan"])
def plan(request, session, occurrence):
    """Plan again in either way; return how many are new."""

    def again():
        if request.param == "sweep":
            return reminders.sweep(session, now=at()).planned
        return reminders.replan(session, agreement_id=occurrence.agreement_id, now=at())

    return again


def standing(session, target_on=DUE):
    session.expire_all()
    return [
        (row.stage, row.end_reason) for row in session.scalars(select(Reminder).where(Reminder.target_on == target_on))
    ]


def change(session, thing, plan, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    session.flush()
    return plan()


def test_a_date_that_is_moved_and_moved_back_is_told(session, occurrence, plan):
    change(session, occurrence, plan, due_on=LATER)
    assert standing(session) == [(ReminderStage.SUPERSEDED, EndReason.DATE_MOVED)]
    assert change(session, occurrence, plan, due_on=DUE) == 1
    assert standing(session) == [PLANNED]
    assert plan() == 0


def test_the_first_date_of_which_a_step_tells_returns_too(session, occurrence, plan):
    """On 24 November the step of seven days before tells of 28 November to 1 December."""
    first = date(2026, 11, 28)
    change(session, occurrence, plan, due_on=first)
    assert standing(session, first) == [PLANNED]
    session.execute(delete(Reminder).where(Reminder.target_on == DUE))
    change(session, occurrence, plan, due_on=date(2027, 6, 1))
    assert PLANNED not in standing(session, first)
    change(session, occurrence, plan, due_on=first)
    assert standing(session, first) == [PLANNED]


@pytest.mark.parametrize("stage", [OccurrenceStage.HELD, OccurrenceStage.MET])
def test_what_is_taken_up_again_is_told(session, occurrence, plan, stage):
    change(session, occurrence, plan, stage=stage)
    assert standing(session)[0][0] is ReminderStage.CANCELLED
    assert change(session, occurrence, plan, stage=OccurrenceStage.OPEN) == 1
    assert standing(session) == [PLANNED]


def test_a_step_of_which_nobody_hears_brings_nothing_back(session, occurrence):
    occurrence.stage = OccurrenceStage.MET
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=at())
    occurrence.stage = OccurrenceStage.OPEN
    session.flush()
    day = Day(today=TODAY, now=at(), calendar=calendar_days.working_calendar(session))
    week = Window(step=-7, first_on=DUE, last_on=DUE)
    heard, unheard = (
        Track(kind=SubjectKind.OCCURRENCE, rungs=(Rung(window=week, audiences=frozenset(some)),))
        for some in ({Audience.DEBTOR}, ())
    )
    assert planning.revive_all(session, [], day) == 0
    assert planning.revive_all(session, [unheard], day) == 0
    assert planning.insert(session, unheard, day) == 0
    assert planning.revive_all(session, [unheard, heard], day) == 1


def test_a_rung_that_is_taken_out_and_put_back_is_told(session, occurrence, plan):
    rule = session.scalars(A_WEEK_BEFORE).one()
    change(session, rule, plan, is_active=False)
    assert (ReminderStage.CANCELLED, EndReason.RULE_CHANGED) in standing(session)
    change(session, rule, plan, is_active=True)
    assert PLANNED in standing(session)


def test_who_returns_in_two_roles_is_told_once_and_in_the_first(session, occurrence, plan):
    role = session.scalars(select(AccountRole).where(AccountRole.role == Role.PARTNER_WRITER)).one()
    change(session, role, plan, ends_on=TODAY - timedelta(days=1))
    assert standing(session) == [(ReminderStage.CANCELLED, EndReason.NOT_RESPONSIBLE)]
    rule = session.scalars(A_WEEK_BEFORE).one()
    session.add(ReminderRule(ladder_id=rule.ladder_id, step=-7, audience=Audience.PARTNER, channel=rule.channel))
    session.add(
        AccountRole(
            account_id=role.account_id,
            organisation_id=role.organisation_id,
            role=Role.PARTNER_RESPONSIBLE,
            starts_on=TODAY,
        )
    )
    assert change(session, role, plan, ends_on=None) == 1
    assert standing(session) == [PLANNED]
    assert set(session.scalars(select(Reminder.audience))) == {Audience.DEBTOR}


def test_what_was_declined_stays_declined(session, occurrence, plan):
    reminder = session.scalars(select(Reminder)).one()
    actor = Actor(account_id=None, name="Petugas", organisation_id=None, roles=frozenset({Role.OFFICER}))
    reminder_decisions.decline(session, reminder, Decision(actor=actor, now=at(), reason="Sudah ditelepon."))
    change(session, occurrence, plan, due_on=LATER)
    assert change(session, occurrence, plan, due_on=DUE) == 0
    assert standing(session) == [(ReminderStage.CANCELLED, EndReason.DECLINED)]


def test_a_step_that_has_passed_meanwhile_is_not_told(session, occurrence):
    occurrence.due_on = LATER
    reminders.sweep(session, now=at())
    occurrence.due_on = DUE
    reminders.sweep(session, now=at(date(2026, 11, 27)))
    assert standing(session) == [(ReminderStage.SUPERSEDED, EndReason.DATE_MOVED), PLANNED]


def gather(session, now):
    digests.gather(session, now=now, calendar=calendar_days.working_calendar(session))


def take(session, now):
    """Lease and fill what is due; return the ids of what is about to leave."""
    desk = filling.Desk(worker="uji", letterhead=LETTERHEAD, now=now, calendar=calendar_days.working_calendar(session))
    leased = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=now)
    return [each.id for each in filling.prepare(session, leased, desk=desk)]


def mark(session, ids, now):
    return [outbox.mark_sent(session, each, worker="uji", now=now, forget_secrets=True) for each in ids]


def test_what_was_taken_back_from_its_mail_leaves_with_another(session, occurrence):
    gather(session, at())
    occurrence.stage = OccurrenceStage.HELD
    session.flush()
    assert take(session, at()) == []
    assert session.scalars(select(Message.stage)).all() == [MessageStage.CANCELLED]
    occurrence.stage = OccurrenceStage.OPEN
    assert reminders.sweep(session, now=at(hour=11)).planned == 1
    gather(session, at(hour=11))
    tomorrow = at(TODAY + timedelta(days=1))
    assert mark(session, take(session, tomorrow), tomorrow) == [True]
    assert standing(session) == [(ReminderStage.SENT, None)]


@pytest.mark.parametrize("is_back_before_it_has_left", [True, False])
def test_what_ended_while_its_mail_was_leaving_is_not_told_again(session, occurrence, is_back_before_it_has_left):
    gather(session, at())
    leaving = take(session, at())
    occurrence.stage = OccurrenceStage.HELD
    reminders.sweep(session, now=at())
    if not is_back_before_it_has_left:
        assert mark(session, leaving, at()) == [True]
    occurrence.stage = OccurrenceStage.OPEN
    reminders.sweep(session, now=at())
    if is_back_before_it_has_left:
        assert mark(session, leaving, at()) == [True]
    reminders.sweep(session, now=at())
    assert standing(session) == [(ReminderStage.SENT, None)]
