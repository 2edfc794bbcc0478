"""The administrator's pages: the list, a person, roles, invitations, out of use, handing over, who may what."""

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Account, AccountRole, Handover, Invitation
from tests.factories import make_account, make_agreement, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.pages import Page

PAGES = ("staff.users.index", "staff.user_invitations.create", "staff.permissions.show", "staff.permissions.pages")


@pytest.fixture
def admin(session, as_staff):
    make_calendar(session)
    return as_staff(Role.ADMIN)


def text_of(page: Page) -> str:
    return " ".join(" ".join(page.all("//main//text()")).split())


def test_the_list_finds_people_by_words_side_role_and_state(session, admin):
    partner = make_partner(session, name="Yayasan Melati")
    make_account(session, Role.PARTNER_WRITER, partner, name="Lina Marselina")
    make_account(session, Role.LEGAL, name="Dewi Anggraheni")
    make_account(session, Role.OFFICER, name="Hasan Lama", is_active=False)
    session.commit()
    asked = {
        "q=lina+melati": {"Lina Marselina"},
        "jenis=mitra": {"Lina Marselina"},
        "jenis=pegawai&peran=legal": {"Dewi Anggraheni"},
        "keadaan=nonaktif": {"Hasan Lama"},
    }
    for query, names in asked.items():
        page = admin.read(f"/kantor/kelola/pengguna?{query}")
        assert set(page.all("//table//td[1]/a/text()")) == names
    page = admin.read("/kantor/kelola/pengguna?jenis=lain")
    assert "tidak dikenal" in text_of(page)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEGAL, Role.HEAD, Role.DIRECTOR])
def test_only_administrators_look_after_people_and_everybody_in_the_office_reads_the_matrix(session, as_staff, role):
    person = make_account(session, Role.OFFICER)
    visitor = as_staff(role)
    assert visitor.get("staff.users.index").status_code == 403
    assert visitor.get("staff.users.show", number=person.id).status_code == 403
    assert visitor.post("staff.users.end_sessions", number=person.id).status_code in {400, 403}
    assert "Membaca naskah yang dibatasi" in text_of(visitor.page("staff.permissions.show"))


def test_a_role_is_given_corrected_and_ended_through_the_pages(session, admin):
    person = make_account(session, Role.OFFICER)
    page = admin.page("staff.user_roles.create", number=person.id)
    wrong = admin.submit(page, "Simpan peran", {"role": "head", "tenure": "acting", "letter": "SP-7"}, expect=422)
    assert "selalu sementara" in text_of(wrong)
    assert wrong.all("//input[@name='letter']/@value") == ["SP-7"]
    shown = admin.submit(wrong, "Simpan peran", {"ends_on": "2026-12-31"})
    assert "Pelaksana tugas" in text_of(shown)
    role = session.scalars(select(AccountRole).where(AccountRole.role == Role.HEAD)).one()
    page = admin.page("staff.user_roles.edit", number=person.id, role_id=role.id)
    admin.submit(page, "Simpan peran", {"ends_on": "2026-12-15"})
    assert session.get_one(AccountRole, role.id).ends_on.isoformat() == "2026-12-15"
    admin.submit(admin.page("staff.user_roles.edit", number=person.id, role_id=role.id), "Akhiri peran")
    assert session.get_one(AccountRole, role.id).ends_on.isoformat() == "2026-11-20"


def test_a_role_has_to_be_chosen(session, admin):
    person = make_account(session, Role.OFFICER)
    page = admin.page("staff.user_roles.create", number=person.id)
    wrong = admin.submit(page, "Simpan peran", {"role": "", "letter": "SP-7"}, expect=422)
    assert "Pilih peran." in text_of(wrong)
    assert wrong.all("//input[@name='letter']/@value") == ["SP-7"]


def test_facts_are_changed_and_devices_ended(session, admin, as_account):
    person = make_account(session, Role.OFFICER)
    other = as_account(person)
    assert other.get("staff.home.show").status_code == 200
    admin.submit(admin.page("staff.users.edit", number=person.id), "Simpan", {"name": "Nama Baru", "language": "en"})
    assert (session.get_one(Account, person.id).name, session.get_one(Account, person.id).language) == (
        "Nama Baru",
        "en",
    )
    admin.submit(admin.page("staff.users.show", number=person.id), "Keluarkan semua dan lupakan perangkatnya")
    assert other.get("staff.home.show").status_code == 302


