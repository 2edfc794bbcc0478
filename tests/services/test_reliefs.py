"""Relief followed to its end: asked, answered, withdrawn, given at once, taken up again; dates and reminders follow."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import Conflict, NotAllowed, NotFound, RuleBroken
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Actor, Role
from portal.domain.relief import Decision, ReliefKind, ReliefStage, Wish
from portal.domain.reminder import EndReason, ReminderStage, SubjectKind
from portal.models import Entry, Message, Reminder
from portal.services import obligations, reliefs, reminders
from portal.services.reliefs import Gift, Resumption
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW, TODAY

DUE, LATER = date(2026, 12, 1), date(2026, 12, 15)
MORE = Wish(kind=ReliefKind.EXTENSION, reason="Banjir di Kupang", wanted_on=LATER)
RELEASE = Wish(kind=ReliefKind.WAIVER, reason="Keadaan kahar")
REST = Wish(kind=ReliefKind.HOLD, reason="Menunggu adendum", wanted_on=date(2026, 12, 10))
YES = Decision(answer="Surat Direktur 12/2026")


def acting(account, role):
    """Somebody as they act."""
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset({role})
    )


@pytest.fixture
def row(session):
    """A report that the second party owes on 1 December 2026; the calendar and the rules of reminders are there."""
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    officer = make_account(session, Role.OFFICER, name="Ratna")
    agreement = make_agreement(session, officer_id=officer.id)
    return make_occurrence(session, make_obligation(session, agreement), due_on=DUE)


@pytest.fixture
def officer(session, row):
    """The officer of the agreement."""
    return acting(row.agreement.officer, Role.OFFICER)


@pytest.fixture
def partner(session, row):
    """The person who answers for reports at the partner that owes."""
    role = Role.PARTNER_RESPONSIBLE
    return acting(make_account(session, role, row.agreement.parties[1].organisation), role)


def ask(session, row, actor, wish=MORE):
    """A request of the partner that owes."""
    owner = row.agreement.parties[1].organisation_id
    return reliefs.ask(session, row, wish=wish, organisation_id=owner, actor=actor, now=NOW)


def give(session, row, actor, wish=MORE, **more):
    """Relief that an officer gives at once."""
    return reliefs.give(session, row, gift=Gift(wish=wish, **more), version=row.version, actor=actor, now=NOW)


def take_up(session, row, actor, **resumption):
    """Take a resting date up again."""
    resumed = Resumption(**resumption)
    reliefs.take_up(session, row, resumption=resumed, version=row.version, actor=actor, now=NOW)


def told(session):
    """Which mails wait, for whom."""
    return [(mail.template, mail.account_id) for mail in session.scalars(select(Message).order_by(Message.id))]


def actions(session):
    """What the trail tells, in order."""
    return list(session.scalars(select(Entry.action).order_by(Entry.id)))


def test_a_request_changes_nothing_but_tells_the_officer(session, row, officer, partner):
    relief = ask(session, row, partner)
    assert (row.due_on, row.stage) == (DUE, OccurrenceStage.OPEN)
    assert (relief.stage, relief.wanted_on, relief.asked_by_id) == (ReliefStage.ASKED, LATER, partner.account_id)
    assert told(session) == [("relief_asked", officer.account_id)]
    assert actions(session) == ["relief_asked"]
    with pytest.raises(RuleBroken, match="sudah ada permohonan"):
        ask(session, row, partner, RELEASE)


def test_a_granted_date_may_be_another_one_and_survives_every_refresh(session, row, officer, partner):
    relief = ask(session, row, partner)
    decision = Decision(answer="Surat Direktur", granted_on=date(2026, 12, 11))
    reliefs.grant(session, relief, decision=decision, actor=officer, now=NOW)
    obligations.refresh(session, agreement_id=row.agreement_id, now=NOW)
    assert (row.due_on, row.scheduled_on, row.stage) == (date(2026, 12, 11), DUE, OccurrenceStage.OPEN)
    assert (relief.granted_on, relief.answer, relief.decided_by_id) == (
        date(2026, 12, 11),
        "Surat Direktur",
        officer.account_id,
    )
    assert told(session)[-1] == ("relief_decided", partner.account_id)
    assert actions(session) == ["relief_asked", "occurrence_extended"]


def test_a_second_extension_still_knows_the_date_by_the_schedule(session, row, officer):
    give(session, row, officer)
    give(session, row, officer, Wish(kind=ReliefKind.EXTENSION, reason="Lagi", wanted_on=date(2027, 1, 4)))
    assert (row.due_on, row.scheduled_on) == (date(2027, 1, 4), DUE)


def test_a_duty_counted_in_hours_keeps_its_time_of_day(session, row, officer):
    row.due_at = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
    give(session, row, officer)
    assert row.due_at == datetime(2026, 12, 15, 3, 30, tzinfo=UTC)


def test_a_refusal_leaves_the_date_and_tells_why(session, row, officer, partner):
    relief = ask(session, row, partner)
    with pytest.raises(RuleBroken) as broken:
        reliefs.refuse(session, relief, decision=Decision(answer=" "), actor=officer, now=NOW)
    assert broken.value.field == "answer"
    reliefs.refuse(session, relief, decision=Decision(answer="Sudah dua kali"), actor=officer, now=NOW)
    assert (row.due_on, relief.stage, relief.granted_on) == (DUE, ReliefStage.REFUSED, None)
    assert told(session)[-1] == ("relief_decided", partner.account_id)


def test_what_is_answered_or_withdrawn_is_not_answered_again(session, row, officer, partner):
    relief = ask(session, row, partner)
    reliefs.withdraw(session, relief, actor=partner, now=NOW)
    assert relief.stage is ReliefStage.WITHDRAWN
    for deed in (reliefs.grant, reliefs.refuse):
        with pytest.raises(RuleBroken, match="sudah dijawab"):
            deed(session, relief, decision=YES, actor=officer, now=NOW)
    assert ask(session, row, partner).stage is ReliefStage.ASKED


def test_a_partner_asks_for_its_own_duties_and_decides_nothing(session, row, officer, partner):
    other = row.agreement.parties[2].organisation
    stranger = acting(make_account(session, Role.PARTNER_RESPONSIBLE, other), Role.PARTNER_RESPONSIBLE)
    with pytest.raises(RuleBroken, match="Hanya pihak yang wajib"):
        reliefs.ask(session, row, wish=MORE, organisation_id=other.id, actor=stranger, now=NOW)
    with pytest.raises(NotFound):
        ask(session, row, stranger)
    relief = ask(session, row, partner)
    with pytest.raises(NotFound):
        reliefs.withdraw(session, relief, actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        reliefs.grant(session, relief, decision=YES, actor=partner, now=NOW)
    viewer = Actor(
        account_id=None, name="x", organisation_id=partner.organisation_id, roles=frozenset({Role.PARTNER_VIEWER})
    )
    with pytest.raises(NotAllowed):
        reliefs.withdraw(session, relief, actor=viewer, now=NOW)


def test_who_was_asked_by_phone_is_told_like_who_asked_in_the_portal(session, row, officer, partner):
    relief = ask(session, row, officer)
    assert told(session) == []
    reliefs.grant(session, relief, decision=YES, actor=officer, now=NOW)
    assert told(session) == [("relief_decided", partner.account_id)]


def test_the_ministry_eases_its_own_duty_only_when_the_partner_agrees(session, row, officer):
    seats = [party.organisation for party in row.agreement.parties]
    ours = make_occurrence(session, make_obligation(session, row.agreement, seats[0], seats[1]), due_on=DUE)
    with pytest.raises(RuleBroken) as broken:
        give(session, ours, officer, RELEASE)
    assert broken.value.field == "agreed_by"
    relief = give(session, ours, officer, RELEASE, agreed_by="Ketua Yayasan, surat 7/2026")
    assert ours.stage is OccurrenceStage.WAIVED
    assert relief.answer == "Keadaan kahar\nKetua Yayasan, surat 7/2026"


def test_a_release_keeps_reason_and_person_and_is_final(session, row, officer):
    give(session, row, officer, RELEASE)
    obligations.refresh(session, agreement_id=row.agreement_id, now=NOW)
    assert (row.stage, row.reason, row.decided_by_id, row.decided_on) == (
        OccurrenceStage.WAIVED,
        "Keadaan kahar",
        officer.account_id,
        TODAY,
    )
    with pytest.raises(RuleBroken):
        give(session, row, officer, RELEASE)


def test_what_was_seen_before_somebody_elses_decision_is_refused(session, row, officer):
    with pytest.raises(Conflict):
        reliefs.give(session, row, gift=Gift(wish=RELEASE), version=row.version + 1, actor=officer, now=NOW)


def live(session, row):
    """The reminders of a date that are still to go out: target dates."""
    mine = (Reminder.subject_kind == SubjectKind.OCCURRENCE, Reminder.subject_id == row.id)
    query = select(Reminder.target_on).where(*mine, Reminder.ended_at.is_(None))
    return sorted(set(session.scalars(query)))


def test_reminders_follow_a_date_that_moves_rests_and_is_taken_up_again(session, row, officer, partner):
    reminders.replan(session, agreement_id=row.agreement_id, now=NOW)
    assert live(session, row) == [DUE]
    soon = Wish(kind=ReliefKind.EXTENSION, reason="Banjir", wanted_on=date(2026, 12, 4))
    give(session, row, officer, soon)
    session.expire_all()
    assert live(session, row) == [date(2026, 12, 4)]
    moved = session.scalars(select(Reminder).where(Reminder.target_on == DUE)).all()
    assert {(each.stage, each.end_reason) for each in moved} == {(ReminderStage.SUPERSEDED, EndReason.DATE_MOVED.value)}
    give(session, row, officer, REST)
    session.expire_all()
    assert (row.stage, live(session, row)) == (OccurrenceStage.HELD, [])
    take_up(session, row, officer, reason="Adendum terbit")
    assert (row.stage, row.due_on, row.reason) == (OccurrenceStage.OPEN, date(2026, 12, 4), None)


def test_a_rest_may_end_with_a_new_date(session, row, officer):
    give(session, row, officer, REST)
    with pytest.raises(RuleBroken) as broken:
        take_up(session, row, officer, reason=" ")
    assert broken.value.field == "reason"
    take_up(session, row, officer, reason="Terbit", due_on=LATER)
    assert (row.stage, row.due_on, row.scheduled_on) == (OccurrenceStage.OPEN, LATER, DUE)
    with pytest.raises(RuleBroken, match="tidak sedang ditahan"):
        take_up(session, row, officer, reason="Lagi")


@pytest.mark.parametrize(("days", "expected"), [(18, 0), (19, 1), (40, 1)])
def test_a_rest_ends_by_itself_on_its_day_and_only_once(session, row, officer, days, expected):
    give(session, row, officer, REST)
    then = NOW + timedelta(days=days)
    assert reliefs.take_up_due(session, now=then) == expected
    assert row.stage is (OccurrenceStage.OPEN if expected else OccurrenceStage.HELD)
    assert reliefs.take_up_due(session, now=then) == 0


def test_a_rest_without_an_end_waits_for_people_even_after_an_earlier_one(session, row, officer):
    give(session, row, officer, REST)
    take_up(session, row, officer, reason="Salah")
    give(session, row, officer, Wish(kind=ReliefKind.HOLD, reason="Sengketa"))
    assert reliefs.take_up_due(session, now=NOW + timedelta(days=200)) == 0
