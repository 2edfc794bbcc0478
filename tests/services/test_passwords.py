"""Which passwords are taken: long ones that nobody would try first, by a list that lies beside the code."""

import pytest
from argon2 import PasswordHasher

from portal.domain.errors import RuleBroken
from portal.services import passwords

OWNER = {"email": "siti.aminah@melati.test", "organisation_name": "Yayasan Melati Harapan"}


@pytest.mark.parametrize(
    "typed",
    [
        "payung biru di halte",
        "kereta lewat tengah malam",
        "rahasia-yang-panjang-1",
        "correct horse battery staple",
        "dragon besar di sawah",
        "pisang goreng 1998",
        "12 kucing, 3 anjing",
    ],
)
def test_a_short_sentence_of_ones_own_is_taken(typed):
    assert passwords.check(typed, **OWNER) is None


@pytest.mark.parametrize(
    "typed",
    [
        "iloveyou1234",
        "ILoveYou-2024!",
        "dragondragon",
        "dragon dragon dragon",
        "football2026",
        "123!baseball!456",
        "businessbabe",
        "1q2w3e4r5t6y",
        "!!!monkey!!!2020",
        "qwertyuiop12",
    ],
)
def test_a_common_one_is_refused_alone_repeated_and_with_digits_around(typed):
    with pytest.raises(RuleBroken, match="dipakai banyak orang") as refused:
        passwords.check(typed, **OWNER)
    assert refused.value.field == "password"


@pytest.mark.parametrize("typed", ["melatimelati1", "simpulkemensos1", "siti.aminah12", "yayasan melati"])
def test_the_names_of_portal_organisation_and_owner_are_refused(typed):
    with pytest.raises(RuleBroken, match="mudah ditebak"):
        passwords.check(typed, **OWNER)


def test_the_length_is_from_twelve_to_a_hundred_and_twenty_eight():
    for typed, word in (("payung biru", "terlalu pendek"), ("payung biru " * 11, "terlalu panjang")):
        with pytest.raises(RuleBroken, match=word):
            passwords.check(typed, **OWNER)


def test_the_list_has_ten_thousand_words_and_its_source():
    assert len(passwords.common()) == 10_000
    assert all(word == word.casefold() for word in passwords.common())
    head = passwords.REFERENCE.joinpath("common_passwords.txt").read_text("utf-8").splitlines()[:4]
    assert all(line.startswith("#") for line in head)
    assert "MIT" in head[2]


def test_a_password_is_kept_as_salted_argon2id_and_known_again():
    stored = passwords.hashed("payung biru di halte")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$"), "design: platform B1"
    assert stored != passwords.hashed("payung biru di halte")
    assert passwords.matches(stored, "payung biru di halte") is True
    assert passwords.matches(stored, "payung biru di Halte") is False
    assert not passwords.is_outdated(stored)


@pytest.mark.parametrize("stored", [None, "", "unusable"])
@pytest.mark.parametrize("typed", ["", "payung biru di halte", "nobody has this password"])
def test_nothing_opens_an_account_that_has_no_password(stored, typed):
    assert passwords.matches(stored, typed) is False


@pytest.mark.parametrize("weaker", [{"time_cost": 1}, {"memory_cost": 8 * 1024}, {"parallelism": 2}])
def test_a_hash_with_other_parameters_is_outdated_and_still_known(weaker):
    usual = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
    stored = PasswordHasher(**usual | weaker).hash("payung biru di halte")
    assert passwords.is_outdated(stored)
    assert passwords.matches(stored, "payung biru di halte") is True
