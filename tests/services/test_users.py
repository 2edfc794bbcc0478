"""Accounts as an administrator keeps them: roles with periods, the last administrator, sessions, out of use."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.policy import Actor, Role
from portal.domain.reminder import MessageStage
from portal.domain.user_role import Tenure, Term, read_basis
from portal.models import Account, AccountRole, CalendarFeed, Entry, Message, SignInSession
from portal.services import calendar_feeds, invitations, sign_in, trial_mail, user_roles, users
from portal.services.invitations import Invitee
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW, TODAY


def acting(account, *roles):
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset(roles)
    )


@pytest.fixture
def boss(session):
    """The only administrator."""
    make_calendar(session)
    account = make_account(session, Role.ADMIN, name="Fajar")
    return acting(account, Role.ADMIN)


def term(role=Role.HEAD, **changes):
    values = {"role": role, "starts_on": TODAY, "ends_on": None, "tenure": Tenure.FULL, "letter": "SK-1/2026"}
    return Term(**(values | changes))


def row_of(session, account):
    return session.scalars(select(AccountRole).where(AccountRole.account_id == account.id)).one()


def test_a_role_holds_for_its_period_on_its_basis(session, boss):
    person = make_account(session, Role.OFFICER)
    until = TODAY + timedelta(days=30)
    row = user_roles.give(session, person, term(ends_on=until, tenure=Tenure.ACTING), actor=boss, now=NOW)
    assert read_basis(row.basis) == (Tenure.ACTING, "SK-1/2026")
    assert sign_in.roles_on(session, person.id, now=NOW) == {Role.OFFICER, Role.HEAD}
    assert sign_in.roles_on(session, person.id, now=NOW + timedelta(days=31)) == {Role.OFFICER}
    user_roles.correct(session, person, row, term(letter="SK-2/2026"), actor=boss, now=NOW)
    assert (row.ends_on, row.basis) == (None, "SK-2/2026")
    user_roles.end(session, person, row, actor=boss, now=NOW)
    assert sign_in.roles_on(session, person.id, now=NOW) == {Role.OFFICER}
    told = session.scalars(select(Entry.action).where(Entry.subject_id == person.id).order_by(Entry.id)).all()
    assert told == ["role_given", "role_corrected", "role_ended"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": Role.PARTNER_WRITER}, "role"),
        ({"letter": "  "}, "letter"),
        ({"tenure": Tenure.DAILY}, "ends_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"role": Role.OFFICER}, "starts_on"),
    ],
)
def test_a_term_that_cannot_be_is_refused_at_its_field(session, boss, changes, field):
    person = make_account(session, Role.OFFICER)
    with pytest.raises(RuleBroken) as refused:
        user_roles.give(session, person, term(**changes), actor=boss, now=NOW)
    assert refused.value.field == field


def test_nobody_gives_or_corrects_a_role_of_their_own(session, boss):
    own = session.get_one(Account, boss.account_id)
    with pytest.raises(RuleBroken, match="administrator lain"):
        user_roles.give(session, own, term(Role.OFFICER), actor=boss, now=NOW)
    with pytest.raises(RuleBroken, match="administrator lain"):
        user_roles.end(session, own, row_of(session, own), actor=boss, now=NOW)


def test_the_last_administrator_stays(session, boss):
    make_account(session, Role.ADMIN, is_active=False)
    first = session.get_one(Account, boss.account_id)
    helper = make_account(session, Role.OFFICER)
    second = user_roles.give(session, helper, term(Role.ADMIN, ends_on=TODAY + timedelta(days=9)), actor=boss, now=NOW)
    other = acting(helper, Role.ADMIN)
    for act in (
        lambda: user_roles.end(session, first, row_of(session, first), actor=other, now=NOW),
        lambda: user_roles.correct(
            session, first, row_of(session, first), term(Role.ADMIN, ends_on=TODAY), actor=other, now=NOW
        ),
        lambda: users.deactivate(session, first, reason="pindah", actor=other, now=NOW),
    ):
        with pytest.raises(RuleBroken, match="tanpa tanggal akhir"):
            act()
    user_roles.correct(session, helper, second, term(Role.ADMIN), actor=boss, now=NOW)
    user_roles.end(session, first, row_of(session, first), actor=other, now=NOW)
    assert sign_in.roles_on(session, first.id, now=NOW) == frozenset()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEGAL, Role.HEAD, Role.DIRECTOR])
def test_only_administrators_keep_accounts(session, boss, role):
    person, other = make_account(session, Role.OFFICER), acting(make_account(session, role), role)
    with pytest.raises(NotAllowed):
        user_roles.give(session, person, term(), actor=other, now=NOW)
    with pytest.raises(NotAllowed):
        users.deactivate(session, person, reason="x", actor=other, now=NOW)
    with pytest.raises(NotAllowed):
        users.end_sessions(session, person, actor=other, now=NOW)


def test_a_session_ended_by_an_administrator_opens_nothing_from_then_on(session, boss):
    person = make_account(session, Role.OFFICER)
    tokens = [sign_in.open_session(session, person, agent="Firefox", now=NOW) for _ in range(3)]
    first = session.scalars(select(SignInSession).where(SignInSession.account_id == person.id)).first()
    users.end_session(session, person, first, actor=boss, now=NOW)
    assert [sign_in.resolve(session, token, now=NOW) is None for token in tokens] == [True, False, False]
    users.end_sessions(session, person, actor=boss, now=NOW)
    assert [sign_in.resolve(session, token, now=NOW) for token in tokens] == [None] * 3


def test_who_is_out_of_use_is_out_everywhere_and_is_sent_nothing(session, boss):
    person = make_account(session, Role.OFFICER)
    token = sign_in.open_session(session, person, agent=None, now=NOW)
    calendar_feeds.create(session, name="Ponsel", view="", actor=acting(person, Role.OFFICER), now=NOW)
    mail = trial_mail.send(session, actor=acting(person, Role.OFFICER), now=NOW)
    with pytest.raises(RuleBroken) as refused:
        users.deactivate(session, person, reason=" ", actor=boss, now=NOW)
    assert refused.value.field == "reason"
    users.deactivate(session, person, reason="Pindah tugas", actor=boss, now=NOW)
    assert sign_in.resolve(session, token, now=NOW) is None
    assert session.scalars(select(CalendarFeed.revoked_at)).all() == [NOW]
    assert session.get_one(Message, mail.id).stage is MessageStage.CANCELLED
    users.activate(session, person, actor=boss, now=NOW)
    assert sign_in.roles_on(session, person.id, now=NOW) == {Role.OFFICER}


def test_who_holds_work_cannot_be_put_out_of_use(session, boss):
    person = make_account(session, Role.OFFICER)
    make_agreement(session, officer_id=person.id)
    with pytest.raises(RuleBroken, match="masih memegang 1 hal"):
        users.deactivate(session, person, reason="Pindah", actor=boss, now=NOW)
    assert person.is_active


def test_staff_are_invited_by_administrators_only_and_nobody_else_touches_that_invitation(session, boss):
    unit, invitee = make_ministry(session), Invitee(email="Baru@Kemensos.Example", name="Baru", role=Role.LEGAL)
    officer = acting(make_account(session, Role.OFFICER), Role.OFFICER)
    with pytest.raises(NotAllowed):
        invitations.invite_staff(session, unit, invitee, base_url="", actor=officer, now=NOW)
    with pytest.raises(RuleBroken):
        invitations.invite_staff(session, make_partner(session), invitee, base_url="", actor=boss, now=NOW)
    sent = invitations.invite_staff(session, unit, invitee, base_url="", actor=boss, now=NOW)
    for act in (invitations.withdraw, lambda *a, **k: invitations.send_again(*a, base_url="", **k)):
        with pytest.raises(NotAllowed):
            act(session, sent.invitation, actor=officer, now=NOW)
    account = invitations.accept(
        session, sent.invitation, name="Baru", phone=None, password="sebuah kalimat panjang", now=NOW
    )
    assert (account.email, sign_in.roles_on(session, account.id, now=NOW)) == ("baru@kemensos.example", {Role.LEGAL})
