"""More time through the partner's pages: asking, seeing what became of it, taking it back. Nobody else's."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.relief import Decision, ReliefStage
from portal.models import Message, Relief
from portal.services import reliefs
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.services.test_reliefs import acting


@pytest.fixture
def row(session):
    """A report that the second of three parties owes on 1 December 2026; an officer looks after it."""
    make_calendar(session)
    officer = make_account(session, Role.OFFICER)
    agreement = make_agreement(session, officer_id=officer.id)
    return make_occurrence(session, make_obligation(session, agreement))


@pytest.fixture
def visitor(row, as_partner):
    """Somebody of the partner that owes."""
    return as_partner(row.agreement.parties[1].organisation)


def ask(visitor, row, **typed):
    """Send the form."""
    page = visitor.page("partner.reliefs.show", occurrence_id=row.id)
    values = {"wanted_on": "2026-12-15", "reason": "Banjir di Kupang"} | typed
    expect = 422 if typed else 200
    return visitor.submit(page, "Kirim permintaan", values, expect=expect)


def test_a_partner_asks_for_more_time_from_its_list_of_reports(session, visitor, row):
    listed = visitor.page("partner.reports.index")
    assert any("/perpanjangan" in href for _, href in listed.links)
    page = ask(visitor, row)
    assert "Permintaan Anda sedang kami periksa." in page.main
    assert "Banjir di Kupang" in page.main
    relief = session.scalars(select(Relief)).one()
    assert (relief.stage, relief.wanted_on) == (ReliefStage.ASKED, date(2026, 12, 15))
    assert session.scalars(select(Message.template)).all() == ["relief_asked"]


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"wanted_on": ""}, "Isi tanggal yang Anda minta."),
        ({"reason": " "}, "Tulis alasannya."),
        ({"wanted_on": "2026-12-01"}, "Pilih tanggal sesudah tenggat yang sekarang."),
    ],
)
def test_what_is_missing_is_said(session, visitor, row, typed, sentence):
    assert sentence in ask(visitor, row, **typed).main
    assert session.scalars(select(Relief)).all() == []


def test_a_request_is_taken_back_and_may_be_made_again(session, visitor, row):
    page = visitor.submit(ask(visitor, row), "Tarik permintaan")
    assert "Permintaan ditarik kembali." in page.main
    ask(visitor, row)
    assert session.scalars(select(Relief.stage).order_by(Relief.id)).all() == [
        ReliefStage.WITHDRAWN,
        ReliefStage.ASKED,
    ]


def test_the_answer_stands_where_it_was_asked(session, visitor, row):
    ask(visitor, row)
    relief = session.scalars(select(Relief)).one()
    officer = acting(row.agreement.officer, Role.OFFICER)
    decision = Decision(answer="Surat Direktur 12", granted_on=date(2026, 12, 11))
    reliefs.grant(session, relief, decision=decision, actor=officer, now=NOW)
    session.commit()
    page = visitor.page("partner.reliefs.show", occurrence_id=row.id)
    assert "Dikabulkan sampai 11 Desember 2026." in page.main
    assert "Surat Direktur 12" in page.main


def test_another_party_of_the_same_agreement_finds_nothing_here(session, visitor, row, as_partner):
    ask(visitor, row)
    other = as_partner(row.agreement.parties[2].organisation)
    absent = other.get("partner.reliefs.show", occurrence_id=987654)
    foreign = other.get("partner.reliefs.show", occurrence_id=row.id)
    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert other.get("partner.reliefs.show", occurrence_id=10**30).status_code == 404


def test_who_may_only_look_reads_why(row, as_partner):
    viewer = as_partner(row.agreement.parties[1].organisation, Role.PARTNER_VIEWER)
    page = viewer.page("partner.reliefs.show", occurrence_id=row.id)
    assert "Akun Anda hanya dapat melihat." in page.main
    assert page.tree.xpath("//form[contains(@action, '/perpanjangan')]") == []
