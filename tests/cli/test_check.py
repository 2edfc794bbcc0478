"""The portal refuses to start unsafely, and `simpul check` tells why."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from portal import paths
from portal.app import create_app
from portal.cli.__main__ import main
from portal.config import Bucket, Config, ConfigError
from portal.extensions import db
from tests.factories.accounts import make_account
from tests.harness.processes import environment


def start(config: Config) -> Flask:
    """Start as production does; every connection is closed again."""
    app = create_app(config)
    with app.app_context():
        db.engine.dispose()
    return app


@pytest.fixture
def production(database) -> Config:
    """The settings of the test's database, as production has them."""
    return replace(database.config, testing=False)


def told(config: Config) -> str:
    """What `simpul check` prints with these settings."""
    done = CliRunner().invoke(main, ["check"], env=environment(config))
    assert done.exit_code == (1 if "tidak  " in done.output else 0), done.output
    return done.output


def test_a_new_database_and_folder_may_start(production):
    start(production)
    assert told(production).split("\n")[:-1] == [
        "baik   Setelan",
        "baik   Tempat berkas",
        "baik   Pengguna basis data",
        "baik   Basis data pada revisi terbaru",
        "baik   Basis data tanpa data contoh",
    ]


def test_a_demonstration_never_becomes_production(production, session):
    make_account(session).is_sample = True
    session.commit()
    with pytest.raises(ConfigError, match="data contoh"):
        start(production)
    assert "tidak  Basis data tanpa data contoh: Basis data berisi data contoh" in told(production)


def test_the_demonstration_itself_may_start(database, session):
    make_account(session).is_sample = True
    session.commit()
    assert start(replace(database.config, testing=False, demo=True)).config["DEMO"] is True


def test_a_database_without_tables_and_one_that_is_away_are_refused(production, database, tmp_path):
    empty = database.source.as_portal(database.source.empty())
    for url in (empty, f"sqlite:///{tmp_path / 'tidak' / 'ada.sqlite'}"):
        with pytest.raises(ConfigError, match="Basis data tidak dapat dibaca"):
            start(replace(production, database_url=url))


@pytest.mark.postgresql_only
def test_a_login_beside_the_walls_is_refused(production, database):
    with pytest.raises(ConfigError, match="adalah superuser"):
        start(replace(production, database_url=database.url))


@pytest.mark.parametrize("folder", [paths.REFERENCE.parent / "static" / "berkas", Path("/proc/simpul")])
def test_files_lie_outside_the_program_where_they_can_be_written(production, folder):
    with pytest.raises(ConfigError, match="SIMPUL_FILES_DIR"):
        start(replace(production, files_dir=folder))
    assert not folder.exists()


def test_a_bucket_must_be_there(production, make_bucket):
    bucket: Bucket = make_bucket()
    start(replace(production, bucket=bucket))
    with pytest.raises(ConfigError, match="SIMPUL_FILES_S3"):
        start(replace(production, bucket=replace(bucket, name="tidak-ada")))


def test_every_reason_is_told_at_once(production, session):
    make_account(session).is_sample = True
    session.commit()
    with pytest.raises(ConfigError) as found:
        start(replace(production, files_dir=Path("/proc/simpul")))
    assert len(found.value.reasons) == 2


def test_missing_settings_are_a_sentence_and_no_trace():
    done = CliRunner().invoke(main, ["check"], env={"SIMPUL_DATABASE_URL": ""})
    assert done.exit_code == 1
    assert done.output.startswith("tidak  Setelan: Variabel belum diisi: SIMPUL_DATABASE_URL")
    refused = CliRunner().invoke(main, ["worker"], env={"SIMPUL_DATABASE_URL": ""})
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
    assert "Variabel belum diisi" in refused.output
