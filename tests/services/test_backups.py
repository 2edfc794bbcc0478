"""A backup taken while others write is whole, and comes back into an empty place only (design: platform B6, E27)."""

import threading
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pyrage
import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine

from portal.app import create_app
from portal.cli.__main__ import main
from portal.domain.errors import RuleBroken
from portal.domain.policy import SYSTEM
from portal.jobs import back_up, runner
from portal.models import BackupRun, DocTemplateVersion, Entry, Organisation
from portal.queries import backups as reading
from portal.services import audit, backups, doc_templates
from portal.storage import Folder, Storage
from tests.factories import make_partner
from tests.factories.instants import NOW
from tests.harness.apps import close
from tests.harness.processes import environment

WRITERS = 4
SUBJECT = SimpleNamespace(__tablename__="organisation", id=1)


@pytest.fixture
def key(tmp_path):
    """A key pair: the file with the private key, and the public key."""
    made = pyrage.x25519.Identity.generate()
    path = tmp_path / "kunci.txt"
    path.write_text(f"# dibuat untuk pengujian\n{made}\n")
    return SimpleNamespace(path=path, public=str(made.to_public()))


@pytest.fixture
def house(make_app, key, tmp_path):
    """A portal with files, a trail and a place for backups."""
    app = make_app(backup_dir=tmp_path / "cadangan", backup_recipients=(key.public,), backup_keep=2)
    with runner.transaction(app) as session:
        make_partner(session, name="Yayasan Contoh “Cadangan” \\ ½\t|")
        doc_templates.seed(session, storage=app.extensions["storage"], now=NOW)
    return app


@pytest.fixture
def elsewhere(database, tmp_path):
    """The settings of an empty place of the same kind."""
    url = database.source.empty()
    return replace(database.config, database_url=url, files_dir=tmp_path / "pulih")


def write(app, stop, done):
    """Record entries until told to stop."""
    while not stop.is_set():
        with runner.transaction(app) as session:
            audit.record(session, "uji", subject=SUBJECT, actor=SYSTEM, now=NOW, detail={"isi": "baris\n\\N\t“½”"})
        done.append(1)


