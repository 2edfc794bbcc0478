"""Secrets that a person holds: how long they are, that none is drawn twice, and what is kept of them."""

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import secret

SEALS = st.binary(max_size=32)


def test_a_token_has_256_bits_and_is_safe_in_addresses():
    token = secret.new_token()
    assert re.fullmatch(r"[\w-]{43}", token)
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    assert len({secret.new_token() for _ in range(100)}) == 100


def test_a_spoken_code_has_eight_signs():
    codes = {secret.new_spoken_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    # All forty bits are drawn: the first sign takes high values, too.
    assert max(code[0] for code in codes) > "P"


def test_digits_are_six_and_keep_their_zeros():
    drawn = {secret.new_digits() for _ in range(400)}
    assert all(re.fullmatch(r"\d{6}", each) for each in drawn)
    assert any(each.startswith("0") for each in drawn)
    assert any(each.startswith("9") for each in drawn)


def test_what_is_kept_of_a_secret_is_as_written():
    assert secret.fingerprint("rahasia") == hashlib.sha256(b"rahasia").hexdigest()
    slow = hashlib.scrypt(b"8K2M-7Q4D", salt=b"simpul spoken code", n=16384, r=8, p=1, dklen=32).hex()
    assert secret.slow_fingerprint("8K2M-7Q4D") == slow


@given(SEALS)
def test_what_is_sealed_is_opened_by_the_same_key_for_the_same_person(value: bytes):
    assert secret.unsealed(secret.sealed(value, key="k", owner="7"), key="k", owner="7") == value


@pytest.mark.parametrize(("key", "owner"), [("other", "7"), ("k", "8")])
def test_with_another_key_or_for_somebody_else_nobody_knows_what_comes_out(key: str, owner: str):
    value = bytes(range(20))
    kept = secret.sealed(value, key="k", owner="7")
    assert secret.unsealed(kept, key=key, owner=owner) != value


def test_no_two_seals_are_alike_and_none_shows_the_secret():
    value = b"x" * 32
    kept = [secret.sealed(value, key="k", owner="7") for _ in range(50)]
    assert len(set(kept)) == 50
    for each in kept:
        number, covered = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in each.split("."))
        assert "=" not in each
        assert (len(number), len(covered)) == (16, 32)
        assert covered != value
