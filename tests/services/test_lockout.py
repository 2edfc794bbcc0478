"""Locks and ended sessions hold for every process: guessing from four at once, cookies copied into another one."""

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Entry, SignInLock
from portal.services import accounts, locks, password_resets, sign_in
from portal.services.accounts import Browser
from tests.factories import make_account
from tests.factories.accounts import PASSWORD
from tests.factories.instants import NOW

PROCESSES, TRIES = 4, 6


def try_in(session, email, password=PASSWORD, *, now=NOW, address="127.0.0.1"):
    browser = Browser(address=address, agent="uji")
    return accounts.try_sign_in(session, email=email, password=password, browser=browser, second_step=False, now=now)


@pytest.mark.parametrize("is_known", [True, False])
def test_four_processes_together_get_five_tries(session, spawn, tmp_path, monkeypatch, clock, is_known):
    account = make_account(session)
    email = account.email if is_known else "tidak.ada@contoh.test"
    session.commit()
    gate = tmp_path / "gate"
    monkeypatch.setenv("GUESSING_GATE", str(gate))
    guessers = [spawn("tests.harness.guessing", "guess", email, str(TRIES)) for _ in range(PROCESSES)]
    for guesser in guessers:
        line = guesser.stdout.readline()
        assert line == "ready\n", line + guesser.stdout.read()
    gate.touch()
    told = [line for guesser in guessers for line in guesser.communicate(timeout=60)[0].split("\n") if line]
    assert set(told) == {"looked at", "locked"}, "\n".join(told)
    assert len(told) == PROCESSES * TRIES
    session.expire_all()
    assert session.scalars(select(Entry.action)).all().count("sign_in_refused") == locks.FREE_TRIES
    assert session.scalars(select(SignInLock.wrong_tries)).one() == locks.FREE_TRIES
    assert try_in(session, email, now=clock.now).locked_until


def test_a_copied_cookie_is_refused_in_another_process_in_all_six_cases(session, spawn, clock):
    names = ("signed out", "new password", "out of use", "put out", "idle", "twelve hours", "good")
    people = {name: make_account(session, Role.OFFICER) for name in names}
    begun = {"idle": clock.now - sign_in.IDLE_STAFF, "twelve hours": clock.now - sign_in.ABSOLUTE}
    tokens = {
        name: sign_in.open_session(session, people[name], agent=None, now=begun.get(name, clock.now)) for name in names
    }
    sessions = {
        name: sign_in.resolve(session, tokens[name], now=begun.get(name, clock.now)).session_id for name in names
    }
    sign_in.touch(session, sessions["twelve hours"], now=clock.now)
    sign_in.end(session, sessions["signed out"], now=clock.now)
    password_resets.change(
        session, people["new password"], old=PASSWORD, new="payung biru di halte", keep_session=0, now=clock.now
    )
    people["out of use"].is_active = False
    sign_in.end_all(session, people["put out"].id, now=clock.now)
    session.commit()
    other = spawn("tests.harness.guessing", "enter", *tokens.values())
    told = other.communicate(timeout=60)[0].split("\n")[:-1]
    assert set(told) == {"in", "out"}, told
    assert dict(zip(names, told, strict=True)) == {name: "in" if name == "good" else "out" for name in names}


def test_an_unknown_address_is_locked_as_a_known_one_is(session):
    known = make_account(session).email
    waits = {}
    for email in (known, "tidak.ada@contoh.test"):
        waits[email] = [try_in(session, email, "salah-sekali-ini", address=str(n)).locked_until for n in range(7)]
    assert waits[known] == waits["tidak.ada@contoh.test"]
    assert waits[known][3:5] == [None, NOW + locks.FIRST_LOCK]


def test_wrong_tries_are_forgotten_after_a_day_and_after_the_right_password(session):
    account = make_account(session)
    for _ in range(4):
        try_in(session, account.email, "salah-sekali-ini")
    later = NOW + locks.FORGOTTEN_AFTER * 2
    assert try_in(session, account.email, "salah-sekali-ini", now=later).locked_until is None
    assert try_in(session, account.email, now=later).token
    assert session.scalars(select(SignInLock)).all() == []


def test_a_lock_keeps_no_mail_address(session):
    try_in(session, "tidak.ada@contoh.test", "salah-sekali-ini")
    assert "contoh" not in session.scalars(select(SignInLock.email_hash)).one()
