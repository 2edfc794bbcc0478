"""What an office types once: the newest schema, then what every office begins with. Doing it twice changes nothing."""

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, func, select

from portal.cli.__main__ import main
from portal.models import Clause, DocTemplateVersion, Entry, Province


@pytest.fixture
def environment(tmp_path):
    """The settings of a new installation, with nothing in it."""
    return {
        "SIMPUL_DATABASE_URL": f"sqlite:///{tmp_path / 'kantor.sqlite'}",
        "SIMPUL_FILES_DIR": str(tmp_path / "files"),
        "SIMPUL_SECRET_KEY": "kunci-untuk-pengujian-" + "x" * 32,
        "SIMPUL_AUDIT_KEY": "pBq8Zk3vX0sN7tYw2rLm5cHd9fGj4aUe6iOb1TQxVzRy",
        "SIMPUL_BASE_URL": "https://simpul.example.go.id",
        "SIMPUL_SMTP_HOST": "127.0.0.1",
        "SIMPUL_MAIL_FROM": "simpul@example.go.id",
        "SIMPUL_UNIT_MAILBOX": "unit@example.go.id",
    }


def counts(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (Province, Clause, DocTemplateVersion, Entry)
        ]
    engine.dispose()
    return found


def test_a_new_installation_is_filled_once(environment):
    runner = CliRunner()
    for command in ("upgrade", "fill"):
        done = runner.invoke(main, ["database", command], env=environment, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    first = counts(environment["SIMPUL_DATABASE_URL"])
    assert first[0] == 38
    assert first[1] >= 60
    assert first[2] == 10
    assert "sudah dimuat" in runner.invoke(main, ["database", "fill"], env=environment).output
    assert counts(environment["SIMPUL_DATABASE_URL"]) == first
