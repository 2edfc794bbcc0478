"""Commands of the trail: is it whole?"""

import time
from pathlib import Path

import click

from portal.app import create_app
from portal.config import Config
from portal.domain.audit_chain import Head
from portal.extensions import db
from portal.jobs import runner
from portal.queries import audit_chain


@click.group()
def audit() -> None:
    """Jejak perubahan."""


def _heads(path: Path | None) -> tuple[Head, ...]:
    """Return the heads of a file, one a line."""
    try:
        return tuple(Head.read(line) for line in path.read_text().splitlines() if line.strip()) if path else ()
    except ValueError as error:
        message = "Berkas kepala rantai tidak terbaca: tiap baris memuat tanggal, nomor, MAC, dan tanda tangan."
        raise click.ClickException(message) from error


@audit.command()
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Kepala rantai yang disimpan di luar portal: dengan ini ekor yang terpotong ketahuan.",
)
def verify(heads: Path | None) -> None:
    """Check every entry of the trail; fail with the first that is wrong."""
    settings = Config.from_env()
    app = create_app(settings)
    outside, began = _heads(heads), time.monotonic()
    try:
        with runner.reading(app) as session:
            found = audit_chain.verify(session, settings.audit_keys, outside)
    finally:
        with app.app_context():
            db.engine.dispose()
    seconds = time.monotonic() - began
    click.echo(f"{found.checked} baris diperiksa dalam {seconds:.1f} detik ({found.checked / seconds:.0f} per detik).")
    if found.fault:
        raise click.ClickException(str(found.fault))
    click.echo("Rantai utuh." + (f" Kepala: baris {found.sequence}, {found.mac}" if found.mac else ""))
