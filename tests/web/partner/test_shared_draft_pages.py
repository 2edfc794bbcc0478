"""A shared draft on the pages of both sides: shared, answered by Pasal, sent, decided, sent back, shared anew."""

from io import BytesIO

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.shared_draft import SharingStage
from portal.models import SharedDraft
from portal.services import drafting
from tests.factories import make_account, make_agreement
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries
from tests.services.test_draft_sharings import acting
from tests.web.staff.test_exports import sheets

NOTE = "Mohon perhatikan Pasal pembiayaan."


@pytest.fixture
def agreement(session, app):
    """An agreement with two partners and a draft."""
    storage = app.extensions["storage"]
    seed_libraries(session, storage)
    account = make_account(session, Role.OFFICER, name="Ratna")
    made = make_agreement(session, officer_id=account.id, stage="negotiation")
    drafting.draft(session, made, actor=acting(account, Role.OFFICER), now=NOW, storage=storage)
    return made


@pytest.fixture
def office(agreement, as_account):
    """The officer of the agreement."""
    return as_account(agreement.officer)


@pytest.fixture
def phone(agreement, as_partner):
    """The responsible person of the first partner."""
    return as_partner(agreement.parties[1].organisation)


@pytest.fixture
def shared(session, agreement, office, phone):
    """The draft as the first partner was shown it."""
    del phone
    overview = office.page("staff.drafting.overview", code=agreement.code)
    page = office.read(overview.link("Bagikan untuk tanggapan"))
    chosen = agreement.parties[1].organisation.code
    done = office.submit(page, "Bagikan rancangan", {"parties": chosen, "due_on": "2026-12-04", "note": NOTE})
    assert "Rancangan dibagikan." in done.main
    return session.scalars(select(SharedDraft)).one()


def answer(phone, shared, place, expect=200, **typed):
    """Answer one Pasal."""
    where = {"code": shared.agreement.code, "number": shared.number, "place": place}
    page = phone.page("partner.shared_drafts.article", **where)
    return phone.submit(page, "Simpan dan lanjut", typed, expect=expect)


def send(phone, shared):
    """Agree to the rest, look at everything, send it."""
    here = {"code": shared.agreement.code, "number": shared.number}
    page = phone.page("partner.shared_drafts.show", **here)
    rest = len(shared.articles) - len(shared.replies)
    page = phone.submit(page, f"Setuju dengan {rest} Pasal sisanya")
    page = phone.read(page.link("Periksa dan kirim"))
    return phone.submit(page, "Kirim tanggapan")


def test_the_draft_is_the_next_thing_and_goes_pasal_by_pasal_to_the_receipt(shared, phone):
    home = phone.page("partner.home.show")
    assert "Tanggapi rancangan:" in home.main
    page = phone.read(home.link("Mulai tanggapan"))
    assert NOTE in page.main
    asked = answer(phone, shared, 1, verdict="ask", remark="Apa maksudnya?")
    assert "Pasal 2 dari" in asked.main
    page = send(phone, shared)
    assert "Tanda terima tanggapan" in page.main
    assert "TR-" in page.main
    again = phone.page("partner.shared_drafts.article", code=shared.agreement.code, number=1, place=1)
    assert "Apa maksudnya?" in again.main
    assert not again.all("//textarea")


def test_nothing_typed_is_lost_when_an_answer_is_refused(shared, phone):
    page = answer(phone, shared, 1, expect=422, verdict="ask", words="Kata-kata kami.", remark="Mengapa?")
    assert "Anda mengubah kata-katanya." in page.main
    assert page.one("//textarea[@name='words']").text_content().strip() == "Kata-kata kami."
    assert page.one("//textarea[@name='remark']").text_content().strip() == "Mengapa?"


def test_what_was_typed_is_shown_when_a_colleague_has_sent_the_answer_meanwhile(shared, phone):
    where = {"code": shared.agreement.code, "number": shared.number, "place": 1}
    page = phone.page("partner.shared_drafts.article", **where)
    send(phone, shared)
    typed = {"verdict": "ask", "remark": "Siapa yang menanggung biaya audit?"}
    refused = phone.submit(page, "Simpan dan lanjut", typed, expect=422)
    assert "Tanggapan ini sudah dikirim." in refused.main
    # The words of the Pasal went along with the form; they stand on the page already.
    assert [each.text_content() for each in refused.all("//*[@id='isian']//blockquote/p")] == [typed["remark"]]


