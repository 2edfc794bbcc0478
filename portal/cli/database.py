"""Migrations and reference rows, from the command line and for whoever starts the portal."""

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask

from portal import clock, paths
from portal.app import create_app
from portal.config import Config
from portal.extensions import WALLS_MISSING, db
from portal.jobs import runner
from portal.services import audit_heads, clauses, doc_templates, reference, renewal_days


def alembic_config(url: str) -> AlembicConfig:
    """Return Alembic's settings for the database at `url`."""
    config = AlembicConfig(str(paths.MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to the newest revision, or to another one."""
    command.upgrade(alembic_config(url), revision)


def fill(app: Flask) -> None:
    """Load what every office begins with: code lists, units, holidays, rules, clauses, templates.

    What is there already stays as people left it, so doing it twice changes nothing. Agreements recorded before the
    portal kept the days of their renewal get them here.
    """
    now = clock.now()
    with runner.transaction(app) as session:
        reference.load(session, now=now)
        clauses.seed(session, now=now)
        doc_templates.seed(session, storage=app.extensions["storage"], now=now)
        renewal_days.refresh_all(session, now=now)


@click.group()
def database() -> None:
    """Basis data."""


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the database of the environment to the newest revision; seal the trail of before there was a chain."""
    settings = Config.from_env()
    try:
        upgrade(settings.owner_database_url or settings.database_url)
    except WALLS_MISSING as error:
        raise click.ClickException(str(error)) from error
    app = create_app(settings, is_checked=False)
    with runner.transaction(app) as session:
        audit_heads.begin(session, settings.audit_keys[0])
    with app.app_context():
        db.engine.dispose()
    click.echo("Basis data sudah pada revisi terbaru.")


@database.command("fill")
def fill_command() -> None:
    """Load code lists, holidays, clauses and templates that are absent."""
    fill(create_app(Config.from_env()))
    click.echo("Data rujukan, klausul, dan templat sudah dimuat.")
