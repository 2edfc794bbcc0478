"""The team of a partner: who may change it, who must be left, and who is out at once."""

import pytest

from portal.domain.policy import Role
from portal.models import Account, Invitation
from tests.factories import make_account, make_partner
from tests.web.test_strangers import CHANGING


@pytest.fixture
def house(session, as_account):
    """A partner with a manager, a responsible person and a writer; the manager is signed in."""
    own = make_partner(session, name="Yayasan Contoh Melati")
    people = {
        role: make_account(session, role, own, name=f"Orang {role}")
        for role in (Role.PARTNER_MANAGER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_WRITER)
    }
    session.commit()
    return own, people, as_account(people[Role.PARTNER_MANAGER])


def roles_of(session, account):
    """The roles that a person holds on the day of the tests."""
    session.expire_all()
    return {role.role for role in session.get(Account, account.id).roles if role.ends_on is None}


def test_everybody_reads_the_list_and_only_the_manager_changes_it(session, house, as_account):
    _, people, manager = house
    writer = as_account(people[Role.PARTNER_WRITER])
    seen = writer.page("partner.team.index")
    assert "Orang partner_manager" in seen.text
    assert "Hanya pengelola akun lembaga" in seen.text
    assert "Undang orang" not in seen.text
    assert "Undang orang" in manager.page("partner.team.index").text
    number = people[Role.PARTNER_WRITER].id
    assert writer.get("partner.team.invite").status_code == 403
    assert writer.get("partner.team.roles", number=number).status_code == 403


def test_people_of_others_and_of_the_ministry_answer_as_absent_ones(session, house):
    *_, manager = house
    stranger = make_account(session, Role.PARTNER_WRITER, make_partner(session, name="Kenari Asing"))
    officer = make_account(session)
    session.commit()
    bodies = set()
    for number in (stranger.id, officer.id, 987654):
        for endpoint in ("partner.team.roles", "partner.team.end_access"):
            answer = manager.get(endpoint, number=number)
            assert answer.status_code == 404
            bodies.add((endpoint, CHANGING.sub("", answer.get_data(as_text=True))))
    assert len(bodies) == 2, "one for each of the two pages"
    assert all("Kenari" not in body for _, body in bodies)
    assert "Kenari" not in manager.page("partner.team.index").text


def test_roles_are_given_and_taken(session, house):
    _, people, manager = house
    writer = people[Role.PARTNER_WRITER]
    page = manager.page("partner.team.roles", number=writer.id)
    told = manager.submit(page, "Simpan peran", [("roles", "partner_viewer"), ("roles", "partner_manager")])
    assert "Peran tersimpan." in told.text
    assert roles_of(session, writer) == {Role.PARTNER_VIEWER, Role.PARTNER_MANAGER}


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.PARTNER_MANAGER, "Tunjuk pengelola lain dulu."),
        (Role.PARTNER_RESPONSIBLE, "Tunjuk orang lain dulu."),
    ],
)
def test_the_last_manager_and_the_last_responsible_person_stay(session, house, role, sentence):
    _, people, manager = house
    person = people[role]
    page = manager.page("partner.team.roles", number=person.id)
    assert sentence in manager.submit(page, "Simpan peran", [("roles", "partner_viewer")], expect=422).text
    page = manager.page("partner.team.end_access", number=person.id)
    assert sentence in manager.submit(page, "Akhiri akses", {"successor": ""}, expect=422).text
    assert roles_of(session, person) == {role}


def test_a_suspended_manager_does_not_count_as_one_who_is_left(session, house):
    own, people, manager = house
    make_account(session, Role.PARTNER_MANAGER, own, is_active=False)
    session.commit()
    page = manager.page("partner.team.roles", number=people[Role.PARTNER_MANAGER].id)
    assert "pengelola lain" in manager.submit(page, "Simpan peran", [("roles", "partner_viewer")], expect=422).text


