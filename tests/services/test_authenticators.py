"""The app that shows codes: set up, asked, replaced and taken away; each code and recovery code works once."""

import base64
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from portal.domain.errors import RuleBroken
from portal.models import Authenticator, Entry, Message, RecoveryCode
from portal.services import authenticators
from tests.factories import make_account
from tests.factories.instants import NOW
from tests.queries.statements import statements_of

KEY, OLD_KEY = "kunci-uji-yang-panjang-sekali", "kunci-lama-yang-panjang-sekali"
STEP = timedelta(seconds=30)
AT = NOW.replace(second=0, microsecond=0)
"""The first moment of a half minute."""


@pytest.fixture
def account(session):
    return make_account(session)


def begun(session, account, *, key=KEY) -> pyotp.TOTP:
    """An app that shows codes and has not been confirmed."""
    authenticators.begin(session, account, key=key)
    return pyotp.TOTP(authenticators.text_key(authenticators.find(session, account.id), key=key))


@pytest.fixture
def app(session, account):
    """An app that is set up, with the code of one minute ago used."""
    made = begun(session, account)
    authenticators.confirm(session, account, made.at(AT - 2 * STEP), key=KEY, now=AT - 2 * STEP)
    return made


def taken(session, account, typed, *, now=AT, keys=(KEY,)) -> bool:
    return authenticators.verify(session, account, typed, keys=keys, now=now)


