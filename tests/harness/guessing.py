"""Somebody who guesses from a process of its own: `guess <mail address> <tries>` or `enter <tokens …>`.

Started by `spawn("tests.harness.guessing", …)`. Guessing begins when the file named by GUESSING_GATE is there.
"""

import os
import sys
import time
from pathlib import Path

from portal import clock
from portal.app import create_app
from portal.extensions import separate_session
from portal.services import accounts, sign_in
from portal.services.accounts import Browser


def guess(email: str, tries: int) -> list[str]:
    """Try wrong passwords as fast as possible; tell of each whether it was looked at."""
    told = []
    for number in range(tries):
        browser = Browser(address=f"10.0.{os.getpid() % 250}.{number}")
        with separate_session() as session:
            outcome = accounts.try_sign_in(
                session, email=email, password=f"salah-{number}", browser=browser, second_step=False, now=clock.now()
            )
            session.commit()
        told.append("locked" if outcome.locked_until else "looked at")
    return told


def enter(tokens: list[str]) -> list[str]:
    """Tell of each copied token whether it opens the portal."""
    with separate_session() as session:
        return ["in" if sign_in.resolve(session, token, now=clock.now()) else "out" for token in tokens]


def main(words: list[str]) -> None:
    """Do what the words say within an application of this process."""
    with create_app().app_context():
        if words[0] == "enter":
            sys.stdout.write("\n".join(enter(words[1:])) + "\n")
            return
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while not Path(os.environ["GUESSING_GATE"]).exists():
            time.sleep(0.01)
        sys.stdout.write("\n".join(guess(words[1], int(words[2]))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
