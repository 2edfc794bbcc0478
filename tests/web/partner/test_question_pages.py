"""Questions about an agreement: a partner asks, the officer is told and answers, both see the same, nobody else."""

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import AgreementQuestion, Entry, Message
from tests.factories import make_account, make_agreement, make_obligation

WORDS = "Apakah honor pendamping boleh dibayar per triwulan?"


@pytest.fixture
def agreement(session):
    """An agreement with two partners, an officer, and a duty that names its Pasal."""
    officer = make_account(session, Role.OFFICER, name="Ratna")
    made = make_agreement(session, officer_id=officer.id)
    make_obligation(session, made, article="Pasal 7 ayat (2)")
    return made


@pytest.fixture
def asker(agreement, as_partner):
    """Somebody of the first partner."""
    return as_partner(agreement.parties[1].organisation)


def ask(visitor, agreement, expect=200, **typed):
    """Send the form."""
    page = visitor.page("partner.questions.ask", code=agreement.code)
    return visitor.submit(page, "Kirim pertanyaan", {"text": WORDS} | typed, expect=expect)


def test_a_question_is_numbered_and_says_who_answers_and_how_soon(session, agreement, asker):
    listed = asker.page("partner.agreements.show", code=agreement.code)
    assert any(href.endswith("/tanya") for _, href in listed.links)
    page = ask(asker, agreement, article="Pasal 7 ayat (2)")
    assert "Pertanyaan 1: Pasal 7 ayat (2)" in page.main
    assert "Ratna menjawab paling lama 7 hari." in page.main
    assert session.scalars(select(Message.template)).all() == ["question_asked"]
    ask(asker, agreement, place="Lampiran II")
    rows = session.scalars(select(AgreementQuestion).order_by(AgreementQuestion.id)).all()
    assert [(row.number, row.place) for row in rows] == [(1, "Pasal 7 ayat (2)"), (2, "Lampiran II")]


def test_nothing_typed_is_lost_when_the_question_is_missing(agreement, asker):
    page = ask(asker, agreement, expect=422, text=" ", place="Lampiran II")
    assert "Tulis pertanyaan Anda." in page.main
    assert page.one("//input[@name='place']/@value") == "Lampiran II"


@pytest.mark.parametrize(("by_phone", "way"), [({}, ""), ({"by_phone": "y"}, "lewat telepon")], ids=["here", "phone"])
def test_the_answer_stands_on_both_sides_and_goes_to_the_asker(session, agreement, asker, as_staff, by_phone, way):
    ask(asker, agreement)
    office = as_staff()
    assert WORDS in office.page("staff.agreements.show", code=agreement.code).main
    row = session.scalars(select(AgreementQuestion)).one()
    page = office.page("staff.questions.show", code=agreement.code, question_id=row.id)
    done = office.submit(page, "Kirim jawaban", {"text": "Boleh, sesuai Pasal 7."} | by_phone)
    assert "Boleh, sesuai Pasal 7." in done.main
    seen = asker.page("partner.questions.show", code=agreement.code, number=1).main
    assert "Boleh, sesuai Pasal 7." in seen
    assert way in seen
    mail = session.scalars(select(Message).where(Message.template == "question_answered")).one()
    assert mail.account_id == asker.account.id
    assert set(session.scalars(select(Entry.action))) >= {"question_asked", "question_answered"}
    late = office.submit(page, "Kirim jawaban", {"text": "Lihat juga Pasal 8."}, expect=422)
    assert "Lihat juga Pasal 8." in late.one("//section[@id='isian']").text_content()


def test_the_question_waits_among_the_tasks_of_its_officer(agreement, asker, as_account):
    ask(asker, agreement, article="Pasal 7 ayat (2)")
    listed = as_account(agreement.officer).page("staff.tasks.index").main
    assert "Jawab pertanyaan: Pasal 7 ayat (2)" in listed


def test_the_other_partner_of_the_same_agreement_sees_nothing_of_it(agreement, asker, as_partner):
    ask(asker, agreement)
    other = as_partner(agreement.parties[2].organisation)
    assert WORDS not in other.page("partner.agreements.show", code=agreement.code).main
    foreign = other.page("partner.questions.show", code=agreement.code, number=1, expect=404)
    absent = other.page("partner.questions.show", code=agreement.code, number=7, expect=404)
    assert foreign.main.partition("kejadian")[0] == absent.main.partition("kejadian")[0]


def test_a_viewer_reads_but_does_not_ask(agreement, as_partner):
    viewer = as_partner(agreement.parties[1].organisation, Role.PARTNER_VIEWER)
    page = viewer.page("partner.questions.ask", code=agreement.code)
    assert "Akun Anda hanya dapat melihat." in page.main
    assert viewer.post("partner.questions.send", {"text": WORDS}, code=agreement.code).status_code in {400, 403}
