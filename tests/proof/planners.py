"""Keeps planners running that a proof kills. Makes the application once, then forks; each sweeps without a pause.

Lines on its input: `start` (so many as are wanted), `kill 2` (one dies by signal 9 and is followed by another), `stop`
(all die). The answer is the numbers of the dead. The end of the input ends all. Started with settings as JSON.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from flask import Flask

from portal.extensions import db
from portal.jobs import remind, runner
from portal.services import reminders
from tests.proof.keeper import application, end, fork, told

BEGUN, ENDED, FAILED = b"+", b"-", b"!"


def warm(app: Flask, now: datetime) -> None:
    """Compile the statements of a sweep before the forks, leaving nothing behind."""
    with runner.transaction(app, keep=False) as session:
        for _ in range(2):
            reminders.sweep(session, now=now)
    with app.app_context():
        db.engine.dispose()


def plan(app: Flask, clock: Path, journal: Path) -> None:
    """Sweep for ever on the day that the file says; the journal tells how each sweep went."""
    with journal.open("ab", buffering=0) as file:
        while True:
            file.write(BEGUN)
            try:
                remind.run(app, now=told(clock))
            except Exception as error:  # noqa: BLE001 (a worker outlives it, too, and tries again)
                file.write(FAILED)
                sys.stderr.write(f"{type(error).__name__}: {error}\n"[:500])
            else:
                file.write(ENDED)


class Planners:
    """The processes by place."""

    def __init__(self, given: dict) -> None:
        """Make the application; nothing runs yet."""
        self.given = given
        self.app = application(given)
        self.clock, self.journal = Path(given["clock"]), Path(given["journal"])
        warm(self.app, told(self.clock))
        self.running: list[int] = []

    def begin(self) -> int:
        """Start one."""
        return fork(lambda: plan(self.app, self.clock, self.journal))

    def do(self, words: list[str]) -> list[int]:
        """Do what one line says; return the numbers of the dead."""
        dead: list[int] = []
        if words[0] == "start":
            self.running = [self.begin() for _ in range(self.given["planners"])]
        elif words[0] == "kill":
            place = int(words[1])
            dead = [self.running[place]]
            end(dead[0])
            self.running[place] = self.begin()
        else:
            dead, self.running = self.running, []
            for child in dead:
                end(child)
        return dead


def main(words: list[str]) -> None:
    """Do what the input says until it ends."""
    planners = Planners(json.loads(words[0]))
    try:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(planners.do(line.split())) + "\n")
            sys.stdout.flush()
    finally:
        planners.do(["stop"])


if __name__ == "__main__":
    main(sys.argv[1:])
