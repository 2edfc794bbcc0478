"""Secrets that a person holds: how long they are, that none is drawn twice, and what is kept of them."""

import base64
import hashlib
import re

from portal.domain import secret


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