def test_who_takes_over_gets_the_last_roles_and_who_leaves_is_out_at_once(session, house, as_account):
    _, people, manager = house
    responsible, writer = people[Role.PARTNER_RESPONSIBLE], people[Role.PARTNER_WRITER]
    leaving = as_account(responsible)
    assert leaving.page("partner.home.show")
    page = manager.page("partner.team.end_access", number=responsible.id)
    manager.submit(page, "Akhiri akses", {"successor": str(writer.id)})
    assert roles_of(session, writer) == {Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE}
    assert roles_of(session, responsible) == set()
    assert leaving.get("partner.home.show").headers["Location"].startswith("/masuk")


def test_the_manager_hands_over_and_leaves(session, house):
    _, people, manager = house
    page = manager.page("partner.team.end_access", number=people[Role.PARTNER_MANAGER].id)
    answer = manager.send(page, "Akhiri akses", {"successor": str(people[Role.PARTNER_WRITER].id)})
    assert answer.status_code == 303
    assert manager.get("partner.team.index").headers["Location"].startswith("/masuk")
    assert Role.PARTNER_MANAGER in roles_of(session, people[Role.PARTNER_WRITER])


def test_who_has_left_is_given_access_again_by_their_name(session, house, as_account):
    _, people, manager = house
    writer = people[Role.PARTNER_WRITER]
    manager.submit(manager.page("partner.team.end_access", number=writer.id), "Akhiri akses")
    assert "Sudah keluar" in manager.page("partner.team.index").text
    page = manager.page("partner.team.roles", number=writer.id)
    manager.submit(page, "Simpan peran", [("roles", "partner_viewer")])
    assert as_account(writer).page("partner.home.show")


def test_a_manager_invites_sends_again_and_withdraws(session, house):
    own, _, manager = house
    fields = {"name": "Budi", "email": "budi@lembaga.test", "role": "partner_viewer", "phone": "0812-3456-7890"}
    sent = manager.submit(manager.page("partner.team.invite"), "Kirim undangan", fields)
    assert "/undangan/" in sent.text
    assert sent.all("//a[starts-with(@href, 'https://wa.me/6281234567890?text=')]")
    row = session.query(Invitation).one()
    assert (row.organisation_id, row.role) == (own.id, Role.PARTNER_VIEWER)
    team = manager.page("partner.team.index")
    assert "Budi" in team.text
    assert "/undangan/" in manager.submit(team, "Kirim ulang").text
    confirm = manager.page("partner.team.withdraw", number=row.id)
    assert "dibatalkan" in manager.submit(confirm, "Batalkan undangan").text
    assert "budi@lembaga.test" not in manager.page("partner.team.index").text


def test_invitations_of_others_answer_as_absent_ones(session, house, as_partner):
    _, _, manager = house
    fields = {"name": "Budi", "email": "budi@lembaga.test", "role": "partner_viewer"}
    manager.submit(manager.page("partner.team.invite"), "Kirim undangan", fields)
    number = session.query(Invitation).one().id
    stranger = as_partner(make_partner(session), Role.PARTNER_MANAGER)
    assert stranger.get("partner.team.withdraw", number=number).status_code == 404
    assert stranger.get("partner.team.withdraw", number=987654).status_code == 404


def test_a_suspended_account_is_out_at_once(session, house, as_account):
    _, people, _ = house
    writer = as_account(people[Role.PARTNER_WRITER])
    assert writer.page("partner.team.index")
    session.get(Account, people[Role.PARTNER_WRITER].id).is_active = False
    session.commit()
    assert writer.get("partner.team.index").headers["Location"].startswith("/masuk")


def test_ending_access_takes_the_role_of_a_central_boards_reader_too(session, house, as_account):
    own, _, manager = house
    reader = make_account(session, Role.UMBRELLA_READER, own)
    inside = as_account(reader)
    assert inside.page("partner.members.index")
    manager.submit(manager.page("partner.team.end_access", number=reader.id), "Akhiri akses")
    assert inside.get("partner.members.index").headers["Location"].startswith("/masuk")
