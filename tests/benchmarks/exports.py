"""How long the Excel files of duties and of the book of reminders take: `python -m tests.benchmarks.exports`.

`--rows 20000` says how many dates there are. Seconds are printed only; too much memory fails.
"""

import argparse
import io
import os
import sys
import time

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from portal.domain.policy import Role
from portal.jobs import runner
from portal.models import Occurrence
from portal.services import reminders, sign_in
from tests.benchmarks.planning import NOW, application, fresh, peak_mb, reset_peak
from tests.benchmarks.planning_data import fill
from tests.factories import make_account
from tests.harness.databases import POSTGRESQL, SQLITE

COOKIE = "__Host-simpul"
FILES = {"duties": "/kantor/kewajiban/unduh", "book": "/kantor/pengingat/unduh"}
WANTED_SECONDS = 5
"""What twenty thousand rows should take at most."""
MOST_MB = 100
"""A file may take so much memory beyond what the portal had before, whatever its rows."""


def prepare(app: Flask, rows: int) -> str:
    """Record dates, plan their reminders, sign an officer in; return the secret of the session."""
    with runner.transaction(app) as session:
        fill(session, rows)
        # Keys as people read them.
        session.execute(update(Occurrence).values(period_key="event-" + Occurrence.period_key))
    with runner.transaction(app) as session:
        reminders.sweep(session, now=NOW)
        return sign_in.open_session(session, make_account(session, Role.OFFICER), agent="bench", now=NOW)


def measure(app: Flask, token: str, name: str) -> bool:
    """Ask for a file once and print what it took; return whether its memory is bounded."""
    visitor = app.test_client()
    visitor.set_cookie(COOKIE, token)
    reset_peak()
    before, start, cpu = peak_mb(os.getpid()), time.perf_counter(), time.process_time()
    answer = visitor.get(FILES[name], buffered=False)
    pieces = list(answer.response)
    took, cpu, more = time.perf_counter() - start, time.process_time() - cpu, peak_mb(os.getpid()) - before
    content = b"".join(pieces)
    answer.close()
    assert answer.status_code == 200, answer.headers.get("Location")
    book = load_workbook(io.BytesIO(content), read_only=True)
    rows = sum(sum(1 for _ in page.rows) - 1 for page in book.worksheets)
    sys.stdout.write(
        f"{name:8} {rows:>7,} rows  {took:.2f} s ({cpu:.2f} s of CPU), wanted {WANTED_SECONDS} s for 20,000  "
        f"{len(content) / 1e6:.1f} MB  {more:.0f} MB more memory\n"
    )
    return more <= MOST_MB


def main(words: list[str]) -> int:
    """Print every figure; 1 when a file took more memory than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    asked = parser.parse_args(words)
    with fresh(asked.database) as url:
        app = application(url)
        token = prepare(app, asked.rows)
        visitor = app.test_client()
        visitor.set_cookie(COOKIE, token)
        visitor.get("/kantor").close()
        bounded = [measure(app, token, name) for name in FILES]
    return 0 if all(bounded) else 1


if __name__ == "__main__":
    from portal import clock

    clock.set_fixed(NOW)
    sys.exit(main(sys.argv[1:]))
