"""Junk into every form that the tests of pages come to see: a plugin of pytest (see `junk_states`).

A walk by links finds the forms of the sample; what stands on a page only in a rare state is made by some test. When
such a test is over and its database still there, each form that it saw is sent with junk in one field after the other.
`JUNK_TO` is the folder into which each process writes what it found, `JUNK_SEED` what decides the junk, `JUNK_TIMES`
after how many tests a process throws at the same form: each test leaves it in a state of its own.
"""

import os
import pickle
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.harness.sample import SampleHouse
from tests.harness.visitors import Visitor
from tests.proof.junk_forms import Sendable, of_page
from tests.proof.junk_found import Found, found_by
from tests.proof.junk_walk import Junk, Person

AT_ONCE = 40
"""So many fields of one form are tried one by one."""

Door = tuple[str, str, tuple[str, ...]]


class Seen:
    """The forms that the running test saw, and what came of all before."""

    def __init__(self, folder: Path, seed: str, times: int) -> None:
        self.folder, self.seed, self.times = folder, seed, times
        self.pending: list[tuple[Visitor, Sendable]] = []
        self.thrown: Counter[Door] = Counter()
        self.found: Found | None = None

    def note(self, visitor: Visitor, path: str, answer: TestResponse) -> None:
        """Note the forms of an answer."""
        if answer.mimetype == "text/html" and answer.status_code in {200, 409, 422}:
            body = answer.get_data(as_text=True)
            self.pending += [(visitor, form) for form in of_page(path, body) if form.method == "POST"]

    def throw(self, name: str, session: Any) -> None:
        """Send what the test saw with junk, as those who saw it."""
        pending, self.pending = self.pending, []
        junk: Junk | None = None
        for visitor, form in pending:
            if visitor.session is not session:
                continue
            junk = junk or Junk(
                house=SampleHouse(app=visitor.app, session=session), random=Random(f"{self.seed} {name}")
            )
            act = re.sub(r"[-.:]\w+$", "", form.button)  # a button of a row names the row after its act
            door = (junk.endpoint(form.action, form.method), act, tuple(form.names))
            if self.thrown[door] >= self.times or form.action.startswith("/bahasa"):
                continue
            self.thrown[door] += 1
            self.at(junk, Person("guest" if visitor.account is None else "somebody", visitor.account, visitor), form)
        if junk:
            self.keep(name, found_by(junk))

    def at(self, junk: Junk, person: Person, form: Sendable) -> None:
        """Send one form with junk in each of its fields, one after the other, and in all of them."""
        junk.house.session.rollback()
        end = junk.listen()
        try:
            names = form.names[:AT_ONCE]
            for wanted in [*({each} for each in names), set(names)]:
                junk.at_a_form(person, form, wanted)
        finally:
            end()

    def keep(self, name: str, found: Found) -> None:
        """Put what was found to what was found before."""
        found.faults = [f"{name}: {fault}" for fault in found.faults]
        if self.found is None:
            self.found = found
        else:
            self.found.add(found)

    def write(self) -> None:
        """Hand on what was found."""
        if self.found:
            (self.folder / f"{os.getpid()}.pickle").write_bytes(pickle.dumps(self.found))


SEEN = Seen(Path(os.environ["JUNK_TO"]), os.environ["JUNK_SEED"], int(os.environ["JUNK_TIMES"]))
OPEN = Visitor.open


def _open(visitor: Visitor, path: str, **options: Any) -> TestResponse:
    answer = OPEN(visitor, path, **options)
    SEEN.note(visitor, path, answer)
    return answer


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    """Note what is seen while the test itself runs, not by whatever is made ready for several tests."""
    SEEN.pending.clear()
    Visitor.open = _open  # type: ignore[method-assign]
    try:
        return (yield)
    finally:
        Visitor.open = OPEN  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Any:
    """Throw before what the test stood on is taken away."""
    values = getattr(item, "funcargs", {})
    try:
        if "session" in values and "app" in values:
            SEEN.throw(item.nodeid, values["session"])
    finally:
        yield


def pytest_sessionfinish() -> None:
    """Write the findings of this process."""
    SEEN.write()
