"""What must hold before the portal runs in production, besides its settings: one sentence for each that does not.

`create_app` refuses to start with all of them at once; `simpul check` lists them (design: platform E28).
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask

from portal import paths
from portal.bucket import BucketKeeper
from portal.config import Config
from portal.extensions import PortalSession, db, reads_only, separate_session
from portal.queries import start_checks
from portal.settings import ConfigError

PACKAGE: Final = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What was looked at, and what to do about it; no `reason` when it is well."""

    subject: str
    reason: str | None = None


def check(app: Flask) -> None:
    """Raise ConfigError with every reason not to start; no connection stays open, as a server may fork afterwards."""
    reasons = [found.reason for found in findings(app) if found.reason]
    with app.app_context():
        db.engine.dispose()
    if reasons:
        raise ConfigError(*reasons)


def findings(app: Flask) -> Iterator[Finding]:
    """Yield everything that is looked at; what needs the newest tables waits for them."""
    settings: Config = app.config["SETTINGS"]
    yield Finding(subject="Tempat berkas", reason=_of_files(settings))
    reason = _of_login(app)
    yield Finding(subject="Pengguna basis data", reason=reason)
    if reason is not None:
        return
    reason = _asked(app, _of_revision)
    yield Finding(subject="Basis data pada revisi terbaru", reason=reason)
    if reason is None:
        yield Finding(subject="Basis data tanpa data contoh", reason=_asked(app, _of_sample))


def _of_login(app: Flask) -> str | None:
    before = reads_only.set(True)
    try:
        with app.app_context(), db.engine.connect() as connection:
            return start_checks.beside_walls(connection)
    except Exception as error:  # noqa: BLE001 (whatever a driver raises is a reason not to start)
        return _unreadable(error)
    finally:
        reads_only.reset(before)


def _unreadable(error: Exception) -> str:
    first = str(error).strip().partition("\n")[0]
    return f"Basis data tidak dapat dibaca, periksa SIMPUL_DATABASE_URL: {type(error).__name__} {first}"


def _asked(app: Flask, question: Callable[[PortalSession], str | None]) -> str | None:
    before = reads_only.set(True)
    try:
        with app.app_context(), separate_session() as session:
            return question(session)
    except Exception as error:  # noqa: BLE001 (whatever a driver raises is a reason not to start)
        return _unreadable(error)
    finally:
        reads_only.reset(before)


def _of_revision(session: PortalSession) -> str | None:
    newest = (paths.MIGRATIONS / "HEAD").read_text("utf-8").strip()
    found = start_checks.revision(session)
    return None if found == newest else f"Basis data pada revisi {found}, bukan {newest}: simpul database upgrade"


def _of_sample(session: PortalSession) -> str | None:
    is_sample = start_checks.holds_sample(session)
    return "Basis data berisi data contoh: pakai basis data yang baru untuk produksi." if is_sample else None


def _of_files(settings: Config) -> str | None:
    if settings.bucket.name:
        return _of_bucket(settings)
    folder = settings.files_dir.resolve()
    if folder.is_relative_to(PACKAGE) or PACKAGE.is_relative_to(folder):
        return f"SIMPUL_FILES_DIR {folder} ada di dalam program: pilih folder lain."
    probe = folder / f".{secrets.token_hex(8)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return f"SIMPUL_FILES_DIR {folder} tidak dapat ditulisi: {error.strerror}."
    return None


def _of_bucket(settings: Config) -> str | None:
    try:
        BucketKeeper(settings.bucket).check()
    except ConfigError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 (whatever the library raises is a reason not to start)
        return f"Wadah {settings.bucket.name} dalam SIMPUL_FILES_S3 tidak dapat dibuka: {error}"
    return None