def test_the_office_decides_by_pasal_and_the_partner_reads_it_once_it_is_sent(session, shared, phone, office):
    words = shared.articles[0]["text"] + "\nKami setuju bersama."
    answer(phone, shared, 1, verdict="propose", words=words, remark="Agar jelas")
    answer(phone, shared, 2, verdict="ask", remark="Kapan mulai?")
    here = {"code": shared.agreement.code, "sharing_id": shared.id}
    assert "Kapan mulai?" not in office.page("staff.shared_drafts.show", **here).main
    send(phone, shared)
    assert "Putuskan tanggapan mitra:" in office.page("staff.tasks.index").main
    page = office.page("staff.shared_drafts.show", **here)
    assert "Kami setuju bersama." in page.main
    given = sheets(office, "staff.exports.replies", **here)["Matriks tanggapan"]
    assert [(row["Tanggapan mitra"], row["Pertanyaan atau alasan"]) for row in given[:3]] == [
        ("Usul kata lain", "Agar jelas"),
        ("Tanya", "Kapan mulai?"),
        ("Setuju", None),
    ]
    refused = office.submit(page, "Kirim keputusan kepada mitra", expect=422)
    assert "2 tanggapan belum diputuskan." in refused.main
    decide(office, shared, 0, decision="taken_over")
    decide(office, shared, 1, decision="answered", note="Sejak ditandatangani.")
    seen = {"code": shared.agreement.code, "number": 1, "place": 2}
    assert "Sejak ditandatangani." not in phone.page("partner.shared_drafts.article", **seen).main
    office.submit(office.page("staff.shared_drafts.show", **here), "Kirim keputusan kepada mitra")
    assert "Sejak ditandatangani." in phone.page("partner.shared_drafts.article", **seen).main
    page = office.page("staff.shared_drafts.share", code=shared.agreement.code)
    office.submit(page, "Bagikan rancangan", {"parties": shared.organisation.code, "due_on": "2026-12-18"})
    second = phone.page("partner.shared_drafts.article", code=shared.agreement.code, number=2, place=1)
    assert second.one("//ins[contains(., 'Kami setuju bersama.')]") is not None
    assert session.scalars(select(SharedDraft.stage).order_by(SharedDraft.id)).all() == [
        SharingStage.RETURNED,
        SharingStage.SHARED,
    ]


def decide(office, shared, place, **typed):
    """Decide about one Pasal."""
    key = shared.articles[place]["key"]
    page = office.page("staff.shared_drafts.decide", code=shared.agreement.code, sharing_id=shared.id, key=key)
    return office.submit(page, "Simpan keputusan", typed)


def test_a_word_file_passes_the_gate_and_is_seen_by_the_office_when_it_is_sent(session, app, shared, phone, office):
    here = {"code": shared.agreement.code, "number": 1}
    page = phone.page("partner.shared_drafts.upload", **here)
    bad = phone.submit(page, "Unggah berkas", {"files": (BytesIO(b"bukan Word"), "kami.docx")}, expect=422)
    assert bad.all("//*[@id='files-error']")
    own = app.extensions["storage"].read(shared.digest)
    page = phone.submit(page, "Unggah berkas", {"files": (BytesIO(own), "kami.docx")}, expect=422)
    assert "sama dengan rancangan dari kami" in page.main
    assert office.get("staff.shared_drafts.own_file", code=here["code"], sharing_id=shared.id).status_code == 404


def test_a_writer_prepares_but_does_not_send_and_a_viewer_only_reads(shared, agreement, as_partner):
    here = {"code": agreement.code, "number": 1}
    writer = as_partner(agreement.parties[1].organisation, Role.PARTNER_WRITER)
    page = writer.page("partner.shared_drafts.check", **here)
    assert "Hanya penanggung jawab dan pengelola akun" in page.main
    viewer = as_partner(agreement.parties[1].organisation, Role.PARTNER_VIEWER)
    page = viewer.page("partner.shared_drafts.article", place=1, **here)
    assert "Akun Anda hanya dapat melihat." in page.main
    assert not page.all("//textarea")


def test_the_other_partner_finds_nothing(shared, agreement, as_partner):
    other = as_partner(agreement.parties[2].organisation)
    assert other.get("partner.shared_drafts.show", code=agreement.code, number=1).status_code == 404
    assert "Rancangan" not in other.page("partner.agreements.show", code=agreement.code).main
    assert "Tanggapi rancangan" not in other.page("partner.home.show").main


def test_what_was_taken_back_is_gone_for_the_partner(shared, agreement, phone, office):
    page = office.page("staff.shared_drafts.show", code=agreement.code, sharing_id=shared.id)
    office.submit(page, "Tarik kembali rancangan")
    assert phone.get("partner.shared_drafts.show", code=agreement.code, number=1).status_code == 404
