"""The plan of a day on the command line: with our own command, and with Flask's for who is used to it."""

import os
import subprocess
import sys
from datetime import date

import pytest

from portal.config import Config
from portal.domain.policy import Role
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.source import ROOT

COMMANDS = {
    "simpul": [sys.executable, "-m", "portal.cli"],
    "flask": [sys.executable, "-m", "flask", "--app", "wsgi"],
}


@pytest.fixture
def environment(app, session, tmp_path):
    """The settings of an installation with one report due on 1 December 2026."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test")
    agreement = make_agreement(session, (ministry, debtor), ends_on=date(2029, 1, 1))
    make_occurrence(session, make_obligation(session, agreement, title="Laporan keuangan"), due_on=date(2026, 12, 1))
    session.commit()
    settings: Config = app.config["SETTINGS"]
    return {
        **os.environ,
        "PYTHONPATH": ".",
        "SIMPUL_DATABASE_URL": settings.database_url,
        "SIMPUL_FILES_DIR": str(tmp_path / "files"),
        "SIMPUL_SECRET_KEY": "kunci-untuk-pengujian-" + "x" * 32,
        "SIMPUL_AUDIT_KEY": "pBq8Zk3vX0sN7tYw2rLm5cHd9fGj4aUe6iOb1TQxVzRy",
        "SIMPUL_BASE_URL": "https://simpul.example.go.id",
        "SIMPUL_SMTP_HOST": "127.0.0.1",
        "SIMPUL_MAIL_FROM": "simpul@example.go.id",
        "SIMPUL_UNIT_MAILBOX": "unit@example.go.id",
    }


@pytest.mark.sqlite_only
def test_the_plan_of_a_day_is_printed_and_not_kept(environment):
    for name in (*COMMANDS, "simpul"):
        command = [*COMMANDS[name], "job", "run", "remind", "--on", "2026-11-24", "--dry-run"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert [
            line for line in lines if "penyusun@contoh.test" in line and "H-7" in line and "Laporan keuangan" in line
        ]
        assert lines[-1] == "1 direncanakan, 0 terlampaui, 0 dihentikan; tidak disimpan"