def test_a_colleague_is_invited_and_the_invitation_withdrawn(session, admin):
    page = admin.page("staff.user_invitations.create")
    fields = {"name": "Hana", "email": "hana@kemensos.example", "role": "officer"}
    sent = admin.submit(page, "Kirim undangan", fields)
    assert "hanya tampil sekali" in text_of(sent)
    invitation = session.scalars(select(Invitation)).one()
    waiting = admin.read("/kantor/kelola/pengguna?keadaan=diundang")
    assert "hana@kemensos.example" in text_of(waiting)
    admin.submit(admin.page("staff.user_invitations.withdraw", number=invitation.id), "Batalkan undangan")
    assert session.get_one(Invitation, invitation.id).withdrawn_at is not None
    assert admin.get("staff.user_invitations.withdraw", number=99).status_code == 404


def test_work_is_handed_over_with_a_record_before_the_account_goes_out_of_use(session, admin):
    old, new = make_account(session, Role.OFFICER, name="Hasan"), make_account(session, Role.LEGAL, name="Hana")
    secret = make_agreement(session, officer_id=old.id, is_confidential=True, title="Rahasia sekali")
    plain = make_agreement(session, officer_id=old.id, title="Terbuka saja")
    session.commit()
    page = admin.page("staff.users.show", number=old.id)
    assert "masih memegang 2 hal" in text_of(page)
    plan = admin.page("staff.handovers.plan", number=old.id)
    assert "Rahasia sekali" not in text_of(plan)
    wrong = admin.submit(plan, "Periksa", {"everything": str(new.id)}, expect=422)
    assert "dasar mutasi" in text_of(wrong)
    check = admin.submit(wrong, "Periksa", {"everything": str(new.id), "basis": "SK-12/2026"})
    assert "2 kepada Hana" in text_of(check)
    assert session.scalars(select(Handover)).all() == []
    record = admin.submit(check, "Mutasikan sekarang")
    said = text_of(record)
    assert all(word in said for word in ("SK-12/2026", "Terbuka saja", plain.code, secret.code, "Naskah dibatasi"))
    assert "Rahasia sekali" not in said
    page = admin.page("staff.users.deactivate", number=old.id)
    admin.submit(page, "Nonaktifkan akun", {"reason": "Pindah tugas"})
    assert session.get_one(Account, old.id).is_active is False
    admin.submit(admin.page("staff.users.show", number=old.id), "Aktifkan lagi")
    assert session.get_one(Account, old.id).is_active is True


def test_a_stale_preview_is_refused_and_nothing_typed_is_lost(session, admin):
    old, new = make_account(session, Role.OFFICER), make_account(session, Role.OFFICER, name="Hana")
    make_agreement(session, officer_id=old.id)
    plan = admin.page("staff.handovers.plan", number=old.id)
    check = admin.submit(plan, "Periksa", {"everything": str(new.id), "basis": "SK-12/2026"})
    make_agreement(session, officer_id=old.id)
    again = admin.submit(check, "Mutasikan sekarang", expect=422)
    assert "Daftarnya berubah" in text_of(again)
    assert again.all("//input[@name='basis']/@value") == ["SK-12/2026"]
    assert session.scalars(select(Handover)).all() == []


def test_what_was_typed_is_kept_when_meanwhile_nothing_is_left_to_hand_over(session, admin):
    old, new = make_account(session, Role.OFFICER), make_account(session, Role.OFFICER, name="Hana")
    agreement = make_agreement(session, officer_id=old.id)
    plan = admin.page("staff.handovers.plan", number=old.id)
    agreement.officer_id = new.id
    wrong = admin.submit(plan, "Periksa", {"everything": str(new.id), "basis": "SK-12/2026"}, expect=422)
    assert "Tidak memegang apa pun" in text_of(wrong)
    assert wrong.all("//*[@id='isian']//blockquote//text()[normalize-space()]") == ["SK-12/2026"]
    assert not wrong.all("//form//*[@name='basis']")


def test_pages_of_the_administrator_open(admin):
    for endpoint in PAGES:
        assert admin.page(endpoint).all("//h1")
