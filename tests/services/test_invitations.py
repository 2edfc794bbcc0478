"""Invitations: what link and code open and how often, who may invite whom, sending again, withdrawing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import Account, Entry, Invitation, Message
from portal.services import invitations
from portal.services.invitations import Invitee
from tests.factories import make_account, make_ministry, make_partner
from tests.factories.instants import NOW

GOOD = "payung biru di halte"


def officer(session):
    account = make_account(session)
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset({Role.OFFICER}),
    )


def send(session, organisation, email="siti@lembaga.test", role=Role.PARTNER_WRITER, actor=SYSTEM, now=NOW):
    return invitations.invite(
        session,
        organisation,
        Invitee(email=email, name="Siti", role=role),
        base_url="https://simpul.test",
        actor=actor,
        now=now,
    )


def secret(sent):
    """The secret part of a link."""
    return sent.link.rpartition("/")[2]


def accept(session, token, password=GOOD, *, now=NOW):
    row = invitations.get(session, token)
    return invitations.accept(session, row, name="Siti", phone=None, password=password, now=now)


def test_an_invitation_puts_one_mail_in_the_outbox_and_opens_one_account(session):
    partner = make_partner(session)
    token = secret(send(session, partner, actor=officer(session)))
    assert session.scalar(select(func.count()).select_from(Message)) == 1
    account = accept(session, token)
    assert (account.organisation_id, account.email) == (partner.id, "siti@lembaga.test")
    assert [r.role for r in account.roles] == [Role.PARTNER_WRITER]
    with pytest.raises(RuleBroken):
        accept(session, token)
    assert session.scalar(select(func.count()).select_from(Account).where(Account.name == "Siti")) == 1


def test_an_invitation_is_over_after_72_hours(session):
    token = secret(send(session, make_partner(session)))
    with pytest.raises(RuleBroken):
        accept(session, token, now=NOW + timedelta(hours=72))


def test_a_link_that_was_never_ours_is_not_found(session):
    with pytest.raises(NotFound):
        accept(session, "bukan-tautan-kami")


@pytest.mark.parametrize("password", ["pendek", "lembagacontoh", "aaaaaaaaaaaaaaaa", "kemensos12345678", "siti" * 4])
def test_a_weak_password_is_refused_with_a_sentence(session, password):
    token = secret(send(session, make_partner(session, name="Lembaga Contoh")))
    with pytest.raises(RuleBroken) as refusal:
        accept(session, token, password)
    assert refusal.value.field == "password"
    assert session.scalar(select(Invitation.accepted_at)) is None


def test_who_may_not_invite_is_told_who_may(session):
    head = Actor(account_id=None, name="Kepala", organisation_id=None, roles=frozenset({Role.HEAD}))
    with pytest.raises(NotAllowed, match="petugas"):
        send(session, make_partner(session), actor=head)


def test_staff_roles_and_our_own_units_cannot_be_invited(session):
    with pytest.raises(RuleBroken):
        send(session, make_partner(session), role=Role.ADMIN)
    with pytest.raises(RuleBroken):
        send(session, make_ministry(session))


def test_an_address_with_an_account_is_not_invited_again(session):
    account = make_account(session)
    with pytest.raises(RuleBroken) as refusal:
        send(session, make_partner(session), email=account.email)
    assert refusal.value.field == "email"


def manager(session, organisation):
    account = make_account(session, Role.PARTNER_MANAGER, organisation)
    roles = frozenset({Role.PARTNER_MANAGER})
    return Actor(account_id=account.id, name=account.name, organisation_id=organisation.id, roles=roles)


def test_a_manager_invites_into_the_own_organisation_only(session):
    own, other = make_partner(session), make_partner(session)
    assert send(session, own, actor=manager(session, own)).invitation.organisation_id == own.id
    with pytest.raises(NotFound):
        send(session, other, "lain@lembaga.test", actor=manager(session, own))


def test_a_manager_invites_at_most_twenty_people_a_day(session):
    own = make_partner(session)
    actor = manager(session, own)
    for number in range(invitations.MOST_IN_A_DAY):
        send(session, own, f"orang{number}@lembaga.test", actor=actor)
    with pytest.raises(RuleBroken, match="Lanjutkan besok"):
        send(session, own, "satu.lagi@lembaga.test", actor=actor)
    assert send(session, own, "satu.lagi@lembaga.test", actor=actor, now=NOW + timedelta(days=1, minutes=1))


def test_nobody_is_invited_twice_at_once(session):
    own = make_partner(session)
    send(session, own)
    with pytest.raises(RuleBroken, match="sudah diundang"):
        send(session, own)


def test_an_invitation_that_is_sent_again_has_new_secrets_and_a_new_life(session):
    first = send(session, make_partner(session))
    later = NOW + timedelta(hours=80)
    second = invitations.send_again(session, first.invitation, base_url="https://simpul.test", actor=SYSTEM, now=later)
    with pytest.raises(NotFound):
        invitations.get(session, secret(first))
    with pytest.raises(NotFound):
        invitations.get_by_code(session, first.code)
    assert accept(session, secret(second), now=later + timedelta(hours=71)).email == "siti@lembaga.test"
    assert session.scalar(select(func.count()).select_from(Message)) == 2


def test_a_withdrawn_invitation_opens_nothing_and_the_person_can_be_invited_again(session):
    own = make_partner(session)
    sent = send(session, own)
    invitations.withdraw(session, sent.invitation, actor=SYSTEM, now=NOW)
    with pytest.raises(RuleBroken):
        accept(session, secret(sent))
    with pytest.raises(RuleBroken):
        invitations.withdraw(session, sent.invitation, actor=SYSTEM, now=NOW)
    assert accept(session, secret(send(session, own)))


@pytest.mark.parametrize("typed", ["{code}", "{lower}", " {bare} ", "{spaced}"])
def test_a_spoken_code_opens_the_same_invitation_however_it_is_typed(session, typed):
    sent = send(session, make_partner(session))
    bare = sent.code.replace("-", "")
    said = typed.format(code=sent.code, lower=sent.code.lower(), bare=bare, spaced=" ".join(bare))
    assert invitations.hear(session, said, address="127.0.0.1", now=NOW).is_right
    assert invitations.get_by_code(session, said).id == sent.invitation.id


def test_a_code_is_never_the_secret_of_a_link(session):
    sent = send(session, make_partner(session))
    with pytest.raises(NotFound):
        invitations.get(session, sent.code)


def test_of_link_and_code_only_hashes_are_kept(session):
    sent = send(session, make_partner(session))
    row = session.scalars(select(Invitation)).one()
    assert {secret(sent), sent.code} & {row.token_hash, row.code_hash} == set()


def test_after_ten_codes_an_address_waits_and_another_does_not(session):
    sent = send(session, make_partner(session))
    for _ in range(invitations.CODE_TRIES):
        assert not invitations.hear(session, "ZZZZ-ZZZZ", address="10.0.0.1", now=NOW).is_right
    waits = invitations.hear(session, sent.code, address="10.0.0.1", now=NOW)
    assert not waits.is_right
    assert waits.wait_until > NOW
    assert invitations.hear(session, sent.code, address="10.0.0.2", now=NOW).is_right


def test_an_address_that_got_an_account_meanwhile_is_told_so(session):
    sent = send(session, make_partner(session))
    make_account(session, Role.PARTNER_WRITER, email="siti@lembaga.test")
    with pytest.raises(RuleBroken, match="sudah punya akun"):
        accept(session, secret(sent))


def test_a_new_invitation_is_asked_for_once_a_day_and_told_to_who_invited(session):
    inviter = officer(session)
    sent = send(session, make_partner(session), actor=inviter)
    ask = {"unit_mailbox": "unit@kemensos.test"}
    assert invitations.ask_again(session, sent.invitation, now=NOW + timedelta(days=4), **ask)
    assert not invitations.ask_again(session, sent.invitation, now=NOW + timedelta(days=4, hours=1), **ask)
    mail = session.scalars(select(Message).where(Message.template == "invitation_wanted")).one()
    assert mail.account_id == inviter.account_id
    assert mail.values["path"].startswith("/kantor/mitra/")


def test_without_an_inviter_the_unit_is_told(session):
    sent = send(session, make_partner(session))
    invitations.ask_again(session, sent.invitation, unit_mailbox="unit@kemensos.test", now=NOW)
    assert session.scalar(select(Message.recipient).where(Message.template == "invitation_wanted")) == (
        "unit@kemensos.test"
    )


def test_every_act_leaves_an_entry(session):
    sent = send(session, make_partner(session))
    again = invitations.send_again(session, sent.invitation, base_url="https://simpul.test", actor=SYSTEM, now=NOW)
    accept(session, secret(again))
    assert session.scalars(select(Entry.action).order_by(Entry.id)).all() == [
        "partner_invited",
        "invitation_sent_again",
        "invitation_accepted",
    ]
