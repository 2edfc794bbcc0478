"""Handing over: everything that somebody holds goes to one successor in one act, and reminders follow exactly once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.handover import Holding
from portal.domain.organisation import Zone
from portal.domain.policy import Actor, Role
from portal.domain.reminder import MessageStage, ReminderStage
from portal.mail.compose import Letterhead
from portal.models import Absence, Account, Base, Entry, Message, Reminder
from portal.queries import calendar_days, handovers
from portal.services import clauses, digests, filling, outbox, reminders, users
from portal.services import handovers as giving
from portal.services.handovers import Plan, fingerprint
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW, TODAY

LETTERHEAD = Letterhead(
    base_url="http://localhost", office_name="Kantor", sender="a@contoh.test", reply_to="b@contoh.test", help_phone=None
)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def people(session):
    """An officer who leaves, one who takes over, a head, and the administrator who does it."""
    make_calendar(session)
    ministry = make_ministry(session)
    rows = (("old", Role.OFFICER), ("new", Role.OFFICER), ("head", Role.HEAD), ("boss", Role.ADMIN))
    return {name: make_account(session, role, ministry, name=name) for name, role in rows}


@pytest.fixture
def actor(people):
    boss = people["boss"]
    return Actor(account_id=boss.id, name=boss.name, organisation_id=None, roles=frozenset({Role.ADMIN}))


def away(session, who, deputy):
    row = Absence(
        account_id=who.id, deputy_id=deputy.id, starts_on=TODAY, ends_on=TODAY + timedelta(days=4), recorded_at=NOW
    )
    session.add(row)
    session.flush()
    return row


def plan(successor, *kinds, basis="SK-12/2026", **more):
    return Plan(successors=dict.fromkeys(kinds or Holding, successor.id), basis=basis, **more)


def test_every_column_that_names_a_person_is_given_away_ends_or_stays_by_a_written_list():
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(str(key.column) == "account.id" for key in column.foreign_keys)
    }
    held = {f"{table.__tablename__}.{column}" for table, column in handovers.HELD.values()}
    by_name = {name for name in columns if name.endswith(("_by_id", ".by_id"))} - held
    listed = [*held, *handovers.OWN, *handovers.PAST, *by_name]
    assert [name for name, times in Counter(listed).items() if times > 1] == []
    assert columns - set(listed) == set(), "who is responsible now? See the lists in portal/queries/handovers.py"
    assert set(listed) <= columns


def test_everything_goes_in_one_act_with_a_record_and_an_entry_for_each_thing(session, people, actor, outbox):
    old, new = people["old"], people["new"]
    clauses.seed(session, now=NOW)
    owned = session.scalars(select(handovers.HELD[Holding.CLAUSE][0])).first()
    owned.owner_id = old.id
    agreements = [make_agreement(session, officer_id=old.id) for _ in range(3)]
    absence = away(session, people["head"], old)
    before = handovers.held(session, old.id, today=TODAY)
    assert {kind.value: len(ids) for kind, ids in before.items()} == {"agreement": 3, "clause": 1, "deputy": 1}
    row = giving.make(session, old, plan(new, seen=fingerprint(before)), actor=actor, now=NOW)
    assert handovers.held(session, old.id, today=TODAY) == {}
    assert handovers.held(session, new.id, today=TODAY) == before
    assert {each.officer_id for each in agreements} | {absence.deputy_id, owned.owner_id} == {new.id}
    assert [(group["kind"], len(group["ids"])) for group in row.content["groups"]] == [
        ("agreement", 3),
        ("clause", 1),
        ("deputy", 1),
    ]
    told = Counter(session.scalars(select(Entry.action).where(Entry.actor_id == actor.account_id)))
    assert told == {"officer_changed": 3, "clause_owner_changed": 1, "deputy_changed": 1, "work_handed_over": 1}
    (mail,) = outbox.of("handover_received")
    assert (mail.recipient, mail.values["counts"]) == (new.email, {"agreement": 3, "clause": 1, "deputy": 1})
    users.deactivate(session, session.get_one(Account, old.id), reason="Pindah", actor=actor, now=NOW)


def test_a_group_without_a_successor_stays_and_locks_the_account(session, people, actor):
    old = people["old"]
    make_agreement(session, officer_id=old.id)
    away(session, people["head"], old)
    giving.make(session, old, plan(people["new"], Holding.AGREEMENT), actor=actor, now=NOW)
    assert list(handovers.held(session, old.id, today=TODAY)) == [Holding.DEPUTY]
    with pytest.raises(RuleBroken, match="masih memegang 1 hal"):
        users.deactivate(session, session.get_one(Account, old.id), reason="Pindah", actor=actor, now=NOW)


def test_plans_that_cannot_be_followed_are_refused_at_their_field(session, people, actor):
    old, new = people["old"], people["new"]
    make_agreement(session, officer_id=old.id)
    away(session, people["head"], old)
    refused = {
        "agreement": plan(people["head"], Holding.AGREEMENT),
        "deputy": plan(people["head"], Holding.DEPUTY),
        "basis": plan(new, basis=" "),
        "everything": plan(new, Holding.CLAUSE),
    }
    for field, wrong in refused.items():
        with pytest.raises(RuleBroken) as broken:
            giving.make(session, old, wrong, actor=actor, now=NOW)
        assert broken.value.field == field
    with pytest.raises(RuleBroken, match="berubah"):
        giving.make(session, old, plan(new, seen="lama"), actor=actor, now=NOW)
    officer = Actor(account_id=new.id, name="new", organisation_id=None, roles=frozenset({Role.OFFICER}))
    with pytest.raises(NotAllowed):
        giving.make(session, old, plan(new), actor=officer, now=NOW)


def morning(session, day):
    """A whole morning of the worker: plan, gather, send; return who was sent what."""
    now, calendar = at(day), calendar_days.working_calendar(session)
    reminders.sweep(session, now=now)
    digests.gather(session, now=now, calendar=calendar)
    desk = filling.Desk(worker="uji", letterhead=LETTERHEAD, now=now, calendar=calendar)
    leased = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=now)
    for mail in filling.prepare(session, leased, desk=desk):
        outbox.mark_sent(session, mail.id, worker="uji", now=now, forget_secrets=True)
    session.expire_all()


def sent(session, person):
    rows = session.execute(
        select(Reminder.target_on, Reminder.step).where(
            Reminder.account_id == person.id, Reminder.stage == ReminderStage.SENT
        )
    )
    return Counter((row.target_on, row.step) for row in rows)


@pytest.mark.parametrize("moment", ["before it was sent", "after it was sent"])
def test_reminders_follow_the_work_the_old_person_gets_nothing_and_the_new_one_each_thing_once(
    session, people, actor, moment
):
    reminders.seed_rules(session, now=NOW)
    old, new, day = people["old"], people["new"], date(2026, 11, 24)
    ministry, partner = make_ministry(session), make_partner(session)
    dues = [date(2026, 12, 1), date(2026, 12, 2)]
    for due in dues:
        agreement = make_agreement(session, (ministry, partner), officer_id=old.id, ends_on=None)
        obligation = make_obligation(session, agreement, debtor=ministry, creditor=partner)
        make_occurrence(session, obligation, due_on=due)
    if moment == "after it was sent":
        morning(session, day)
        assert sum(sent(session, old).values()) >= 1
    else:
        reminders.sweep(session, now=at(day, 7))
        digests.gather(session, now=at(day, 7), calendar=calendar_days.working_calendar(session))
        assert session.scalars(select(Message).where(Message.account_id == old.id)).all() != []
    before = sent(session, old)
    giving.make(session, old, plan(new), actor=actor, now=at(day, 8))
    users.deactivate(session, session.get_one(Account, old.id), reason="Pindah", actor=actor, now=at(day, 8))
    for ahead in range(12):
        morning(session, day + timedelta(days=ahead))
    assert sent(session, old) == before
    assert {due for due, _ in sent(session, new)} == set(dues)
    assert set(sent(session, new).values()) == {1}
    waiting = (Message.account_id == old.id, Message.stage.in_((MessageStage.PENDING, MessageStage.LEASED)))
    assert session.scalars(select(Message).where(*waiting)).all() == []
