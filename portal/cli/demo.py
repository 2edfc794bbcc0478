"""The demonstration: everything made anew in a folder, served on loopback, with the worker in the same process."""

import os
import shutil
import socket
from pathlib import Path

import click
from flask import Flask
from werkzeug.serving import make_server

from portal import clock
from portal.app import create_app
from portal.cli import database
from portal.config import Config
from portal.jobs import runner, worker
from portal.services.demo import loading, people

FOLDER = Path(".demo")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def fill(app: Flask) -> None:
    """Load reference data, the real set and the sample set; doing it twice changes nothing."""
    now = clock.now()
    database.fill(app)
    with runner.transaction(app) as session:
        house = loading.House(storage=app.extensions["storage"], base_url=app.config["SETTINGS"].base_url)
        loading.load_real(session, now=now)
        loading.load_sample(session, house=house, now=now)


def _tell(address: str) -> None:
    click.echo(f"\n  Simpul siap di  {address}\n\n  Akun contoh (kata sandi semua akun: {people.PASSWORD})\n")
    for account in people.accounts():
        click.echo(f"    {account.email:<44} {account.role}, {account.organisation}")
    click.echo(f"\n  Surel keluar dapat dibaca di  {address}/kantor/surel\n  Berhenti: Ctrl+C\n")


@click.command()
@click.option("--port", type=int, default=8000, show_default=True, help="Port pada 127.0.0.1.")
@click.option("--fresh", is_flag=True, help="Hapus data demo dan mulai dari awal.")
def demo(port: int, *, fresh: bool) -> None:
    """Serve the portal with demonstration data on this machine."""
    if os.environ.get("SIMPUL_SECRET_KEY"):
        raise click.ClickException("Mode demo tidak dijalankan pada lingkungan produksi (SIMPUL_SECRET_KEY terisi).")
    if fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    chosen = port if _port_is_free(port) else _free_port()
    address = f"http://127.0.0.1:{chosen}"
    config = Config.for_demo(FOLDER.resolve(), address)
    database.upgrade(config.database_url)
    app = create_app(config)
    fill(app)
    stop = worker.start_thread(app)
    server = make_server("127.0.0.1", chosen, app, threaded=True)
    _tell(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Selesai.")
    finally:
        stop.set()
        server.server_close()
