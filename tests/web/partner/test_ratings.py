"""Rating through the pages: asked after the end, answered once, changed for a while; the office only reads."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.rating import Answers, Question, Score
from portal.models import Rating
from portal.services import ratings
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.instants import NOW, TODAY
from tests.services.test_reliefs import acting

FULLY = {question.value: "5" for question in Question}


@pytest.fixture
def partner(session):
    return make_partner(session, name="Yayasan Harapan Bunda")


@pytest.fixture
def agreement(session, partner):
    """An agreement that ended yesterday."""
    parties = (make_ministry(session), partner, make_partner(session))
    return make_agreement(session, parties, ends_on=TODAY - timedelta(days=1), title="Rehabilitasi Anak")


@pytest.fixture
def visitor(partner, agreement, as_partner):
    """The responsible person."""
    return as_partner(partner, Role.PARTNER_RESPONSIBLE)


def test_the_first_page_leads_through_five_questions_to_thanks(session, visitor, agreement):
    home = visitor.page("partner.home.show")
    assert "Lima pertanyaan pendek" in home.main
    page = visitor.page("partner.ratings.show", code=agreement.code)
    done = visitor.submit(page, "Kirim jawaban", FULLY | {"remark": "Petugas ramah."})
    assert done.heading == "Terima kasih atas jawaban Anda"
    assert "Sangat setuju (5/5)" in done.main
    assert "Petugas ramah." in done.main
    assert "sampai 5 Desember 2026" in done.main
    row = session.scalars(select(Rating)).one()
    assert [getattr(row, question.value) for question in Question] == [5] * 5
    assert "Lima pertanyaan pendek" not in visitor.page("partner.home.show").main
    assert "Penilaian Anda" in visitor.page("partner.agreements.show", code=agreement.code).main


def test_a_missing_answer_is_named_and_nothing_chosen_is_lost(session, visitor, agreement):
    page = visitor.page("partner.ratings.show", code=agreement.code)
    half = {"clear": "3", "remark": "Surat terlambat."}
    again = visitor.submit(page, "Kirim jawaban", half, expect=422)
    assert again.main.count("Pilih satu jawaban.") >= 4
    assert "Surat terlambat." in again.main
    assert again.one("//input[@name='clear'][@checked]").get("value") == "3"
    assert session.scalars(select(Rating)).all() == []


def test_answers_are_changed_for_14_days_and_stand_then(session, visitor, agreement):
    page = visitor.page("partner.ratings.show", code=agreement.code)
    done = visitor.submit(page, "Kirim jawaban", FULLY)
    assert "Ubah jawaban" in done.main
    again = visitor.page("partner.ratings.show", code=agreement.code)
    assert again.one("//input[@name='again'][@checked]").get("value") == "5"
    visitor.submit(again, "Kirim jawaban", FULLY | {"again": "2"})
    row = session.scalars(select(Rating)).one()
    session.refresh(row)
    assert row.again == 2
    row.rated_at = NOW - timedelta(days=15)
    session.commit()
    assert "hanya dapat diubah selama 14 hari" in visitor.page("partner.ratings.show", code=agreement.code).main
    assert "Ubah jawaban" not in visitor.page("partner.ratings.thanks", code=agreement.code).main


def test_a_writer_reads_why_and_an_agreement_in_force_is_not_rated(session, as_partner, partner, visitor, agreement):
    writer = as_partner(partner, Role.PARTNER_WRITER)
    assert "Hanya penanggung jawab" in writer.page("partner.ratings.show", code=agreement.code).main
    assert "Lima pertanyaan pendek" not in writer.page("partner.home.show").main
    agreement.ends_on = TODAY
    session.commit()
    assert "belum berakhir" in visitor.page("partner.ratings.show", code=agreement.code).main
    assert "sudah berakhir" not in visitor.page("partner.agreements.show", code=agreement.code).main


def answer(session, agreement, place, score):
    """Answers of one party."""
    role = Role.PARTNER_RESPONSIBLE
    actor = acting(make_account(session, role, agreement.parties[place].organisation), role)
    told = Answers(scores=dict.fromkeys(Question, score), remark=f"Kata pihak {place}")
    ratings.rate(session, agreement, answers=told, version=0, actor=actor, now=NOW)


def test_the_office_reads_every_answer_and_no_average_of_a_few(session, as_staff, agreement, partner):
    officer = as_staff(Role.HEAD)
    assert "Penilaian mitra" not in officer.page("staff.home.show").main
    answer(session, agreement, 1, Score.MOSTLY)
    session.commit()
    page = officer.page("staff.agreements.show", code=agreement.code)
    assert "Kata pihak 1" in page.main
    assert "Setuju (4/5)" in page.main
    few = "1 jawaban, terlalu sedikit untuk rata-rata"
    assert few in officer.page("staff.home.show").main
    assert few in officer.page("staff.organisations.show", code=partner.code).main
    answer(session, agreement, 2, Score.MOSTLY)
    other = make_agreement(session, parties=(make_ministry(session), partner), ends_on=TODAY - timedelta(days=5))
    answer(session, other, 1, Score.NOT_AT_ALL)
    session.commit()
    home = officer.page("staff.home.show").main
    assert "3,0 dari 5" in home
    assert "3 jawaban" in home
