"""Workers that a test kills. This program makes the application once, then forks workers that sweep and send forever.

Each line on its input is the number of a worker to be killed with signal 9; a new one takes its place at once. The end
of the input ends all. Started with the settings as JSON.
"""

import json
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from flask import Flask

from portal.app import create_app
from portal.config import Config, Smtp
from portal.extensions import db
from portal.jobs import deliver, remind, runner
from portal.services import reminders

WORKERS = 3


def make(given: dict) -> Flask:
    """Make the application and compile its statements, without leaving anything behind."""
    app = create_app(
        Config(
            database_url=given["database_url"],
            files_dir=Path(given["files_dir"]),
            secret_key="kunci-untuk-pengujian-" + "x" * 32,
            base_url="http://localhost",
            smtp=Smtp(host="127.0.0.1", port=given["port"], tls="none"),
            testing=True,
            lease_seconds=given["lease_seconds"],
        )
    )
    with runner.transaction(app, keep=False) as session:
        reminders.sweep(session, now=datetime.fromisoformat(given["now"]))
    with app.app_context():
        db.engine.dispose()
    return app


def fork(app: Flask, now: datetime) -> int:
    """Start one worker and return its number in the system."""
    child = os.fork()
    if child:
        return child
    while True:
        remind.run(app, now=now)
        deliver.run(app, now=now)
        time.sleep(0.02)


def end(child: int) -> None:
    """Kill a worker and wait for its end."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main(words: list[str]) -> None:
    """Keep the workers running until the input ends."""
    given = json.loads(words[0])
    app, now = make(given), datetime.fromisoformat(given["now"])
    children = [fork(app, now) for _ in range(WORKERS)]
    for line in sys.stdin:
        place = int(line)
        end(children[place])
        children[place] = fork(app, now)
    for child in children:
        end(child)


if __name__ == "__main__":
    main(sys.argv[1:])
