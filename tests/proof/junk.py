"""Junk at every door: `python -m tests.proof.junk [--requests 20000] [--seed 1] [--processes 2]`.

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
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, got_request_exception
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from portal import clock as portal_clock
from portal.domain.policy import STAFF_ROLES, Role
from portal.extensions import reads_only
from portal.models import Account, AccountRole
from portal.services import sign_in
from tests.factories import make_account
from tests.harness import crawl, sample
from tests.harness.clock import START
from tests.harness.sample import SampleHouse
from tests.harness.visitors import Visitor
from tests.proof import junk_words
from tests.proof.junk_forms import Sendable, lost, of_page

PARTNER = "siti@arunika.example"
STARTS = {"office": "/kantor/", "partner": "/mitra/", "guest": "/"}
FORMS, QUERIES, PATHS, HEADERS, BODIES = 0.55, 0.68, 0.80, 0.90, 1.0
"""Up to which chance each kind of door is tried."""
OWN_HOST = "localhost"


@dataclass
class Person:
    """Somebody who throws junk, and the doors that this person sees."""

    name: str
    account: Account | None
    visitor: Visitor | None = None
    addresses: list[str] = field(default_factory=list)
    forms: list[Sendable] = field(default_factory=list)


@dataclass
class Junk:
    """The walk: who throws what where, and what was wrong."""

    house: SampleHouse
    random: Random
    people: list[Person] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    fields: set[tuple[str, str]] = field(default_factory=set)
    """Which fields of which form have been junk."""
    endpoints: set[str] = field(default_factory=set)
    refused: int = 0
    trace: str = ""

    def prepare(self, *, each: int) -> None:
        """Let an officer with every role, a partner with every role and a guest in, and let them look round."""
        app, session = self.house.app, self.house.session
        app.config.update(WTF_CSRF_CHECK_DEFAULT=False, PROPAGATE_EXCEPTIONS=False)
        got_request_exception.connect(self._keep_trace, app)
        officer = make_account(session, Role.OFFICER)
        session.commit()
        partner = session.scalars(select(Account).where(Account.email == PARTNER)).one()
        self.people = [Person("office", officer), Person("partner", partner), Person("guest", None)]
        self.revive()
        for person in self.people:
            walked = crawl.walk(self._visitor(person), STARTS[person.name], each=each)
            person.addresses = [path for path in walked.answers if not path.startswith("/bahasa")]
            known: set[object] = set()
            for path, body in sorted(walked.bodies.items()):
                for one in of_page(path, body):
                    door = (self.endpoint(one.action, one.method), one.button, tuple(sorted(n for n, _ in one.fields)))
                    if door not in known:
                        known.add(door)
                        person.forms.append(one)

    def revive(self) -> None:
        """Let everybody in again, with every role: junk also ends sessions and takes roles away."""
        session = self.house.session
        session.rollback()
        for person in self.people:
            person.visitor = None
            if person.account is None:
                continue
            person.account.is_active = True
            staff = person.name == "office"
            wanted = {role for role in Role if (role in STAFF_ROLES) == staff and role is not Role.UMBRELLA_READER}
            held = {role.role for role in person.account.roles if role.ends_on is None}
            for role in sorted(wanted - held):
                person.account.roles.append(
                    AccountRole(
                        organisation_id=person.account.organisation_id, role=role, starts_on=START.date(), basis="uji"
                    )
                )
        session.commit()
        session.expire_all()

    def run(self, requests: int) -> None:
        """Throw so many times."""
        for number in range(requests):
            if number % 100 == 99:
                self.revive()
            person = self.random.choices(self.people, (5, 4, 1))[0]
            chance = self.random.random()
            if chance < FORMS:
                self.at_a_form(person)
            elif chance < QUERIES:
                self.at_a_query(person)
            elif chance < PATHS:
                self.at_a_path(person)
            elif chance < HEADERS:
                self.at_headers(person)
            else:
                self.at_a_body(person)

    def at_a_form(self, person: Person) -> None:
        """Send a form with junk in one field, in some, or in all; sometimes twice, sometimes another field beside."""
        form = self.random.choice(person.forms)
        names = sorted({name for name, _ in form.fields if name != "csrf_token"} | set(form.files))
        if not names:
            return
        chosen = set(self.random.sample(names, self.random.choice([1, 1, 1, min(3, len(names)), len(names)])))
        sent: MultiDict[str, Any] = MultiDict()
        for name, value in form.fields:
            sent.add(name, junk_words.text(self.random) if name in chosen and name not in form.files else value)
            if name in chosen and self.random.random() < 0.1:
                sent.add(name, junk_words.text(self.random))
        for name in form.files:
            if name in chosen:
                sent.add(name, junk_words.file(self.random))
        self.fields |= {(form.action, name) for name in chosen}
        if form.method == "GET":
            plain = MultiDict((n, v) for n, v in sent.items(multi=True) if isinstance(v, str))
            self.ask(person, "GET", form.action, query_string=plain)
            return
        answer = self.ask(person, "POST", form.action, data=sent)
        if answer is not None and answer.status_code == 422 and chosen <= form.typed:
            self.refused += 1
            gone = lost(form, sent, answer.get_data(as_text=True))
            self.faults += [f"POST {form.action} as {person.name} loses {line}" for line in gone]

    def at_a_query(self, person: Person) -> None:
        """Ask for an address with junk behind it."""
        path, _, query = self.random.choice(person.addresses).partition("?")
        names = [pair.partition("=")[0] for pair in query.split("&") if pair]
        names += self.random.sample(junk_words.NAMES, 2)
        values = MultiDict((name, junk_words.text(self.random)) for name in names)
        self.ask(person, "GET", path, query_string=values)

    def at_a_path(self, person: Person) -> None:
        """Ask for an address of which a value is junk."""
        path = urlsplit(self.random.choice(person.addresses)).path
        found = self.matched(path, "GET")
        if found and found[1]:
            endpoint, values = found
            name = self.random.choice(sorted(values))
            values[name] = junk_words.of_path(self.random, values[name])
            try:
                path = str(self.house.app.url_map.bind(OWN_HOST).build(endpoint, values))
            except (BuildError, ValueError):
                return
        else:
            path += junk_words.of_path(self.random, "")
        self.ask(person, "GET", path)

    def at_headers(self, person: Person) -> None:
        """Ask for an address with junk in the headers."""
        headers = {name: junk_words.header(self.random) for name in self.random.sample(junk_words.HEADERS, 3)}
        self.ask(person, "GET", self.random.choice(person.addresses), headers=headers)

    def at_a_body(self, person: Person) -> None:
        """Send what is no form at all to where forms are sent, and forms by methods that nobody expects."""
        form = self.random.choice(person.forms)
        kind, body = junk_words.body(self.random)
        method = self.random.choice(["POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
        self.ask(person, method, form.action, data=body, content_type=kind)

    def ask(self, person: Person, method: str, path: str, **options: Any) -> TestResponse | None:
        """Ask once and look at the answer."""
        self.trace = ""
        try:
            answer = self._visitor(person).open(path, method=method, **options)
        except UnicodeError:
            return None  # the test's own client cannot write this; a browser could not either
        self.answers[f"{method} {answer.status_code}"] += 1
        found = self.matched(path, method)
        if found:
            self.endpoints.add(found[0])
        told = f"{method} {path[:120]!r} as {person.name} ({answer.status_code})"
        shown = {k: v for k, v in options.items() if k in {"query_string", "headers"}}
        if answer.status_code >= 500:
            self.faults.append(f"{told} {str(shown or options)[:600]}\n{self.trace}")
        self.faults += [f"{told} {str(shown)[:200]}: {wrong}" for wrong in junk_words.wrong_with(answer, OWN_HOST)]
        if answer.headers.get("Location", "").startswith("/masuk"):
            person.visitor = None
        return answer

    def matched(self, path: str, method: str) -> tuple[str, dict[str, Any]] | None:
        """The endpoint behind a path and its values, None when there is none."""
        try:
            endpoint, values = self.house.app.url_map.bind(OWN_HOST).match(urlsplit(path).path, method=method)
        except (HTTPException, ValueError):
            return None
        return str(endpoint), dict(values)

    def endpoint(self, path: str, method: str) -> str:
        """The endpoint behind a path, or the path itself."""
        found = self.matched(path, method)
        return found[0] if found else path

    def _visitor(self, person: Person) -> Visitor:
        if person.visitor is None:
            token = ""
            if person.account is not None:
                now = portal_clock.now()
                token = sign_in.open_session(self.house.session, person.account, agent="junk", now=now)
                self.house.session.commit()
            person.visitor = Visitor(self.house.app, self.house.session, person.account, token)
        return person.visitor

    def _keep_trace(self, sender: Flask, exception: Exception, **rest: Any) -> None:
        self.trace = "".join(traceback.format_exception(exception)[-5:])


def throw(house: SampleHouse, *, requests: int, seed: int, each: int = 2) -> Junk:
    """Throw junk at a house; what was wrong is in `faults`."""
    junk = Junk(house=house, random=Random(seed))
    junk.prepare(each=each)
    junk.run(requests)
    return junk


def throw_alone(requests: int, seed: int) -> tuple[Counter[str], set[str], int, int, list[str]]:
    """Make a house in a folder of its own and throw junk at it."""
    portal_clock.set_fixed(START)
    reads_only.set(True)
    with tempfile.TemporaryDirectory() as folder:
        sample.load_sets(Path(folder))
        house = sample.open_house(sample.config_of(Path(folder), demo=True))
        junk = throw(house, requests=requests, seed=seed, each=4)
        sample.close_house(house)
    return junk.answers, junk.endpoints, len(junk.fields), junk.refused, junk.faults


def main(words: list[str] | None = None) -> int:
    """Throw in several processes, and say what was found."""
    parser = argparse.ArgumentParser(prog="tests.proof.junk")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(words)
    each, began = -(-asked.requests // asked.processes), time.monotonic()
    answers: Counter[str] = Counter()
    endpoints: set[str] = set()
    fields, refused, faults = 0, 0, list[str]()
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        found = pool.starmap(throw_alone, [(each, asked.seed + number) for number in range(asked.processes)])
    for one in found:
        answers, endpoints, faults = answers + one[0], endpoints | one[1], faults + one[4]
        fields, refused = max(fields, one[2]), refused + one[3]
    say = sys.stdout.write
    say(f"{answers.total()} requests in {time.monotonic() - began:.0f} s, {len(endpoints)} kinds of address\n")
    say(", ".join(f"{name}: {count}" for name, count in sorted(answers.items())) + "\n")
    say(f"{fields} fields were junk, {refused} forms came back with what was typed; faults: {len(faults)}\n")
    say("".join(f"  {line}\n" for line in faults[:60]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
