"""Files from outside wait for the virus scanner: nobody opens them before it called them clean, and nothing is lost."""

import socket
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.file_scan import FileClosed, ScanState
from portal.domain.policy import Actor, Role
from portal.jobs import scan_files
from portal.models import Base, Entry, FileScan, Message, ReportFile
from portal.queries import file_scans as reading
from portal.scanner import Scanner, ScannerAway
from portal.services import file_scans, report_files
from tests.factories import make_account, make_report
from tests.factories.instants import NOW
from tests.harness import clamd as scanner
from tests.harness import files


@pytest.fixture
def house(make_app, clamd):
    """The portal with a scanner."""
    return make_app(scanner=clamd.address)


def sent(session, app, content, name="laporan.pdf"):
    """A partner attaches a file to its report."""
    report = make_report(session)
    writer = make_account(session, Role.PARTNER_WRITER, report.organisation)
    roles = frozenset({Role.PARTNER_WRITER})
    actor = Actor(account_id=writer.id, name=writer.name, organisation_id=writer.organisation_id, roles=roles)
    incoming = report_files.Incoming(name=name, content=content)
    file = report_files.attach(session, report, incoming, storage=app.extensions["storage"], actor=actor, now=NOW)
    session.commit()
    return file


def state(session, file):
    """What is known of a file by now."""
    session.commit()
    found = reading.state_of(session, file.digest)
    session.commit()
    return found


def test_without_a_scanner_everything_is_open_at_once(session, app):
    file = sent(session, app, files.pdf())
    assert session.scalars(select(FileScan)).all() == []
    assert file_scans.read(session, file.digest, storage=app.extensions["storage"]) == files.pdf()
    assert scan_files.run(app, now=NOW) is None


def test_a_file_waits_until_it_was_called_clean_and_is_asked_about_once(session, house, clamd):
    file, storage = sent(session, house, files.pdf()), house.extensions["storage"]
    with pytest.raises(FileClosed, match="sedang diperiksa"):
        file_scans.read(session, file.digest, storage=storage)
    session.commit()
    assert scan_files.run(house, now=NOW) == "1 berkas diperiksa"
    assert clamd.asked == [files.pdf()]
    assert file_scans.read(session, file.digest, storage=storage) == files.pdf()
    file_scans.ask(session, file.digest, storage=storage, now=NOW)
    session.commit()
    assert scan_files.run(house, now=NOW) is None


def test_an_infected_file_leaves_the_store_and_its_people_are_told(session, house):
    bad = files.pdf().replace(b"Laporan", scanner.EICAR)
    file, storage = sent(session, house, bad), house.extensions["storage"]
    scan_files.run(house, now=NOW)
    assert state(session, file) is ScanState.INFECTED
    with pytest.raises(FileNotFoundError):
        storage.read(file.digest)
    with pytest.raises(FileClosed, match="memuat virus"):
        file_scans.read(session, file.digest, storage=storage)
    told = session.scalars(select(Message).where(Message.template == "file_infected")).all()
    officer = session.get_one(ReportFile, file.id).uploaded_by_id
    assert officer in {message.account_id for message in told}
    assert all(message.values == {"name": "laporan.pdf", "finding": scanner.NAME} for message in told)
    [entry] = session.scalars(select(Entry).where(Entry.action == "file_infected"))
    assert (entry.subject_kind, entry.subject_id) == ("report_file", file.id)


def test_bytes_that_were_removed_wait_again_when_they_come_again(session, house):
    bad = files.pdf().replace(b"Laporan", scanner.EICAR)
    first = sent(session, house, bad)
    scan_files.run(house, now=NOW)
    session.expire_all()
    again = sent(session, house, bad)
    assert again.digest == first.digest
    assert state(session, again) is ScanState.PENDING
    scan_files.run(house, now=NOW + timedelta(minutes=1))
    assert state(session, again) is ScanState.INFECTED


def test_bytes_that_are_gone_are_forgotten(session, house):
    file = sent(session, house, files.pdf())
    assert state(session, file) is ScanState.PENDING
    house.extensions["storage"].drop(file.digest)
    scan_files.run(house, now=NOW)
    assert state(session, file) is None


@pytest.mark.parametrize("trouble", ["slow", "closed", "nonsense", "too large"])
def test_a_scanner_in_trouble_loses_nothing(session, make_app, clamd, trouble):
    app = make_app(scanner=clamd.address)
    file = sent(session, app, files.pdf())
    if trouble == "slow":
        clamd.delay = 0.4
        app.extensions["scanner"] = Scanner(address=clamd.address, seconds=0.1)
    elif trouble == "closed":
        with socket.create_server(("127.0.0.1", 0)) as free:
            app.extensions["scanner"] = Scanner(address=f"tcp://127.0.0.1:{free.getsockname()[1]}", seconds=1)
    else:
        clamd.answer = b"hello\0" if trouble == "nonsense" else b"INSTREAM size limit exceeded. ERROR\0"
    with pytest.raises(ScannerAway, match="Pemindai virus"):
        scan_files.run(app, now=NOW)
    assert state(session, file) is ScanState.PENDING
    assert app.extensions["storage"].read(file.digest) == files.pdf()
    clamd.delay, clamd.answer = 0.0, b""
    app.extensions["scanner"] = Scanner(address=clamd.address)
    assert scan_files.run(app, now=NOW) == "1 berkas diperiksa"
    assert state(session, file) is ScanState.CLEAN


def test_a_scanner_is_reached_through_a_socket_file_too(tmp_path):
    path = tmp_path / "clamd.sock"
    with pytest.raises(ScannerAway):
        Scanner(address=f"unix:{path}").finding(b"x")


@pytest.mark.parametrize("address", ["clamd:3310", "http://localhost:3310", "tcp://", "unix:"])
def test_an_address_of_another_kind_is_refused(address):
    with pytest.raises(ValueError, match="SIMPUL_SCANNER"):
        Scanner(address=address)


def test_every_column_that_names_bytes_is_told_apart():
    """Bytes from outside stand on the list of those whose people are told; the others are the portal's own."""
    ours = {
        "backup_run.digest",
        "entry.detail_digest",
        "file_scan.digest",
        "shared_draft.digest",
        "rendition.template_digest",
    }
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name == "digest" or column.name.endswith("_digest")
    }
    assert columns - told() == ours & columns


def told():
    """The columns of the list, as `table.column`."""
    return {f"{column.class_.__tablename__}.{column.key}" for _, column, _, _ in reading.KEPT}
