"""How fast the chain of the trail is checked: `python -m tests.benchmarks.trail [--entries 200000]`.

Beside it, in the same run, the floor: the same rows read without a look at them, and the same bytes hashed. Rows a
second are printed only, beside the hundred thousand that are wanted; the ratio to the floor fails above MOST.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from portal.models import Entry
from portal.models.audit_chain import facts_of_rows, seal_earlier
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries import audit_chain
from tests.harness import migrating

KEY = b"kunci-untuk-mengukur-rantai-catatan"
START = datetime(2026, 11, 21, 2, tzinfo=UTC)
WANTED = 100_000
MOST = 2.8
"""So many times the floor a check may take."""
AT_ONCE = 20_000
TRIES = 3


def fill(session: Session, entries: int) -> None:
    """Write so many entries as the portal writes them, and seal them."""
    for first in range(0, entries, AT_ONCE):
        rows = [
            {
                "at": START + timedelta(seconds=number),
                "action": "agreement_amended",
                "subject_kind": "agreement",
                "subject_id": number,
                "detail": {"title": [f"Kerja sama {number}", f"Kerja sama rehabilitasi sosial {number}"], "year": 2026},
                "request_id": f"{number:032x}",
            }
            for number in range(first, min(first + AT_ONCE, entries))
        ]
        session.execute(insert(Entry), rows)
    seal_earlier(session.connection(), KEY)
    session.commit()


def quickest(work: Callable[[], object]) -> float:
    """The least seconds of CPU of some tries."""
    took = []
    for _ in range(TRIES):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def floor(session: Session) -> int:
    """Read the rows and hash as many bytes as the check has to, without comparing anything."""
    cursor = session.connection().connection.cursor()
    wanted = str(facts_of_rows().add_columns(Entry.sequence, Entry.detail_digest, Entry.previous_hash, Entry.mac))
    hashed = 0
    for row in cursor.execute(wanted):
        detail, told = row[9].encode(), repr(row[:9]).encode()
        hashlib.sha256(detail)
        hashlib.sha256(hashlib.sha256(told).digest()).hexdigest()
        hashed += len(detail) + len(told)
    cursor.close()
    return hashed


def main(words: list[str] | None = None) -> int:
    """Measure and print; fail when the check costs too many times the floor."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.trail")
    parser.add_argument("--entries", type=int, default=200_000)
    asked = parser.parse_args(words)
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'trail.sqlite'}"
        migrating.upgrade(url)
        engine = create_engine(url)
        with ScopedSession(bind=engine) as session:
            session.work_for(OfficeScope())
            fill(session, asked.entries)
            found = audit_chain.verify(session, [KEY])
            assert (found.checked, found.fault) == (asked.entries, None), found
            checking = quickest(lambda: audit_chain.verify(session, [KEY]))
            least = quickest(lambda: floor(session))
        engine.dispose()
    ratio = checking / least
    sys.stdout.write(
        f"{asked.entries:,} entries: {asked.entries / checking:,.0f} rows a second of CPU, wanted {WANTED:,}; "
        f"floor {asked.entries / least:,.0f}; {ratio:.2f} times the floor, at most {MOST:g}\n"
    )
    return 0 if ratio <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
