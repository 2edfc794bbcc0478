"""The office sends a report for a partner that cannot: both names are kept and shown, a begun draft is left alone."""

import io

import pytest
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models import Message, Occurrence, Report
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_report

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TYPED = {
    "person": "Ibu Melati, ketua",
    "basis": "Surat 12/YCA/XI/2026, 20 November 2026",
    "narrative": "Pelatihan untuk 60 anak.",
    "beneficiaries": "60",
}


@pytest.fixture
def occurrence(session):
    return make_occurrence(session, make_obligation(session, make_agreement(session)))


@pytest.fixture
def partner(occurrence):
    return occurrence.obligation.agreement.parties[1].organisation


@pytest.fixture
def head(session, partner):
    return make_account(session, Role.PARTNER_RESPONSIBLE, partner)


@pytest.fixture
def where(occurrence):
    return {"code": occurrence.obligation.agreement.code, "number": 1, "key": occurrence.period_key}


@pytest.fixture
def officer(as_staff):
    return as_staff()


def test_the_office_sends_and_both_names_stand_on_the_receipt(
    session, officer, as_account, head, where, partner, occurrence
):
    duty = officer.page("staff.obligations.show", code=where["code"], number=1)
    page = officer.read(duty.link("Kirim atas nama mitra"))
    shown = officer.submit(page, "Kirim atas nama mitra", TYPED | {"files": (io.BytesIO(PDF), "surat.pdf")})
    assert "Laporan dikirim atas nama Ibu Melati, ketua." in shown.main
    report = session.scalars(select(Report)).one()
    assert (report.stage, report.organisation_id, report.beneficiaries) == (ReportStage.SUBMITTED, partner.id, 60)
    assert session.get(Occurrence, occurrence.id).stage is OccurrenceStage.SUBMITTED
    receipt = as_account(head).page("partner.reports.receipt", code=report.code)
    assert f"{officer.account.name}, atas nama Ibu Melati, ketua" in receipt.main
    assert "Surat 12/YCA/XI/2026" in receipt.main
    assert "surat.pdf" in receipt.main
    assert ("report_receipt", head.email) in session.execute(select(Message.template, Message.recipient)).all()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("person", "Tulis nama orang lembaga"),
        ("basis", "Tulis dasarnya"),
        ("narrative", "Tulis kegiatan yang dilaksanakan"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(session, officer, where, missing, said):
    page = officer.page("staff.report_on_behalf.write", **where)
    refused = officer.submit(page, "Kirim atas nama mitra", TYPED | {missing: ""}, expect=422)
    assert said in refused.main
    assert "Berkas perlu dipilih lagi." in refused.main
    kept = "beneficiaries"
    assert refused.one(f"//input[@name='{kept}']/@value") == "60"
    assert session.scalars(select(Report)).all() == []


def test_a_draft_that_the_partner_began_is_neither_shown_nor_changed(session, officer, where, occurrence):
    draft = make_report(session, occurrence, narrative="Rahasia lembaga.")
    page = officer.page("staff.report_on_behalf.write", **where)
    refused = officer.submit(page, "Kirim atas nama mitra", TYPED, expect=422)
    assert "sudah mulai mengisi laporannya sendiri" in refused.main
    assert "Rahasia lembaga." not in refused.markup
    session.expire_all()
    assert session.get(Report, draft.id).narrative == "Rahasia lembaga."


def test_only_officers_and_heads_send_for_a_partner(as_staff, where):
    assert as_staff(Role.LEGAL).get("staff.report_on_behalf.write", **where).status_code == 403
