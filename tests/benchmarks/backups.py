"""What a backup costs, and those who write meanwhile: `python -m tests.benchmarks.backups [--megabytes 200]`.

Two processes write, each some forty entries a second; backups and times of quiet take turns. Printed are the seconds
of a backup for each 100 MB of database and files, and the slowest hundredth of the writes during backups beside that of
the quiet (design: platform E27). Seconds are printed only; writers who wait more than twice as long fail.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from json import loads
from pathlib import Path
from random import Random

import pyrage
from sqlalchemy import create_engine, text

from portal.app import create_app
from portal.jobs import runner
from portal.services import backups
from portal.storage import Storage
from tests.benchmarks.planning import NOW
from tests.benchmarks.planning_data import fill
from tests.harness import migrating
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.proof.editor import config_of
from tests.proof.edits import Server
from tests.proof.talk import Program

WRITERS = 2
FILE = 400_000
"""Bytes of a file, as photos and papers have."""
MB = 1_000_000
WANTED_SECONDS, MOST_TIMES = 10, 2
WARM = 2.0
"""Seconds of writing that are not counted."""

Span = tuple[float, float]


@contextmanager
def place(kind: str, folder: Path) -> Iterator[str]:
    """The address of a migrated database that keeps what it acknowledges."""
    if kind == SQLITE:
        migrating.upgrade(f"sqlite:///{folder / 'bench.sqlite'}")
        yield f"sqlite:///{folder / 'bench.sqlite'}"
        return
    server = Server()
    try:
        yield server.url
    finally:
        server.running.stop()


def furnish(url: str, files: Path, megabytes: int, rows: int) -> float:
    """Fill database and files; answer how many MB both hold."""
    app, chance = create_app(config_of({"database_url": url, "files": files})), Random(1)
    storage = Storage(files)
    for _ in range(megabytes * MB // FILE):
        storage.keep(chance.randbytes(FILE))
    with runner.transaction(app) as session:
        fill(session, rows)
    engine = create_engine(url)
    asked = "SELECT pg_database_size(current_database())"
    if engine.dialect.name == SQLITE:
        asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with engine.connect() as connection:
        size = int(connection.execute(text(asked)).scalar_one())
    engine.dispose()
    return megabytes + size / MB


def slowest_hundredth(writes: list[Span], spans: list[Span]) -> tuple[float, int]:
    """The 99th of a hundred of the writes that overlap one of the spans, in seconds, and how many they are."""
    took = sorted(long for begun, long in writes if any(a < begun + long and begun < b for a, b in spans))
    return (took[int(len(took) * 0.99)] if took else 0.0), len(took)


def backed_up(url: str, files: Path, folder: Path, number: int) -> Span:
    """Make one backup, as the worker does; answer when it began and ended."""
    key = str(pyrage.x25519.Identity.generate().to_public())
    app = create_app(config_of({"database_url": url, "files": files}))
    begun = time.monotonic()
    with runner.reading(app) as session:
        made = backups.make(session, Storage(files), folder / str(number), recipients=(key,), now=NOW)
    ended = time.monotonic()
    made.path.unlink()
    return begun, ended


def measure(kind: str, *, megabytes: int, rows: int, rounds: int) -> bool:
    """Print the figures of one database; whether writers wait no more than wanted."""
    with tempfile.TemporaryDirectory(prefix="simpul-backups-") as name, place(kind, Path(name)) as url:
        folder, files = Path(name), Path(name) / "files"
        size = furnish(url, files, megabytes, rows)
        told = {"database_url": url, "files": str(files)}
        writers = [Program("tests.benchmarks.backup_writer", told) for _ in range(WRITERS)]
        for writer in writers:
            writer.ask("")
        time.sleep(WARM)
        loud, quiet = [], []
        for number in range(rounds):
            loud.append(backed_up(url, files, folder, number))
            begun = time.monotonic()
            time.sleep(loud[-1][1] - loud[-1][0])
            quiet.append((begun, time.monotonic()))
        writes = [(begun, long) for writer in writers for begun, long in loads(writer.ask(""))]
        for writer in writers:
            writer.close()
    took = min(ended - begun for begun, ended in loud)
    (during, many), (without, few) = slowest_hundredth(writes, loud), slowest_hundredth(writes, quiet)
    times = during / without if without else 0.0
    sys.stdout.write(
        f"{kind:10} {size:.0f} MB in {took:.1f} s: {took * 100 / size:.1f} s for 100 MB, wanted {WANTED_SECONDS}; "
        f"slowest hundredth of {many} writes {during * 1000:.0f} ms, of {few} in quiet {without * 1000:.0f} ms: "
        f"{times:.2f} times, wanted {MOST_TIMES}\n"
    )
    sys.stdout.flush()
    return bool(few) and times <= MOST_TIMES


def main(words: list[str]) -> int:
    """Print every figure; 1 when writers wait too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200, help="of files")
    parser.add_argument("--rows", type=int, default=50_000, help="dates in the database")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    asked = parser.parse_args(words)
    kinds = [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]
    fine = [measure(kind, megabytes=asked.megabytes, rows=asked.rows, rounds=asked.rounds) for kind in kinds]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
