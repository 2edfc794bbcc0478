"""What people decide about single reminders holds: sent once and alone, later, or never, and the book knows by whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.organisation import Zone
from portal.domain.policy import Actor, Role
from portal.domain.reminder import EndReason, MessageStage, ReminderStage, SubjectKind
from portal.mail.compose import Letterhead
from portal.models import Account, Entry, Message, Reminder
from portal.queries import calendar_days
from portal.queries.ledger_step import Step
from portal.services import digests, filling, mail_previews, outbox, reminder_decisions, reminders
from portal.services.reminder_decisions import Decision
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar

TUESDAY, WEDNESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27)
DUE = date(2026, 12, 1)
LETTERHEAD = Letterhead(
    base_url="http://localhost", office_name="Kantor", sender="a@contoh.test", reply_to="b@contoh.test", help_phone=None
)


def wib(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def occurrence(session):
    """A report due on 1 December; on Tuesday 24 November its step H-7 has come for the partner's writer."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry, name="Petugas Naskah")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test")
    agreement = make_agreement(session, (ministry, debtor), officer_id=officer.id, ends_on=None)
    return make_occurrence(session, make_obligation(session, agreement, title="Laporan keuangan"), due_on=DUE)


@pytest.fixture
def reminder(session, occurrence):
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY))
    return session.scalars(select(Reminder)).one()


def decision(reason="", *, now=None, role=Role.OFFICER):
    actor = Actor(account_id=None, name="Petugas", organisation_id=None, roles=frozenset({role}))
    return Decision(actor=actor, now=now or wib(TUESDAY), reason=reason)


def calendar(session):
    return calendar_days.working_calendar(session)


def gather(session, now):
    return digests.gather(session, now=now, calendar=calendar(session))


def send(session, now):
    """Send what is due and return (slot, number of reminders) of each mail."""
    desk = filling.Desk(worker="uji", letterhead=LETTERHEAD, now=now, calendar=calendar(session))
    sent = []
    leased = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=now)
    for mail in filling.prepare(session, leased, desk=desk):
        letter = mail.letter(LETTERHEAD)
        outbox.mark_sent(session, mail.id, worker="uji", now=now, forget_secrets=True, letter=letter)
        message = session.get(Message, mail.id)
        sent.append((message.slot, len(message.values["reminders"])))
    return sent


def test_sent_now_it_leaves_alone_and_the_digest_does_not_repeat_it(session, reminder):
    reminder_decisions.send_now(session, reminder, decision("Ditelepon mitra."), calendar=calendar(session))
    assert send(session, wib(TUESDAY)) == [(f"now-{reminder.id}", 1)]
    session.refresh(reminder)
    assert reminder.stage is ReminderStage.SENT
    assert reminder.decision_reason == "Ditelepon mitra."
    reminders.sweep(session, now=wib(TUESDAY, 12))
    gather(session, wib(TUESDAY, 12))
    assert send(session, wib(TUESDAY, 12)) == []


def test_sent_now_in_a_quiet_hour_waits_for_the_morning_of_its_reader(session, reminder):
    evening = wib(TUESDAY, 20)
    message = reminder_decisions.send_now(session, reminder, decision(now=evening), calendar=calendar(session))
    assert message.not_before == wib(WEDNESDAY, 8)
    assert send(session, wib(TUESDAY, 21)) == []
    assert send(session, wib(WEDNESDAY, 8)) == [(f"now-{reminder.id}", 1)]


def test_a_second_order_and_a_mail_that_is_leaving_are_refused(session, reminder):
    reminder_decisions.send_now(session, reminder, decision(), calendar=calendar(session))
    with pytest.raises(RuleBroken, match="sudah diminta"):
        reminder_decisions.send_now(session, reminder, decision(), calendar=calendar(session))
    outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=wib(TUESDAY))
    session.expire_all()
    with pytest.raises(RuleBroken, match="sedang dikirim"):
        reminder_decisions.decline(session, reminder, decision("Sudah lewat telepon."))


def test_postponed_it_leaves_on_that_day(session, reminder):
    reminder_decisions.postpone(session, reminder, decision("Mitra sedang rapat."), to=FRIDAY)
    assert send(session, wib(TUESDAY)) == []
    gather(session, wib(WEDNESDAY))
    assert send(session, wib(WEDNESDAY)) == []
    gather(session, wib(FRIDAY, 8))
    assert send(session, wib(FRIDAY, 8)) == [(digests.DIGEST, 1)]


@pytest.mark.parametrize("to", [None, TUESDAY, date(2027, 3, 1)])
def test_it_is_postponed_to_a_day_that_comes_soon(session, reminder, to):
    with pytest.raises(RuleBroken):
        reminder_decisions.postpone(session, reminder, decision("Nanti saja."), to=to)
    assert reminder.postponed_to is None


