"""What partners may not do through the pages, and files that are not taken, each with a sentence."""

import io
import zipfile

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import ReportFile
from tests.factories import make_partner, make_report

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WRITES = (
    ("partner.report_steps.save", {"slug": "kegiatan"}),
    ("partner.report_evidence.remove", {"key": "0" * 16}),
    ("partner.report_evidence.restore", {"key": "0" * 16}),
    ("partner.report_evidence.begin", {}),
    ("partner.report_evidence.part", {"key": "0" * 32}),
    ("partner.report_approvals.ask", {}),
    ("partner.reports.submit", {}),
)
READS = (
    ("partner.reports.edit", {}),
    ("partner.report_steps.show", {"slug": "bukti"}),
    ("partner.reports.check", {}),
    ("partner.reports.receipt", {}),
    ("partner.reports.file", {"key": "0" * 16}),
)


@pytest.fixture
def report(session):
    return make_report(session)


@pytest.fixture
def no_token(app, monkeypatch):
    """Forms that need no token: the question is who may, not whether a form is fresh."""
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)


@pytest.mark.usefixtures("no_token")
@pytest.mark.parametrize(("endpoint", "values"), [*WRITES, *READS])
def test_a_stranger_gets_not_found_for_a_foreign_report_as_for_none(session, as_partner, report, endpoint, values):
    visitor = as_partner(make_partner(session))
    ask = visitor.get if (endpoint, values) in READS else visitor.post
    foreign, absent = (ask(endpoint, code=code, **values) for code in (report.code, "TIDA-KADA"))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    plain = [a.get_data(as_text=True).replace(report.code, "").replace("TIDA-KADA", "") for a in (foreign, absent)]
    assert report.organisation.name not in plain[0]


@pytest.mark.first_case_on_postgresql
@pytest.mark.usefixtures("no_token")
@pytest.mark.parametrize(("endpoint", "values"), [*WRITES, ("partner.reports.start", None)])
def test_a_viewer_is_refused_with_the_reason(as_partner, report, endpoint, values):
    viewer = as_partner(report.organisation, Role.PARTNER_VIEWER)
    where = {} if values is None else {"code": report.code, **values}
    answer = viewer.post(endpoint, **where)
    assert answer.status_code == 403
    assert "Akun Anda hanya dapat melihat" in answer.get_data(as_text=True)


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(("endpoint", "values"), WRITES)
def test_a_form_without_its_token_changes_nothing(as_partner, report, endpoint, values):
    assert as_partner(report.organisation).post(endpoint, code=report.code, **values).status_code == 400


@pytest.mark.parametrize("endpoint", ["partner.home.show", "partner.reports.index", "partner.guide.show"])
def test_the_office_does_not_find_the_partners_pages(as_staff, endpoint):
    assert as_staff().get(endpoint).status_code == 404


def bomb() -> bytes:
    """An office file of 200 MB in a few hundred KB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w/>")
        for number in range(20):
            archive.writestr(f"word/p{number}.xml", bytes(10_000_000))
    return target.getvalue()


def macro() -> bytes:
    """A Word file with a macro."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", "x")
    return target.getvalue()


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("laporan.docx", bomb, "terlalu besar bila dibuka"),
        ("laporan.docx", macro, "memuat makro"),
        ("laporan.pdf", b"<html><script>alert(1)</script>", "tidak sesuai dengan jenisnya"),
        ("halaman.html", b"<html>", "tidak dapat dilampirkan"),
        ("laporan.pdf.exe", PDF, "tidak dapat dilampirkan"),
        ("besar.pdf", PDF + bytes(21 * 1024 * 1024), "lebih dari 20 MB"),
    ],
)
def test_dangerous_files_are_refused_with_a_sentence(session, as_partner, report, name, content, words):
    visitor = as_partner(report.organisation)
    form = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    sent = content() if callable(content) else content
    page = visitor.submit(form, "Unggah berkas", {"files": (io.BytesIO(sent), name)})
    assert words in page.main
    assert session.scalars(select(ReportFile)).all() == []


def test_a_request_far_too_large_is_answered_with_a_page(as_partner, report):
    visitor = as_partner(report.organisation)
    form = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    huge = io.BytesIO(PDF + bytes(30 * 1024 * 1024))
    answer = visitor.send(form, "Unggah berkas", {"files": (huge, "besar.pdf")})
    assert answer.status_code == 413
    assert "20 MB" in answer.get_data(as_text=True)


def test_a_name_with_a_path_is_kept_without_it(session, as_partner, report):
    visitor = as_partner(report.organisation)
    form = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    visitor.submit(form, "Unggah berkas", {"files": (io.BytesIO(PDF), "../../etc/daftar.pdf")})
    assert session.scalars(select(ReportFile)).one().name == "daftar.pdf"
