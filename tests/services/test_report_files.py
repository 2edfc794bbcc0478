"""Files of a report: kept once, limited, taken off, and safe in the rounds that carried them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import Actor, Role
from portal.domain.report import ReportStage
from portal.models import Entry, ReportFile
from portal.queries import reports as report_queries
from portal.services import report_files, reports
from portal.services.report_files import Incoming
from portal.storage import Storage
from tests.factories import make_account, make_report
from tests.factories.instants import NOW

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path)


@pytest.fixture
def report(session):
    return make_report(session)


@pytest.fixture
def writer(session, report):
    account = make_account(session, Role.PARTNER_WRITER, report.organisation)
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=report.organisation_id,
        roles=frozenset({Role.PARTNER_WRITER}),
    )


@pytest.fixture
def attach(session, report, storage, writer):
    def put(name="daftar hadir.pdf", content=PDF, who=writer):
        return report_files.attach(
            session, report, Incoming(name=name, content=content), storage=storage, actor=who, now=NOW
        )

    return put


def test_a_file_is_kept_under_a_safe_name_with_its_type(report, storage, attach) -> None:
    file = attach("C:\\Dokumen\\Daftar Hadir.PDF")
    assert (file.name, file.media_type, file.size) == ("Daftar Hadir.pdf", "application/pdf", len(PDF))
    assert storage.read(file.digest) == PDF
    assert report_queries.kept_files(report) == (file,)


def test_the_same_bytes_are_attached_once(session, attach) -> None:
    assert attach("a.pdf") is attach("b.pdf")
    assert len(session.scalars(select(ReportFile)).all()) == 1


def test_ten_files_are_the_most(attach) -> None:
    for number in range(10):
        attach(f"{number}.pdf", PDF + b"%d\n%%%%EOF" % number)
    with pytest.raises(RuleBroken, match="paling banyak 10") as refusal:
        attach("sebelas.pdf", PDF + b"lagi\n%%EOF")
    assert refusal.value.field == "files"


def test_good_files_are_kept_when_another_is_refused(session, report, storage, writer) -> None:
    sent = [Incoming(name="a.pdf", content=PDF), Incoming(name="virus.exe", content=b"MZ")]
    refusals = report_files.attach_all(session, report, sent, storage=storage, actor=writer, now=NOW)
    assert [str(r) for r in refusals] == [
        "Berkas virus.exe tidak dapat dilampirkan. Pilih PDF, Word, Excel, PNG, atau JPG."
    ]
    assert [f.name for f in report_queries.kept_files(report)] == ["a.pdf"]


def test_a_file_taken_off_is_gone_unless_a_round_carried_it(session, report, storage, writer, attach) -> None:
    sent, unsent = attach("terkirim.pdf"), attach("batal.pdf", PDF + b"%%EOF")
    report_files.remove(session, report, unsent, actor=writer, now=NOW)
    reports.submit(session, report, number=1, version=report.version, actor=writer, now=NOW)
    report.stage = ReportStage.RETURNED
    session.flush()
    report_files.remove(session, report, sent, actor=writer, now=NOW)
    session.refresh(report)
    assert report_queries.kept_files(report) == ()
    assert report_queries.sent_file(report, sent.digest[:16]).name == "terkirim.pdf"
    assert report_queries.kept_file(report, sent.digest[:16]) is sent
    for ask in (report_queries.sent_file, report_queries.kept_file):
        with pytest.raises(NotFound):
            ask(report, unsent.digest[:16])
    entries = session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert entries.count("report_file_attached") == entries.count("report_file_removed") == 2


def test_a_file_comes_back_once_and_only_where_there_is_room(session, report, writer, attach) -> None:
    file = attach()
    report_files.remove(session, report, file, actor=writer, now=NOW)
    assert report_queries.dropped_file(report, file.digest[:16]) is file
    for number in range(10):
        attach(f"{number}.pdf", PDF + b"%d\n%%%%EOF" % number)
    with pytest.raises(RuleBroken, match="paling banyak 10"):
        report_files.restore(session, report, file, actor=writer, now=NOW)
    report_files.remove(session, report, report_queries.kept_files(report)[0], actor=writer, now=NOW)
    report_files.restore(session, report, file, actor=writer, now=NOW)
    assert file in report_queries.kept_files(report)
    with pytest.raises(NotFound):
        report_queries.dropped_file(report, file.digest[:16])


def test_a_file_of_an_earlier_round_is_not_offered_again(session, report, writer, attach) -> None:
    gone = attach("batal.pdf")
    report_files.remove(session, report, gone, actor=writer, now=NOW)
    reports.submit(session, report, number=1, version=report.version, actor=writer, now=NOW + timedelta(minutes=1))
    session.refresh(report)
    assert report_queries.dropped_files(report) == ()


def test_nothing_is_attached_to_a_report_that_was_sent(session, report, writer, attach) -> None:
    file = attach()
    reports.submit(session, report, number=1, version=report.version, actor=writer, now=NOW)
    with pytest.raises(RuleBroken):
        attach("lagi.pdf", PDF + b"%%EOF")
    with pytest.raises(RuleBroken):
        report_files.remove(session, report, file, actor=writer, now=NOW)


def test_only_writers_of_the_own_organisation_attach(session, report, attach) -> None:
    stranger = make_account(session, Role.PARTNER_WRITER)
    foreign = Actor(
        account_id=stranger.id,
        name="x",
        organisation_id=stranger.organisation_id,
        roles=frozenset({Role.PARTNER_WRITER}),
    )
    viewer = Actor(
        account_id=1,
        name="x",
        organisation_id=report.organisation_id,
        roles=frozenset({Role.PARTNER_VIEWER}),
    )
    with pytest.raises(NotFound):
        attach(who=foreign)
    with pytest.raises(NotAllowed):
        attach(who=viewer)
