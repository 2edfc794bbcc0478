"""A partner's report through the pages: begin, save, attach, check, send, mend."""

import io

from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.report import ReportStage
from portal.models import Occurrence, Report
from tests.factories import make_agreement, make_obligation, make_occurrence

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def owed(session, **changes):
    """An agreement of three parties in which the second owes a report."""
    agreement = make_agreement(session, **changes)
    occurrence = make_occurrence(session, make_obligation(session, agreement))
    return agreement, agreement.parties[1].organisation, occurrence


def begun(visitor):
    """The form of the one report that the home page offers."""
    return visitor.submit(visitor.page("partner.home.show"), "Mulai laporan")


def pdf(name, mark=b""):
    return io.BytesIO(PDF + mark), name


def test_a_report_goes_from_the_first_page_to_its_receipt(session, as_partner) -> None:
    _, organisation, occurrence = owed(session)
    visitor = as_partner(organisation)
    form = begun(visitor)
    assert "Belum diisi" in form.main
    fields = {"narrative": "Pelatihan menjahit.", "beneficiaries": "60", "amount_rupiah": "12.500.000"}
    check = visitor.submit(
        form, "Periksa dan kirim", fields | {"files": [pdf("daftar.pdf"), pdf("foto.pdf", b"%%EOF")]}
    )
    assert "Belum dikirim" in check.main
    assert "Rp12.500.000" in check.main
    receipt = visitor.submit(check, "Kirim laporan")
    report = session.scalars(select(Report)).one()
    assert receipt.path.endswith(f"/mitra/laporan/{report.code}/tanda-terima")
    assert f"TT-{report.code}-1" in receipt.main
    assert "daftar.pdf" in receipt.main
    assert report.stage is ReportStage.SUBMITTED
    assert session.get(Occurrence, occurrence.id).stage is OccurrenceStage.SUBMITTED
