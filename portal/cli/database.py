"""Migrations from the command line and for whoever starts the portal."""

import click
from alembic import command
from alembic.config import Config as AlembicConfig

from portal import paths
from portal.config import Config


def alembic_config(url: str) -> AlembicConfig:
    """Return Alembic's settings for the database at `url`."""
    config = AlembicConfig(str(paths.MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest revision."""
    command.upgrade(alembic_config(url), "head")


@click.group()
def database() -> None:
    """Basis data."""


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the database of the environment to the newest revision."""
    upgrade(Config.from_env().database_url)
    click.echo("Basis data sudah pada revisi terbaru.")
