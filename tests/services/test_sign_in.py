"""A session tells who is behind a token, until its limits; whoever proves it again gets another token."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Authenticator, SignInSession
from portal.services import authenticators, sign_in
from tests.factories import make_account
from tests.factories.instants import NOW

SECOND = timedelta(seconds=1)
LONGEST = {Role.OFFICER: timedelta(hours=8), Role.PARTNER_WRITER: timedelta(minutes=30)}


def entered(session, role=Role.OFFICER, **changes):
    """A person with a session that begins now, and its token."""
    account = make_account(session, role, **changes)
    return account, sign_in.open_session(session, account, agent=None, now=NOW)


@pytest.mark.parametrize("role", LONGEST)
def test_a_session_lives_through_the_last_moment_of_its_rest_and_no_longer(session, role):
    _, token = entered(session, role)
    found = sign_in.resolve(session, token, now=NOW + LONGEST[role])
    assert found is not None
    assert found.idle == LONGEST[role]
    assert sign_in.resolve(session, token, now=NOW + LONGEST[role] + SECOND) is None


def test_a_session_ends_in_the_twelfth_hour_however_much_it_is_used(session):
    _, token = entered(session)
    end = NOW + timedelta(hours=12)
    row = session.scalars(select(SignInSession)).one()
    sign_in.touch(session, row.id, now=end - SECOND)
    found = sign_in.resolve(session, token, now=end - SECOND)
    assert found is not None
    assert found.expires_at == end
    assert sign_in.resolve(session, token, now=end) is None


@pytest.mark.parametrize(("after", "due"), [(0, False), (59, False), (60, True), (61, True)])
def test_the_last_use_is_written_down_once_a_minute(session, after, due):
    _, token = entered(session)
    found = sign_in.resolve(session, token, now=NOW + after * SECOND)
    assert found is not None
    assert found.needs_touch is due


def test_a_token_tells_who_it_is_and_how_to_speak_to_them(session):
    account, token = entered(session, greeting="Bu Ratna")
    found = sign_in.resolve(session, token, now=NOW)
    assert found is not None
    assert (found.actor.account_id, found.actor.name) == (account.id, account.name)
    assert found.actor.organisation_id == account.organisation_id
    assert found.actor.roles == {Role.OFFICER}
    assert (found.greeting, found.organisation_name) == ("Bu Ratna", account.organisation.name)
    assert (found.language, found.zone) == (account.language, account.organisation.zone)
    assert (found.proved_at, found.has_app) == (NOW, False)


def test_who_has_no_greeting_is_called_by_name(session):
    account, token = entered(session, greeting=None)
    found = sign_in.resolve(session, token, now=NOW)
    assert found is not None
    assert found.greeting == account.name


def test_an_app_counts_when_its_first_code_was_typed(session):
    account, token = entered(session)
    authenticators.begin(session, account, key="kunci-untuk-pengujian")
    session.flush()
    app, told = session.scalars(select(Authenticator)).one(), []
    for secret in (None, app.next_secret):
        app.secret = secret
        session.flush()
        told.append(sign_in.resolve(session, token, now=NOW))
    assert [one and one.has_app for one in told] == [False, True]


@pytest.mark.parametrize(
    ("starts", "ends", "in_"), [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (0, 0, True)]
)
def test_a_role_holds_from_its_first_day_to_its_last(session, starts, ends, in_):
    account, token = entered(session)
    today, role = date(2026, 11, 21), account.roles[0]
    role.starts_on = today + timedelta(days=starts)
    role.ends_on = None if ends is None else today + timedelta(days=ends)
    session.flush()
    assert (sign_in.resolve(session, token, now=NOW) is not None) is in_
    assert sign_in.roles_on(session, account.id, now=NOW) == ({Role.OFFICER} if in_ else set())


def test_who_proves_it_again_gets_another_token_and_the_old_one_is_worthless(session):
    _, token = entered(session)
    row, later = session.scalars(select(SignInSession)).one(), NOW + timedelta(hours=1)
    new = sign_in.prove(session, row.id, now=later)
    assert sign_in.resolve(session, token, now=later) is None
    found = sign_in.resolve(session, new, now=later)
    assert found is not None
    assert (found.session_id, found.proved_at, found.needs_touch) == (row.id, later, False)


def test_the_first_end_of_a_session_stays(session):
    _, token = entered(session)
    row = session.scalars(select(SignInSession)).one()
    sign_in.end(session, row.id, now=NOW)
    sign_in.end(session, row.id, now=NOW + SECOND)
    sign_in.end(session, row.id + 1, now=NOW)
    sign_in.touch(session, row.id + 1, now=NOW)
    assert row.ended_at == NOW
    assert sign_in.resolve(session, token, now=NOW) is None


def test_every_session_of_a_person_ends_but_the_one_that_is_kept(session):
    account, first = entered(session)
    second = sign_in.open_session(session, account, agent="x" * 300, now=NOW)
    _, foreign = entered(session)
    kept = sign_in.resolve(session, second, now=NOW)
    assert kept is not None
    sign_in.end_all(session, account.id, now=NOW, but=kept.session_id)
    alive = [sign_in.resolve(session, token, now=NOW) is not None for token in (first, second, foreign)]
    assert alive == [False, True, True]
    assert session.get_one(SignInSession, kept.session_id).agent == "x" * 200
    sign_in.end_all(session, account.id, now=NOW)
    assert sign_in.resolve(session, second, now=NOW) is None
