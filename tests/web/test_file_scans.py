"""What a virus scanner has in its hands is shown with its name and cannot be opened by anybody."""

import io

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.jobs import scan_files
from portal.models import ReportFile
from portal.services import job_runs, sign_in
from tests.factories import make_account, make_report
from tests.harness import clamd as scanner
from tests.harness import files
from tests.harness.visitors import Visitor


@pytest.fixture
def house(make_app, clamd):
    return make_app(scanner=clamd.address)


@pytest.fixture
def enter(house, session, clock):
    """Sign somebody in to the portal that has a scanner."""

    def signed_in(role, organisation=None):
        account = make_account(session, role, organisation)
        token = sign_in.open_session(session, account, agent="tests", now=clock.now)
        session.commit()
        return Visitor(house, session, account, token)

    return signed_in


def upload(visitor, report, content):
    form = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    return visitor.submit(form, "Unggah berkas", [("files", (io.BytesIO(content), "laporan.pdf"))])


def test_a_new_file_is_named_and_closed_until_it_was_looked_at(session, house, enter, clock):
    report = make_report(session)
    visitor = enter(Role.PARTNER_WRITER, report.organisation)
    page = upload(visitor, report, files.pdf())
    assert "laporan.pdf" in page.main
    assert "sedang diperiksa" in page.main
    key = session.scalars(select(ReportFile)).one().digest[:16]
    closed = visitor.page("partner.reports.file", code=report.code, key=key, expect=409)
    assert "Berkas ini sedang diperiksa dari virus. Coba lagi beberapa menit lagi." in closed.text
    scan_files.run(house, now=clock.now)
    assert visitor.get("partner.reports.file", code=report.code, key=key).data == files.pdf()
    page = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    assert "sedang diperiksa" not in page.main


def test_a_removed_file_says_so_beside_its_name(session, house, enter, clock):
    report = make_report(session)
    visitor = enter(Role.PARTNER_WRITER, report.organisation)
    upload(visitor, report, files.pdf().replace(b"Laporan", scanner.EICAR))
    scan_files.run(house, now=clock.now)
    page = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    assert "dihapus, memuat virus" in page.main
    key = session.scalars(select(ReportFile)).one().digest[:16]
    closed = visitor.page("partner.reports.file", code=report.code, key=key, expect=409)
    assert "Minta pengirim mengunggah berkas yang bersih." in closed.text


def test_the_page_of_jobs_says_that_the_scanner_is_away_and_how_many_files_wait(session, house, enter, clock):
    report = make_report(session)
    upload(enter(Role.PARTNER_WRITER, report.organisation), report, files.pdf())
    job_runs.fail(session, scan_files.NAME, detail="Pemindai virus tidak menjawab: timed out.", now=clock.now)
    page = enter(Role.OFFICER).page("staff.jobs.index")
    assert "1 berkas menunggu dan belum dapat dibuka; tidak ada yang hilang." in page.main