def test_declined_it_is_never_sent_and_says_who_and_why(session, reminder):
    with pytest.raises(RuleBroken, match="alasan"):
        reminder_decisions.decline(session, reminder, decision(" "))
    reminder_decisions.decline(session, reminder, decision("Sudah lewat telepon."))
    reminders.sweep(session, now=wib(TUESDAY, 12))
    gather(session, wib(TUESDAY, 12))
    assert send(session, wib(TUESDAY, 12)) == []
    session.refresh(reminder)
    assert (reminder.stage, reminder.end_reason) == (ReminderStage.CANCELLED, EndReason.DECLINED)
    entry = session.scalars(select(Entry).where(Entry.action == "reminder_declined")).one()
    assert entry.detail["reason"] == "Sudah lewat telepon."


def test_a_step_declined_before_it_comes_is_not_planned_on_its_day(session, occurrence):
    step = Step(kind=SubjectKind.OCCURRENCE, subject_id=occurrence.id, target_on=DUE, step=-7)
    assert reminder_decisions.decline_coming(session, step, decision("Laporan sudah dijanjikan.")) == 1
    reminders.sweep(session, now=wib(TUESDAY))
    assert session.scalars(select(Reminder.stage)).all() == [ReminderStage.CANCELLED]
    reminders.sweep(session, now=wib(FRIDAY))
    stages = session.execute(select(Reminder.step, Reminder.stage).order_by(Reminder.step)).all()
    assert stages == [(-7, ReminderStage.CANCELLED), (-3, ReminderStage.PLANNED)]


def test_what_was_declined_before_it_came_is_declined_for_a_later_colleague_too(session, occurrence):
    step = Step(kind=SubjectKind.OCCURRENCE, subject_id=occurrence.id, target_on=DUE, step=-7)
    reminder_decisions.decline_coming(session, step, decision("Laporan sudah dijanjikan."))
    partner = session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one().organisation
    colleague = make_account(session, Role.PARTNER_WRITER, partner)
    assert reminders.sweep(session, now=wib(TUESDAY)).planned == 0
    late = make_account(session, Role.PARTNER_WRITER, partner)
    assert reminders.replan(session, agreement_id=occurrence.agreement_id, now=wib(TUESDAY, 10)) == 0
    for row in session.scalars(select(Reminder).where(Reminder.account_id.in_((colleague.id, late.id)))):
        assert (row.stage, row.end_reason) == (ReminderStage.CANCELLED, EndReason.DECLINED)
        assert row.decision_reason == "Laporan sudah dijanjikan."
    assert reminders.sweep(session, now=wib(FRIDAY)).planned == 3


@pytest.mark.parametrize(("days", "planned"), [(366, 0), (367, 1)])
def test_what_was_declined_counts_for_a_later_colleague_for_a_year(session, occurrence, days, planned):
    step = Step(kind=SubjectKind.OCCURRENCE, subject_id=occurrence.id, target_on=DUE, step=-7)
    reminder_decisions.decline_coming(session, step, decision("Laporan sudah dijanjikan."))
    session.execute(update(Reminder).values(planned_on=TUESDAY - timedelta(days=days)))
    partner = session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one().organisation
    make_account(session, Role.PARTNER_WRITER, partner)
    assert reminders.sweep(session, now=wib(TUESDAY)).planned == planned


def test_a_step_of_another_date_or_ladder_is_not_found(session, occurrence):
    for changes in ({"target_on": WEDNESDAY}, {"step": -6}):
        asked = {"kind": SubjectKind.OCCURRENCE, "subject_id": occurrence.id, "target_on": DUE, "step": -7} | changes
        with pytest.raises(NotFound):
            reminder_decisions.decline_coming(session, Step(**asked), decision("Salah."))
    assert session.scalars(select(Reminder)).all() == []


def test_only_officers_and_administrators_decide(session, reminder):
    with pytest.raises(NotAllowed):
        reminder_decisions.decline(session, reminder, decision("Tidak perlu.", role=Role.LEGAL))
    assert reminder.stage is ReminderStage.PLANNED


def test_the_mail_shown_beforehand_is_the_mail_that_leaves(session, reminder):
    shown = mail_previews.preview(
        session, reminder, letterhead=LETTERHEAD, now=wib(TUESDAY), calendar=calendar(session)
    )
    send(session, wib(TUESDAY))
    (message,) = session.scalars(select(Message).where(Message.stage == MessageStage.SENT))
    assert (shown.letter.subject, shown.letter.text, shown.letter.html) == (
        message.subject,
        message.body_text,
        message.body_html,
    )
