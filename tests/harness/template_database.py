"""The migrated database that every test gets a copy of: made once for all processes of a run."""

import shutil
from pathlib import Path

from portal.models import row_walls
from tests.harness import migrating
from tests.harness.postgres import PORTAL, start_server

TEMPLATE = "template_simpul"
"""Its name, and that of the file or folder that holds it."""


def migrate_file(folder: Path) -> None:
    """Make a migrated SQLite file."""
    migrating.upgrade(f"sqlite:///{folder / TEMPLATE}")


def migrate_cluster(folder: Path) -> None:
    """Make a cluster with a migrated database."""
    server = start_server()
    try:
        server.execute(f"CREATE DATABASE {TEMPLATE}")
        migrating.upgrade(server.url(TEMPLATE))
        server.execute(f"CREATE ROLE {PORTAL} LOGIN NOINHERIT IN ROLE {', '.join(row_walls.ROLES)}")
        server.end()
        shutil.copytree(server.cluster, folder / TEMPLATE)
    finally:
        server.stop()
