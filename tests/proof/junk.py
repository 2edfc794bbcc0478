"""Junk at every door: `python -m tests.proof.junk [--requests 20000] [--seed 1] [--processes 2] [--on postgresql]`.

Forms, queries, addresses, headers and files are found on the pages that people of every kind really see, and are sent
again with junk in them. No answer may be a fault of ours, show a trace, run what was typed, lead outside, or lose what
was typed when a form is refused. The short form in the suite is in `tests/web/test_junk.py`.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from portal import clock as portal_clock
from portal.extensions import reads_only
from tests.harness import sample
from tests.harness.clock import START
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.harness.sample import SampleHouse
from tests.proof.edits import Server
from tests.proof.junk_found import Found, found_by
from tests.proof.junk_walk import Junk


def throw(
    house: SampleHouse, *, requests: int, seed: int, each: int = 2, tell: Callable[[str], object] | None = None
) -> Junk:
    """Throw junk at a house; what was wrong is in `faults`."""
    junk = Junk(house=house, random=Random(seed))
    junk.tell = tell or junk.tell
    junk.prepare(each=each)
    junk.run(requests)
    return junk


def throw_alone(requests: int, seed: int, kind: str) -> Found:
    """Make a house in a folder of its own and throw junk at it; a server of PostgreSQL is its own too."""
    portal_clock.set_fixed(START)
    reads_only.set(kind == SQLITE)
    server = Server() if kind == POSTGRESQL else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            sample.load_sets(Path(folder))
            config = sample.config_of(Path(folder), demo=True)
            if server:
                sample.copy_rows(config.database_url, server.running.url("bench"))
                config = replace(config, database_url=server.url)
            house = sample.open_house(config)
            junk = throw(house, requests=requests, seed=seed, each=4, tell=_loud)
            sample.close_house(house)
        return found_by(junk)
    finally:
        if server:
            server.running.stop()


def _loud(line: str) -> None:
    sys.stderr.write(f"{os.getpid()}: {line}\n")
    sys.stderr.flush()


def main(words: list[str] | None = None) -> int:
    """Throw in several processes, and say what was found."""
    parser = argparse.ArgumentParser(prog="tests.proof.junk")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--on", choices=(SQLITE, POSTGRESQL), default=SQLITE)
    asked = parser.parse_args(words)
    each, began = -(-asked.requests // asked.processes), time.monotonic()
    tasks = [(each, asked.seed + number, asked.on) for number in range(asked.processes)]
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        whole, *others = pool.starmap(throw_alone, tasks)
    for other in others:
        whole.add(other)
    seconds = time.monotonic() - began
    sys.stdout.write(f"{whole.answers.total()} requests in {seconds:.0f} s on {asked.on}\n{whole.told()}")
    return 1 if whole.faults else 0


if __name__ == "__main__":
    sys.exit(main())
