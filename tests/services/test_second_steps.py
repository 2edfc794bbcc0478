"""The second step of a sign-in, moment by moment: how long a code lives, how often it is tried, sent and counted."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Entry, Message, SecondStep, TrustedDevice
from portal.services import authenticators, locks, second_steps
from portal.services.second_steps import Verified
from tests.factories import make_account, make_partner
from tests.factories.instants import NOW
from tests.queries.statements import statements_of

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
KEYS = ("kunci-uji-yang-panjang-sekali",)


@pytest.fixture
def account(session):
    return make_account(session, Role.PARTNER_WRITER, make_partner(session))


def codes(session) -> list[str]:
    """The codes that were sent, in their order."""
    mails = session.scalars(select(Message).where(Message.template == "sign_in_code").order_by(Message.id))
    return [mail.values["code"] for mail in mails]


def typed(session, token, code, *, now=NOW) -> Verified:
    return second_steps.verify(session, token, code, keys=KEYS, now=now)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_lets_in_once_and_is_read_with_whatever_stands_between_its_digits(session, account):
    token = second_steps.begin(session, account, by_app=False, now=NOW)
    (code,) = codes(session)
    assert second_steps.waiting(session, token, now=NOW) is not None
    assert typed(session, token, f" {code[:3]}-{code[3:]} ") == Verified(account=account)
    assert typed(session, token, code) == Verified(is_over=True)
    assert second_steps.waiting(session, token, now=NOW) is None
    assert second_steps.waiting(session, "bukan", now=NOW) is None


def test_a_code_lives_a_quarter_of_an_hour_and_a_sign_in_half_an_hour(session, account):
    token = second_steps.begin(session, account, by_app=False, now=NOW)
    step = session.scalars(select(SecondStep)).one()
    assert (step.expires_at, step.codes, step.tries) == (NOW + 15 * MINUTE, 1, 0)
    assert typed(session, token, codes(session)[0], now=NOW + 15 * MINUTE) == Verified()
    assert second_steps.waiting(session, token, now=NOW + 30 * MINUTE - SECOND) is step
    assert second_steps.waiting(session, token, now=NOW + 30 * MINUTE) is None
    assert typed(session, token, codes(session)[0], now=NOW + 15 * MINUTE - SECOND).account == account


def test_three_wrong_tries_make_a_code_worthless_until_another_is_sent(session, account):
    token = second_steps.begin(session, account, by_app=False, now=NOW)
    (code,) = codes(session)
    assert [typed(session, token, wrong(code)).tries_left for _ in range(4)] == [2, 1, 0, 0]
    assert typed(session, token, code) == Verified()
    assert session.scalars(select(Entry.action)).all().count("second_step_refused") == 3
    assert second_steps.send_again(session, token, now=NOW + 30 * SECOND)
    assert typed(session, token, code, now=NOW + 30 * SECOND).tries_left == 2
    assert typed(session, token, codes(session)[1], now=NOW + 30 * SECOND).account == account


def test_codes_are_sent_five_times_with_half_a_minute_between(session, account):
    token = second_steps.begin(session, account, by_app=False, now=NOW)
    assert second_steps.send_again(session, token, now=NOW + 30 * SECOND - SECOND) is False
    told = [second_steps.send_again(session, token, now=NOW + n * 30 * SECOND) for n in range(1, 7)]
    assert told == [True] * 4 + [False] * 2
    assert len(set(codes(session))) == len(codes(session)) == 5
    step = session.scalars(select(SecondStep)).one()
    assert (step.codes, step.sent_at, step.expires_at) == (5, NOW + 2 * MINUTE, NOW + 17 * MINUTE)
    assert second_steps.send_again(session, "bukan", now=NOW + MINUTE) is False
    slots = session.scalars(select(Message.slot).where(Message.template == "sign_in_code")).all()
    assert sorted(slots) == [f"sign-in-code-{step.id}-{n}" for n in range(1, 6)]


def test_nobody_out_of_use_goes_on_and_whoever_has_a_new_password_begins_again(session, account):
    token = second_steps.begin(session, account, by_app=False, now=NOW)
    account.is_active = False
    session.flush()
    assert second_steps.waiting(session, token, now=NOW) is None
    account.is_active = True
    other = make_account(session, Role.PARTNER_WRITER, account.organisation)
    theirs = second_steps.begin(session, other, by_app=False, now=NOW)
    second_steps.end_waiting(session, account.id, now=NOW + SECOND)
    session.flush()
    assert second_steps.waiting(session, token, now=NOW) is None
    assert second_steps.waiting(session, theirs, now=NOW) is not None


def test_a_device_is_known_to_its_owner_for_thirty_days_and_until_it_is_forgotten(session, account):
    other = make_account(session, Role.PARTNER_WRITER, account.organisation)
    secret = second_steps.trust(session, account, now=NOW)
    late = NOW + timedelta(days=30)
    assert second_steps.is_known(session, account, ["lain", secret], now=late - SECOND) is True
    assert second_steps.is_known(session, account, [secret], now=late) is False
    assert second_steps.is_known(session, account, ["lain"], now=NOW) is False
    assert second_steps.is_known(session, account, [], now=NOW) is False
    assert second_steps.is_known(session, other, [secret], now=NOW) is False
    theirs = second_steps.trust(session, other, now=NOW)
    second_steps.forget_devices(session, account.id)
    session.flush()
    assert second_steps.is_known(session, account, [secret], now=NOW) is False
    assert second_steps.is_known(session, other, [theirs], now=NOW) is True
    assert session.scalars(select(TrustedDevice.organisation_id)).all() == [account.organisation_id]


def test_wrong_codes_of_the_app_lock_as_wrong_passwords_do(session, account):
    token = second_steps.begin(session, account, by_app=True, now=NOW)
    assert codes(session) == []
    assert second_steps.send_again(session, token, now=NOW + MINUTE) is False
    told = [typed(session, token, "000000") for _ in range(6)]
    shut = Verified(locked_until=NOW + locks.FIRST_LOCK)
    assert told == [*(Verified(tries_left=left) for left in (4, 3, 2, 1)), shut, shut]
    assert typed(session, token, "000000", now=NOW + 15 * MINUTE - SECOND).locked_until == NOW + 17 * MINUTE - SECOND
    assert session.scalars(select(SecondStep.tries)).all() == [0]
    assert session.scalars(select(Entry.action)).all() == ["second_step_refused"] * 6


def test_a_code_of_the_app_lets_in_once(session, account):
    authenticators.begin(session, account, key=KEYS[0])
    app = pyotp.TOTP(authenticators.text_key(authenticators.find(session, account.id), key=KEYS[0]))
    authenticators.confirm(session, account, app.at(NOW), key=KEYS[0], now=NOW)
    token = second_steps.begin(session, account, by_app=True, now=NOW)
    late = NOW + 15 * MINUTE - SECOND
    assert typed(session, token, app.at(late), now=late) == Verified(account=account)
    assert typed(session, token, app.at(late), now=late) == Verified(is_over=True)


def test_a_sign_in_by_the_app_is_over_after_a_quarter_of_an_hour(session, account):
    token = second_steps.begin(session, account, by_app=True, now=NOW)
    assert typed(session, token, "000000", now=NOW + 15 * MINUTE) == Verified(is_over=True)


@pytest.mark.postgresql_only
def test_codes_of_one_sign_in_are_tried_one_after_the_other(session, account):
    token = second_steps.begin(session, account, by_app=False, now=NOW)
    with statements_of(session) as looked:
        second_steps.waiting(session, token, now=NOW)
    assert not any("FOR UPDATE" in each for each in looked)
    for act in (lambda: typed(session, token, "x"), lambda: second_steps.send_again(session, token, now=NOW)):
        with statements_of(session) as said:
            act()
        assert any("FOR UPDATE OF second_step" in each for each in said)
