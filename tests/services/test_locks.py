"""How long a sign-in is locked after each wrong try, to the second; and the counters of an hour."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from portal.models import SignInLock
from portal.services import attempts, locks
from tests.factories.instants import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOMEBODY = "orang@contoh.test"


def lock_after(tries: int, **values) -> SignInLock:
    return SignInLock(email_hash="x", wrong_tries=tries, **({"tried_at": NOW} | values))


@pytest.mark.parametrize(
    ("before", "minutes"),
    [(0, 0), (3, 0), (4, 1), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 60), (11, 60), (30, 60), (5000, 60)],
)
def test_each_wrong_try_from_the_fifth_on_locks_twice_as_long_up_to_an_hour(before, minutes):
    lock = lock_after(before)
    locks.note_wrong(lock, now=NOW)
    assert (lock.wrong_tries, lock.tried_at) == (before + 1, NOW)
    assert lock.locked_until == (NOW + minutes * MINUTE if minutes else None)


@pytest.mark.parametrize(("passed", "counted"), [(DAY, 5), (DAY + timedelta(seconds=1), 1), (-MINUTE, 5)])
def test_a_wrong_try_is_forgotten_once_more_than_a_day_has_passed(passed, counted):
    lock = lock_after(4)
    locks.note_wrong(lock, now=NOW + passed)
    assert lock.wrong_tries == counted


def test_a_lock_ends_at_its_moment():
    assert locks.is_shut(lock_after(5, locked_until=NOW), now=NOW - timedelta(seconds=1)) is True
    assert locks.is_shut(lock_after(5, locked_until=NOW), now=NOW) is False
    assert locks.is_shut(lock_after(0, locked_until=None), now=NOW) is False


def test_a_lock_is_found_whatever_the_letters_and_gone_when_it_is_cleared(session):
    first = locks.of(session, SOMEBODY, now=NOW)
    assert (first.wrong_tries, first.tried_at, first.locked_until) == (0, NOW, None)
    locks.note_wrong(first, now=NOW)
    session.flush()
    assert locks.of(session, f" {SOMEBODY.upper()} ", now=NOW + HOUR).wrong_tries == 1
    assert locks.of(session, "lain@contoh.test", now=NOW).wrong_tries == 0
    locks.clear(session, f"{SOMEBODY.title()} ")
    assert locks.of(session, SOMEBODY, now=NOW).wrong_tries == 0


def test_a_try_that_another_process_has_counted_meanwhile_is_seen(session):
    assert locks.of(session, SOMEBODY, now=NOW).wrong_tries == 0
    session.execute(update(SignInLock).values(wrong_tries=4), execution_options={"synchronize_session": False})
    assert locks.of(session, SOMEBODY, now=NOW).wrong_tries == 4


def test_tries_are_counted_by_key_and_full_hour(session):
    hour = datetime(2026, 11, 21, 8, tzinfo=NOW.tzinfo)
    late = hour + HOUR - timedelta(microseconds=1)
    first, other = attempts.count(session, "a", now=late), attempts.count(session, "b", now=late)
    assert [(each.key, each.window_at, each.count) for each in (first, other)] == [("a", hour, 1), ("b", hour, 1)]
    again = attempts.count(session, "a", now=late - 30 * MINUTE)
    assert (again, again.count) == (first, 2)
    following = attempts.count(session, "a", now=hour + HOUR)
    assert (following.window_at, following.count) == (hour + HOUR, 1)