def make_while_others_write(app, now=NOW):
    """A backup made while four write; how many entries they wrote."""
    stop, done = threading.Event(), []
    writers = [threading.Thread(target=write, args=(app, stop, done)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    while len(done) < 10:
        stop.wait(0.01)
    try:
        back_up.run(app, now=now)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    return len(done)


def only_archive(app):
    (path,) = app.config["SETTINGS"].backup_dir.glob("simpul-*.tar.age")
    return path


def shell(config, *words):
    return CliRunner().invoke(main, ["backup", *map(str, words)], env=environment(config))


def test_a_backup_made_under_load_comes_back_whole_and_the_portal_serves(house, key, elsewhere, app):
    written = make_while_others_write(house)
    archive = only_archive(house)
    checked = shell(elsewhere, "check", archive, "--identity", key.path)
    assert (checked.exit_code, "Cadangan utuh" in checked.output) == (0, True), checked.output
    assert b"Yayasan" not in archive.read_bytes()
    restored = shell(elsewhere, "restore", archive, "--identity", key.path)
    assert (restored.exit_code, "Pulih dan utuh" in restored.output) == (0, True), restored.output
    back = create_app(elsewhere)
    with runner.reading(back) as session:
        entries = session.query(Entry).count()
        assert 10 <= entries <= written + 20
        assert [row.name for row in session.query(Organisation)] == ["Yayasan Contoh “Cadangan” \\ ½\t|"]
        digest = session.query(DocTemplateVersion).first().digest
    assert back.extensions["storage"].read(digest) == house.extensions["storage"].read(digest)
    assert back.test_client().get("/masuk").status_code == 200
    with runner.transaction(back) as session:
        audit.record(session, "sesudah pulih", subject=SUBJECT, actor=SYSTEM, now=NOW)
    with runner.reading(back) as session:
        assert session.query(Entry).order_by(Entry.id.desc()).first().sequence == entries + 1
    close(back)


def test_a_damaged_or_cut_archive_a_wrong_key_and_no_key_are_refused_with_a_sentence(house, key, elsewhere, tmp_path):
    back_up.run(house, now=NOW)
    archive = only_archive(house)
    whole = archive.read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    other = tmp_path / "lain.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    cases = (
        (bytes(damaged), key.path, "rusak atau terpotong"),
        (whole[: len(whole) // 2], key.path, "rusak atau terpotong"),
        (whole[:-1], key.path, "rusak atau terpotong"),
        (b"bukan cadangan", key.path, "rusak atau terpotong"),
        (whole, other, "Kunci ini tidak membuka"),
        (whole, archive.with_name("kosong"), "kosong"),
    )
    archive.with_name("kosong").write_text("# tidak ada\n")
    for content, identity, said in cases:
        archive.write_bytes(content)
        refused = shell(elsewhere, "restore", archive, "--identity", identity)
        assert refused.exit_code == 1
        assert said in refused.output
    engine = create_engine(elsewhere.database_url)
    with engine.connect() as connection:
        assert connection.dialect.get_table_names(connection) == []
    engine.dispose()
    assert not (tmp_path / "pulih").exists()


def test_what_is_not_empty_is_never_written_over(house, key, elsewhere, database):
    back_up.run(house, now=NOW)
    archive = only_archive(house)
    refused = shell(house.config["SETTINGS"], "restore", archive, "--identity", key.path)
    assert (refused.exit_code, "Basis data tujuan sudah berisi" in refused.output) == (1, True)
    create_app(elsewhere).extensions["storage"].keep(b"sudah ada")
    refused = shell(elsewhere, "restore", archive, "--identity", key.path)
    assert (refused.exit_code, "Tempat berkas tujuan sudah berisi" in refused.output) == (1, True)


def test_the_look_after_restoring_tells_what_is_missing(house, key, elsewhere):
    back_up.run(house, now=NOW)
    archive = only_archive(house)
    first = backups.check(archive, key.path)
    storage = house.extensions["storage"]
    keys = house.config["SETTINGS"].audit_keys
    with runner.reading(house) as session:
        digest = session.query(DocTemplateVersion).first().digest
    storage.drop(digest)
    with runner.transaction(house) as session:
        session.query(Organisation).one().name = "lain"
        audit.record(session, "uji", subject=SUBJECT, actor=SYSTEM, now=NOW)
    with runner.reading(house) as session:
        found = backups.check_restored(session, storage, first, keys=keys)
    assert any(fault.startswith(f"Berkas {digest}") for fault in found.faults)
    assert any(fault.startswith("Tabel entry: ") for fault in found.faults)


def test_the_night_is_backed_up_once_the_newest_stay_and_the_card_knows(house, clock):
    day = timedelta(days=1)
    with runner.reading(house) as session:
        assert reading.standing(session, now=NOW).is_late
    for number in range(3):
        assert back_up.run(house, now=NOW + number * day, slot=f"hari {number}").startswith("simpul-")
        assert back_up.run(house, now=NOW + number * day, slot=f"hari {number}") is None
    folder = house.config["SETTINGS"].backup_dir
    assert len(list(folder.iterdir())) == 2
    with runner.reading(house) as session:
        found = reading.standing(session, now=NOW + 3 * day)
        assert (found.at, found.is_late, found.failure) == (NOW + 2 * day, False, None)
        assert found.size == (folder / found.name).stat().st_size
        assert reading.standing(session, now=NOW + 3 * day + timedelta(hours=3)).is_late
        assert session.query(BackupRun).count() == 3


def test_a_backup_that_fails_is_written_down_and_said(make_app, tmp_path):
    app = make_app(backup_dir=tmp_path / "c", backup_recipients=("age1bukan",))
    with pytest.raises(RuleBroken, match="bukan kunci umum age"):
        back_up.run(app, now=NOW)
    with runner.reading(app) as session:
        assert "bukan kunci umum" in reading.standing(session, now=NOW).failure
    assert "belum disetel" in back_up.run(make_app(), now=NOW)


def test_a_file_that_is_gone_does_not_hinder_the_backup_but_is_told(house, key):
    with runner.reading(house) as session:
        digest = session.query(DocTemplateVersion).first().digest
    house.extensions["storage"].drop(digest)
    assert back_up.run(house, now=NOW).endswith("1 berkas tidak ada atau rusak")
    found = backups.check(only_archive(house), key.path)
    assert (found.faults, found.end["absent"]) == ([], [digest])


class Unreadable(Folder):
    """A keeper that fails in the middle."""

    def get(self, name):
        raise TimeoutError(name)


def test_nothing_half_written_stays(house, tmp_path):
    house.extensions["storage"] = Storage(Unreadable(house.config["SETTINGS"].files_dir))
    with pytest.raises(TimeoutError):
        back_up.run(house, now=NOW)
    assert list(house.config["SETTINGS"].backup_dir.iterdir()) == []
