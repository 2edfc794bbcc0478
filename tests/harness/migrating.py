"""Runs the migrations of the project on any database, as the command line does."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from portal import paths
from portal.extensions import reads_only


def alembic_config(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config(str(paths.MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@contextmanager
def _writing() -> Iterator[None]:
    """Write even where the sessions of a test only read: whoever needs a database first makes it for all."""
    before = reads_only.set(False)
    try:
        yield
    finally:
        reads_only.reset(before)


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision."""
    with _writing():
        command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Bring a database down to a revision."""
    with _writing():
        command.downgrade(alembic_config(url), revision)


def script() -> ScriptDirectory:
    """The folder of revisions."""
    return ScriptDirectory.from_config(alembic_config("sqlite://"))
