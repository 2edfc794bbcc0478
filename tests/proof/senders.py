"""Keeps workers and a mail server running that a proof kills; one worker's clock is ahead when that is asked.

Lines on its input: `kill 2` (a worker dies by signal 9 and is followed by another), `kill smtp`, `stop` (all workers
die), `start`. The answer is the numbers of the dead. The end of the input ends all. Started with settings as JSON.
"""

import json
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests.proof.keeper import application, end, fork, serve, told, warm, work

SMTP = "smtp"
BEFORE = timedelta(hours=9)
"""So long before the mails leave the sweep is made with which statements and letters are compiled."""


class Senders:
    """The processes by name."""

    def __init__(self, given: dict) -> None:
        """Make the application; nothing runs yet."""
        self.given = given
        self.app = application(given)
        self.place = Path(given["clock"])
        warm(self.app, told(self.place) - BEFORE)
        self.running: dict[str, int] = {}

    @property
    def workers(self) -> tuple[str, ...]:
        """The names of all workers."""
        return tuple(str(number) for number in range(self.given["workers"]))

    def begin(self, name: str) -> None:
        """Start a worker or the mail server."""
        ahead = timedelta(seconds=self.given["ahead_seconds"] if name == "0" else 0)
        is_server = name == SMTP
        become = (lambda: serve(self.given)) if is_server else (lambda: work(self.app, self.place, ahead))
        self.running[name] = fork(become)

    def kill(self, names: Sequence[str]) -> list[int]:
        """End processes and return their numbers."""
        dead = [self.running.pop(name) for name in names]
        for child in dead:
            end(child)
        return dead

    def do(self, words: list[str]) -> list[int]:
        """Do what one line says; return the numbers of the dead."""
        names = words[1:] or self.workers
        dead = [] if words[0] == "start" else self.kill(names)
        for name in () if words[0] == "stop" else names:
            self.begin(name)
        return dead


def main(words: list[str]) -> None:
    """Do what the input says until it ends."""
    senders = Senders(json.loads(words[0]))
    try:
        senders.begin(SMTP)
        senders.do(["start"])
        for line in sys.stdin:
            sys.stdout.write(json.dumps(senders.do(line.split())) + "\n")
            sys.stdout.flush()
    finally:
        senders.kill(tuple(senders.running))


if __name__ == "__main__":
    main(sys.argv[1:])
