"""Commands of the jobs: list them, run one by hand, and run the worker."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask import Flask

from portal import clock, logs
from portal.app import create_app
from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.wording import label
from portal.extensions import db
from portal.jobs import forget_keys, remind, runner, schedule
from portal.jobs import worker as ticking
from portal.queries import ledger
from portal.services import reminders

HOUR = 8
"""By hand a job runs for eight in the morning in Jakarta, when reminders begin to leave."""


@contextmanager
def _opened() -> Iterator[Flask]:
    """Yield the portal; its connections are closed at the end."""
    app = create_app()
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@click.group()
def job() -> None:
    """Pekerjaan yang berjalan sendiri."""


@job.command(name="list")
def list_jobs() -> None:
    """List every job with what it does."""
    for each in schedule.JOBS:
        click.echo(f"{each.name:<12} {each.when.value:<18} {each.sentence}")


def _instant(day: datetime | None) -> datetime:
    return local_instant(day.date(), HOUR, Zone.WIB) if day else clock.now()


@job.command()
@click.argument("name", type=click.Choice([each.name for each in schedule.JOBS]))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Jalankan seolah-olah pada tanggal ini.")
@click.option("--dry-run", is_flag=True, help="Tampilkan saja; tidak ada yang disimpan atau dikirim.")
def run(name: str, day: datetime | None, *, dry_run: bool) -> None:
    """Run one job now, or as if on another day."""
    now = _instant(day)
    if dry_run:
        _try(name, now)
        return
    found = schedule.find(name)
    with _opened() as app:
        click.echo(found.run(app, now=now) if found else "")


def _try(name: str, now: datetime) -> None:
    if name not in {remind.NAME, forget_keys.NAME}:
        raise click.ClickException(f"Hanya {remind.NAME} dan {forget_keys.NAME} yang dapat dicoba tanpa disimpan.")
    with _opened() as app:
        if name == forget_keys.NAME:
            click.echo(f"{forget_keys.run(app, now=now, keep=False)}; tidak disimpan")
        else:
            _try_planning(app, now)


def _try_planning(app: Flask, now: datetime) -> None:
    with runner.transaction(app, keep=False) as session:
        done = reminders.sweep(session, now=now)
        for row in ledger.planned_at(session, now):
            about = f"{label(row.kind)}, {label(row.audience)}, {label(row.stage)}"
            click.echo(f"{row.target_on}  H{row.step:+d}  {row.email:<32} {row.title} ({row.agreement_code}): {about}")
        held = " (ditahan)" if done.held else ""
        click.echo(
            f"{done.planned} direncanakan{held}, {done.overtaken} terlampaui, {done.ended} dihentikan; tidak disimpan"
        )


@click.command()
def worker() -> None:
    """Tick and send until stopped; any number of workers may run."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with _opened() as app:
        logs.begin()
        ticking.run(app, stop)