def test_an_app_asks_from_its_first_right_code_on(session, account):
    made = begun(session, account)
    assert len(base64.b32decode(made.secret)) == 20
    assert authenticators.has(session, account.id) is False
    assert taken(session, account, made.at(AT)) is False
    with pytest.raises(RuleBroken) as refused:
        authenticators.confirm(session, account, "000000", key=KEY, now=AT)
    assert refused.value.field == "code"
    codes = authenticators.confirm(session, account, f" {made.at(AT)[:3]} {made.at(AT)[3:]}", key=KEY, now=AT)
    assert authenticators.has(session, account.id) is True
    assert len(set(codes)) == authenticators.codes_left(session, account.id) == 10
    row = authenticators.find(session, account.id, lock=True)
    assert (row.next_secret, row.last_step, row.confirmed_at) == (None, int(AT.timestamp()) // 30, AT)
    with pytest.raises(RuleBroken):
        authenticators.text_key(row, key=KEY)
    with pytest.raises(RuleBroken):
        authenticators.confirm(session, account, made.at(AT + STEP), key=KEY, now=AT + STEP)


def test_nothing_is_confirmed_for_whoever_began_nothing(session, account):
    with pytest.raises(RuleBroken) as refused:
        authenticators.confirm(session, account, "000000", key=KEY, now=AT)
    assert refused.value.field == "code"
    assert taken(session, account, "000000") is False
    with pytest.raises(RuleBroken):
        authenticators.new_codes(session, account, now=AT)
    authenticators.forget(session, account.id)
    assert session.scalars(select(Authenticator)).all() == []


@pytest.mark.parametrize(("away", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_half_minute_before_and_after_count(session, account, app, away, is_right):
    assert taken(session, account, app.at(AT + 2 * STEP + away * STEP), now=AT + 2 * STEP) is is_right


def test_a_code_works_once_and_none_before_it_any_more(session, account, app):
    assert taken(session, account, app.at(AT + STEP)) is True
    assert taken(session, account, app.at(AT + STEP)) is False
    assert taken(session, account, app.at(AT)) is False
    assert taken(session, account, "") is False
    assert taken(session, account, app.at(AT + 2 * STEP), now=AT + STEP) is True


def test_a_code_that_another_process_has_taken_meanwhile_works_no_more(session, account, app):
    assert authenticators.find(session, account.id).last_step < int(AT.timestamp()) // 30
    elsewhere = update(Authenticator).values(last_step=int(AT.timestamp()) // 30)
    session.execute(elsewhere, execution_options={"synchronize_session": False})
    assert taken(session, account, app.at(AT)) is False
    assert taken(session, account, app.at(AT + STEP)) is True


@pytest.mark.postgresql_only
def test_whatever_changes_an_app_holds_its_row(session, account, app):
    def confirm_wrongly():
        with pytest.raises(RuleBroken):
            authenticators.confirm(session, account, "000000", key=KEY, now=AT)

    acts = {
        "begin": lambda: authenticators.begin(session, account, key=KEY),
        "confirm": confirm_wrongly,
        "verify": lambda: taken(session, account, "000000"),
        "recover": lambda: taken(session, account, "8K2M-7Q4D"),
        "forget": lambda: authenticators.forget(session, account.id),
    }
    held = {}
    for name, act in acts.items():
        with statements_of(session) as said:
            act()
        held[name] = any("FOR UPDATE" in each for each in said)
    assert held == dict.fromkeys(acts, True)


def test_signs_that_only_look_like_digits_are_none(session, account, app):
    lookalike = "".join(chr(ord("\u0660") + int(digit)) for digit in app.at(AT))
    assert taken(session, account, lookalike) is False


def test_a_secret_that_an_old_key_sealed_is_sealed_with_the_new_one_when_it_is_used(session, account):
    made = begun(session, account, key=OLD_KEY)
    authenticators.confirm(session, account, made.at(AT), key=OLD_KEY, now=AT)
    assert taken(session, account, made.at(AT + STEP), keys=(KEY,), now=AT + STEP) is False
    assert taken(session, account, made.at(AT + STEP), keys=(KEY, OLD_KEY), now=AT + STEP) is True
    assert taken(session, account, made.at(AT + 2 * STEP), keys=(KEY,), now=AT + 2 * STEP) is True


def test_another_app_replaces_the_first_when_its_code_was_typed(session, account, app):
    other = begun(session, account)
    assert taken(session, account, app.at(AT)) is True
    authenticators.confirm(session, account, other.at(AT + STEP), key=KEY, now=AT + STEP)
    assert taken(session, account, app.at(AT + 2 * STEP), now=AT + 2 * STEP) is False
    assert taken(session, account, other.at(AT + 2 * STEP), now=AT + 2 * STEP) is True
    assert len(session.scalars(select(Authenticator)).all()) == 1


def test_a_recovery_code_works_once_for_its_owner_and_new_ones_replace_it(session, account, app):
    first = authenticators.new_codes(session, account, now=AT)
    other = make_account(session)
    assert taken(session, other, first[0]) is False
    assert taken(session, account, first[0].lower().replace("-", " ")) is True
    assert taken(session, account, first[0]) is False
    assert authenticators.codes_left(session, account.id) == 9
    second = authenticators.new_codes(session, account, now=AT)
    assert taken(session, account, first[1]) is False
    assert taken(session, account, second[1]) is True
    rows = session.scalars(select(RecoveryCode)).all()
    assert {row.organisation_id for row in rows} == {account.organisation_id}
    assert [row.used_at for row in rows].count(AT) == 1


def test_each_change_is_written_down_and_told_to_its_owner(session, account, app):
    (code, *_rest) = authenticators.new_codes(session, account, now=AT)
    assert taken(session, account, code, now=AT + STEP)
    authenticators.remove(session, account, now=AT + 2 * STEP)
    wanted = ["authenticator_added", "recovery_codes_made", "recovery_code_used", "authenticator_removed"]
    entries = session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(each.action, each.actor_id) for each in entries] == [(name, account.id) for name in wanted]
    mails = session.scalars(select(Message).order_by(Message.id)).all()
    assert [mail.values["change"] for mail in mails] == wanted
    assert [mail.slot.rpartition("-")[0] for mail in mails] == wanted
    assert authenticators.has(session, account.id) is False
    assert authenticators.codes_left(session, account.id) == 0


def test_the_address_of_an_app_names_portal_and_person(account):
    said = authenticators.address(account, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert said.startswith("otpauth://totp/Simpul:")
    assert "issuer=Simpul" in said
