"""What is sealed opens with its own key for its own owner only, and not after anybody changed it."""

import base64

import pytest

from portal.services.sealing import sealed, unsealed

SECRET = bytes(range(20))


def test_the_seal_opens_with_its_key_for_its_owner():
    assert unsealed(sealed(SECRET, key="kunci", owner="7"), key="kunci", owner="7") == SECRET


def test_no_two_seals_are_alike():
    assert len({sealed(SECRET, key="kunci", owner="7") for _ in range(50)}) == 50


@pytest.mark.parametrize(("key", "owner"), [("lain", "7"), ("kunci", "8"), ("", "7"), ("kunci", "")])
def test_another_key_or_owner_opens_nothing(key, owner):
    assert unsealed(sealed(SECRET, key="kunci", owner="7"), key=key, owner=owner) is None


@pytest.mark.parametrize("place", [0, 11, 12, 31, 40, 47])
def test_a_changed_byte_opens_nothing(place):
    whole = bytearray(base64.urlsafe_b64decode(sealed(SECRET, key="kunci", owner="7")))
    whole[place] ^= 1
    assert unsealed(base64.urlsafe_b64encode(whole).decode(), key="kunci", owner="7") is None


def test_what_was_cut_opens_nothing():
    whole = base64.urlsafe_b64decode(sealed(SECRET, key="kunci", owner="7"))
    assert unsealed(base64.urlsafe_b64encode(whole[:20]).decode(), key="kunci", owner="7") is None


def test_the_seed_of_an_app_fits_its_column():
    assert len(sealed(SECRET, key="kunci", owner="7")) == 64
