"""Real processes of the portal on the test's database, for tests that kill them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from portal.config import Config, Smtp
from tests.harness.clock import StandingClock
from tests.harness.databases import Database
from tests.harness.postbox import Postbox
from tests.harness.source import ROOT

Spawn = Callable[..., "subprocess.Popen[str]"]


def smtp_settings(postbox: Postbox) -> Smtp:
    """The settings that send mail to the tests' server."""
    return Smtp(host=postbox.host, port=postbox.port, tls="none")


def environment(config: Config) -> dict[str, str]:
    """The variables by which a process gets these settings."""
    smtp = config.smtp
    settings = {
        "SIMPUL_DATABASE_URL": config.database_url,
        "SIMPUL_FILES_DIR": str(config.files_dir),
        "SIMPUL_SECRET_KEY": config.secret_key,
        "SIMPUL_AUDIT_KEY": config.audit_keys[0].decode(),
        "SIMPUL_BASE_URL": config.base_url,
        "SIMPUL_MAIL_FROM": config.mail_from,
        "SIMPUL_UNIT_MAILBOX": config.unit_mailbox,
        "SIMPUL_SMTP_HOST": smtp.host or "",
        "SIMPUL_SMTP_PORT": str(smtp.port),
        "SIMPUL_SMTP_TLS": smtp.tls,
        "SIMPUL_AUTHENTICATOR": config.authenticator,
        "SIMPUL_LEASE_SECONDS": str(config.lease_seconds),
        "SIMPUL_FILES_S3": config.bucket.name,
        "SIMPUL_FILES_S3_ENDPOINT": config.bucket.endpoint or "",
        "SIMPUL_FILES_S3_PREFIX": config.bucket.prefix,
        "SIMPUL_FILES_S3_KEY": config.bucket.key or "",
        "SIMPUL_FILES_S3_SECRET": config.bucket.secret or "",
    }
    return {**os.environ, **{name: value for name, value in settings.items() if value}}


@pytest.fixture
def spawn(database: Database, clock: StandingClock) -> Iterator[Spawn]:
    """Start processes: `spawn("portal.cli", "worker", smtp=smtp_settings(smtp), lease_seconds=3)`.

    Each is a `Popen` with its output in `stdout`; its clock begins where the test's stands. What still runs at
    the end of the test is killed.
    """
    started: list[subprocess.Popen[str]] = []

    def start(module: str, *words: str, **settings: Any) -> "subprocess.Popen[str]":
        database.touch()
        command = [sys.executable, "-m", "tests.harness.launch", clock.now.isoformat(), module, *words]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(replace(database.config, **settings)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)
