"""Commands of backups: make one, read one to its end, restore one into an empty place."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from portal import clock
from portal.app import create_app
from portal.cli import database
from portal.config import Config
from portal.domain.errors import PortalError
from portal.extensions import db
from portal.jobs import back_up, runner
from portal.services import backups
from portal.services.backups import Found

ARCHIVE = click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
IDENTITY = click.option(
    "--identity",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas kunci pribadi age (AGE-SECRET-KEY-…).",
)


@click.group()
def backup() -> None:
    """Cadangan."""


@contextmanager
def _told() -> Iterator[None]:
    """Tell a refusal in one sentence."""
    try:
        yield
    except PortalError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _opened(*, is_checked: bool = True) -> Iterator[Flask]:
    app = create_app(Config.from_env(), is_checked=is_checked)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@backup.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder; semula dari setelan.")
def make(folder: Path | None) -> None:
    """Write one encrypted archive of database, files and heads of the trail."""
    began = time.monotonic()
    with _opened() as app, _told():
        place = folder or app.config["SETTINGS"].backup_dir
        if place is None:
            raise click.ClickException("Isi SIMPUL_BACKUP_DIR, atau tulis --to FOLDER.")
        click.echo(back_up.make(app, place, now=clock.now()))
    click.echo(f"Selesai dalam {time.monotonic() - began:.1f} detik.")


@backup.command()
@ARCHIVE
@IDENTITY
def check(archive: Path, identity: Path) -> None:
    """Read an archive to its end; nothing else is touched, and no setting is needed."""
    with _told():
        _report(backups.check(archive, identity), "Cadangan utuh")


@backup.command()
@ARCHIVE
@IDENTITY
def restore(archive: Path, identity: Path) -> None:
    """Fill the empty place of the settings, then look whether everything is there."""
    began = time.monotonic()
    with _opened(is_checked=False) as app, _told():
        settings: Config = app.config["SETTINGS"]
        storage = app.extensions["storage"]
        with app.app_context():
            engine = db.engine
            migrate = settings.database_url
            first = backups.restore(
                archive, identity, engine, storage, migrate=lambda revision: database.upgrade(migrate, revision)
            )
        with runner.reading(app) as session:
            found = backups.check_restored(session, storage, first, keys=settings.audit_keys)
    _report(found, "Pulih dan utuh")
    click.echo(f"{found.entries} baris jejak, {found.reminders} pengingat. {time.monotonic() - began:.1f} detik.")
    click.echo("Jalankan simpul database upgrade bila portal lebih baru daripada cadangan.")


def _report(found: Found, well: str) -> None:
    rows = sum(found.manifest["rows"].values())
    if found.faults:
        raise click.ClickException("\n".join(found.faults))
    click.echo(f"{well}: {rows} baris, {found.files} berkas, dibuat {found.manifest['made_at']}.")
