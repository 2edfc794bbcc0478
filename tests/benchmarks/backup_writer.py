"""Somebody who writes while a backup is made: a process that records one entry of the trail after the other.

Started with settings as JSON (`database_url`, `files`). A line on its input is answered with what it did since the last
one: the instant at which each write began, on the machine's monotonic clock, and the seconds until it was committed.
"""

import json
import sys
import threading
import time
from types import SimpleNamespace

from flask import Flask

from portal import clock
from portal.app import create_app
from portal.domain.policy import SYSTEM
from portal.jobs import runner
from portal.services import audit
from tests.proof.editor import config_of

REST = 0.02
"""Seconds between two writes: who works all the time would only measure that there are two cores."""
SUBJECT = SimpleNamespace(__tablename__="organisation", id=1)


def write(app: Flask, done: list[tuple[float, float]]) -> None:
    """Record entries for as long as the process lives."""
    while True:
        begun = time.monotonic()
        with runner.transaction(app) as session:
            audit.record(session, "uji", subject=SUBJECT, actor=SYSTEM, now=clock.now(), detail={"isi": "beban"})
        done.append((begun, time.monotonic() - begun))
        time.sleep(REST)


def main() -> None:
    """Write, and tell when asked."""
    app, done = create_app(config_of(json.loads(sys.argv[1]))), []
    threading.Thread(target=write, args=(app, done), daemon=True).start()
    for _ in sys.stdin:
        told = len(done)
        print(json.dumps(done[:told]), flush=True)  # noqa: T201 (this is how it speaks)
        del done[:told]


if __name__ == "__main__":
    main()
