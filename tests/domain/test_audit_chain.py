"""The keyed digest of an entry is an HMAC of words that no other entry has."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import audit_chain as chain

FACTS = st.lists(st.none() | st.integers(0, 99) | st.text(max_size=6), max_size=4)


@given(st.binary(min_size=1, max_size=100), FACTS)
def test_it_is_an_hmac_of_rfc_2104(key, facts):
    told = "|".join(["7:None", *("-" if each is None else f"{len(str(each))}:{each}" for each in facts)])
    assert chain.mac(key, 7, None, facts) == hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


@given(FACTS, FACTS)
def test_two_entries_never_read_alike(one, other):
    same = [None if each is None else str(each) for each in one] == [
        None if each is None else str(each) for each in other
    ]
    assert (chain.mac(b"k", 1, None, one) == chain.mac(b"k", 1, None, other)) == same


def test_an_instant_is_counted_in_utc():
    at = datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert (
        chain.instant(at)
        == chain.instant(at.astimezone(timezone(timedelta(hours=7))))
        != chain.instant(at + timedelta(microseconds=1))
    )


@given(st.datetimes())
def test_the_text_of_sqlite_is_counted_in_as_its_instant(at):
    kept = at.strftime(f"{at.year:04d}-%m-%d %H:%M:%S.%f")
    assert chain.instant_of_text(kept) == chain.instant(at.replace(tzinfo=UTC))
    short = at.replace(microsecond=0)
    assert chain.instant_of_text(str(short)) == chain.instant(short.replace(tzinfo=UTC))


@pytest.mark.parametrize("kept", ["", "kemarin", "2026-13-41 02:00:00"])
def test_what_is_no_instant_is_counted_in_as_it_is(kept):
    assert chain.instant_of_text(kept) == kept
