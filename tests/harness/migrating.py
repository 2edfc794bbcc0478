"""Runs the migrations of the project on any database, as the command line does."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from portal import paths


def alembic_config(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config(str(paths.MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision."""
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Bring a database down to a revision."""
    command.downgrade(alembic_config(url), revision)


def script() -> ScriptDirectory:
    """The folder of revisions."""
    return ScriptDirectory.from_config(alembic_config("sqlite://"))
