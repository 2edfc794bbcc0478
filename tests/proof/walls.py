"""Two organisations at random: `python -m tests.proof.walls [--requests 20000] [--seed 1] [--processes 2]`.

People of two organisations follow links, ask for each other's addresses with true, swapped and absent values, and send
each other's forms. Each organisation's rows carry a word of their own; every answer is searched for the word of the
other, and in the end every row. Guests ask for the addresses of both: somebody who left, somebody who was suspended,
somebody who never signed in, and a central board that one agreement names. Processes walk through houses of their own.
The short form in the suite is in `tests/web/test_walls.py`.
"""

import argparse
import io
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from portal import clock as portal_clock
from portal.domain.policy import Role
from portal.extensions import reads_only
from portal.models import Account, AccountRole, AgreementParty
from portal.services import sign_in
from tests.factories import make_account
from tests.harness import files, sample
from tests.harness.clock import START
from tests.harness.sample import SampleHouse
from tests.harness.visitors import Visitor
from tests.proof import canaries

PEOPLE = ("siti@arunika.example", "melki@sagara.example")
"""Of two organisations that share no agreement."""
WORDS = ("kenaribiru", "kenarimerah")
ROLES = (Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER, Role.PARTNER_WRITER)
REVIVE_EVERY = 200
TYPED = ("text", "textarea", "search")
DOOR = "/masuk"
OF_GUESTS = 0.08
"""So large a part of the requests comes from guests."""
OF_FEEDS = 0.02
FEED = re.compile(r"/kalender/[\w-]{43}\.ics")


@dataclass
class Side:
    """One organisation: its word, its people, and what its people have seen so far."""

    word: str
    organisation_id: int
    people: list[Account]
    visitors: dict[int, Visitor] = field(default_factory=dict)
    links: list[str] = field(default_factory=lambda: ["/mitra/"])
    forms: list[tuple[str, list[tuple[str, str]], bool]] = field(default_factory=list)
    known: set[str] = field(default_factory=lambda: {"/mitra/"})
    values: dict[str, list[Any]] = field(default_factory=dict)
    feeds: list[str] = field(default_factory=list)
    """Secret addresses of calendars, which are asked for by their own side only: who knows one may read it."""

    def learn(self, path: str) -> None:
        """Remember an address once."""
        if path not in self.known:
            self.known.add(path)
            self.links.append(path)


@dataclass
class Guest:
    """Somebody of neither side: an account, or nobody, and the words that must never be read."""

    name: str
    account: Account | None
    forbidden: tuple[str, ...]
    visitor: Visitor | None = None


@dataclass
class Walls:
    """The walk: who asks for what next, and what was wrong."""

    house: SampleHouse
    random: Random
    sides: list[Side] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    endpoints: set[str] = field(default_factory=set)
    guests: list[Guest] = field(default_factory=list)
    own_words: int = 0

    def prepare(self) -> None:
        """Give both sides their words and their people."""
        session = self.house.session
        self.house.app.config.update(WTF_CSRF_CHECK_DEFAULT=False, PROPAGATE_EXCEPTIONS=False)
        for email, word in zip(PEOPLE, WORDS, strict=True):
            first = session.scalars(select(Account).where(Account.email == email)).one()
            viewer = make_account(session, Role.PARTNER_VIEWER, first.organisation)
            self.sides.append(Side(word=word, organisation_id=first.organisation_id, people=[first, viewer]))
        self.invite_guests()
        session.commit()
        self.revive()
        one, other = self.sides
        with session.get_bind().begin() as connection:
            for mine, theirs in ((one, other), (other, one)):
                marked = canaries.mark(connection, mine.organisation_id, theirs.organisation_id, mine.word)
                assert len(marked) >= 10, f"only these carry the word: {dict(marked)}"
        session.expire_all()

    def invite_guests(self) -> None:
        """Record the guests; one agreement of the first side names the central board."""
        session, organisation = self.house.session, self.sides[0].people[0].organisation
        former, suspended = (make_account(session, Role.PARTNER_WRITER, organisation) for _ in range(2))
        former.roles[0].ends_on = START.date() - timedelta(days=1)
        suspended.is_active = False
        board = make_account(session, Role.UMBRELLA_READER)
        own = select(AgreementParty).where(AgreementParty.organisation_id == organisation.id)
        session.scalars(own.order_by(AgreementParty.id)).all()[0].umbrella_id = board.organisation_id
        self.guests = [
            Guest("former", former, WORDS),
            Guest("suspended", suspended, WORDS),
            Guest("nobody", None, WORDS),
            Guest("board", board, WORDS[1:]),
        ]

    def revive(self) -> None:
        """Let everybody in again: a walk at random also takes roles away and ends sessions."""
        session = self.house.session
        session.rollback()
        for guest in self.guests:
            guest.visitor = None
        for side in self.sides:
            side.visitors.clear()
            for place, account in enumerate(side.people):
                account.is_active = True
                held = {role.role for role in account.roles if role.ends_on is None}
                for role in set((Role.PARTNER_VIEWER,) if place else ROLES) - held:
                    session.add(
                        AccountRole(
                            account_id=account.id,
                            organisation_id=side.organisation_id,
                            role=role,
                            starts_on=START.date(),
                            basis="uji",
                        )
                    )
        session.commit()
        session.expire_all()

    def visitor(self, side: Side) -> Visitor:
        """Somebody of a side, mostly one who may do much, signed in."""
        account = side.people[self.random.random() < 0.2]
        if account.id not in side.visitors:
            now = portal_clock.now()
            token = sign_in.open_session(self.house.session, account, agent="walls", now=now)
            side.visitors[account.id] = Visitor(self.house.app, self.house.session, account, token)
        return side.visitors[account.id]

    def run(self, requests: int) -> None:
        """Ask so many times."""
        for number in range(requests):
            if number % REVIVE_EVERY == REVIVE_EVERY - 1:
                self.revive()
            if self.random.random() < OF_GUESTS:
                self.ask_as(self.random.choice(self.guests))
                continue
            place = self.random.randrange(2)
            self.ask(self.sides[place], self.sides[1 - place])

    def ask_as(self, guest: Guest) -> None:
        """Ask once for an address of one of the sides as a guest, or send one of its forms."""
        if guest.visitor is None:
            token = ""
            if guest.account is not None:
                now = portal_clock.now()
                token = sign_in.open_session(self.house.session, guest.account, agent="walls", now=now)
            guest.visitor = Visitor(self.house.app, self.house.session, guest.account, token)
        side = self.random.choice(self.sides)
        method, path, options = "GET", self.random.choice(side.links), {}
        if side.forms and self.random.random() < 0.3:
            method, (path, fields, _) = "POST", self.random.choice(side.forms)
            options = {"data": MultiDict((name, value.replace(side.word, "ketikan tamu")) for name, value in fields)}
        answer = guest.visitor.open(path, method=method, **options)
        self.note(guest.name, method, path, answer)
        self.search(guest.name, method, path, answer, guest.forbidden)

    def search(self, who: str, method: str, path: str, answer: TestResponse, forbidden: tuple[str, ...]) -> str:
        """Search an answer for words that must not be there; return what it says."""
        said = canaries.words_of(answer)
        for word in forbidden:
            if word in said:
                around = said[max(0, said.index(word) - 60) :][:140]
                self.leaks.append(f"{method} {path} ({answer.status_code}) as {who}: {around!r}")
        return said

    def ask(self, side: Side, other: Side) -> None:
        """Ask once as somebody of `side`, and look for the word of `other`."""
        method, path, options = self.choose(side, other)
        visitor = self.visitor(side)
        answer = visitor.open(path, method=method, **options)
        self.note(side.word, method, path, answer)
        said = self.search(side.word, method, path, answer, (other.word,))
        self.own_words += side.word in said
        if answer.headers.get("Location", "").startswith(DOOR):
            side.visitors.clear()
        elif answer.mimetype == "text/html" and answer.status_code < 400:
            self.look_round(side, path, answer)

    def note(self, who: str, method: str, path: str, answer: TestResponse) -> None:
        """Count an answer; one of five hundred and more is a fault of ours."""
        self.answers[f"{method} {answer.status_code}"] += 1
        if answer.status_code >= 500:
            self.faults.append(f"{method} {path} as {who}: {answer.status_code}")
        found = self.matched(path, method)
        if found:
            self.endpoints.add(found[0])

    def matched(self, path: str, method: str) -> tuple[str, dict[str, Any]] | None:
        """The endpoint behind a path and its values, None when there is none."""
        try:
            endpoint, values = self.house.app.url_map.bind("localhost").match(urlsplit(path).path, method=method)
        except HTTPException:
            return None
        return str(endpoint), dict(values)

    def choose(self, side: Side, other: Side) -> tuple[str, str, dict[str, Any]]:
        """What to ask for next: mostly own links, then the other's addresses, swapped ones, and forms of both."""
        chance = self.random.random()
        if chance < 0.40:
            return "GET", self.random.choice(side.feeds if side.feeds and chance < OF_FEEDS else side.links), {}
        if chance < 0.58:
            return "GET", self.random.choice(other.links), {}
        if chance < 0.70:
            return "GET", self.swapped(self.random.choice(side.links), "GET", other), {}
        owner = side if chance < 0.86 else other
        if not owner.forms:
            return "GET", self.random.choice(side.links), {}
        path, fields, takes_files = self.random.choice(owner.forms)
        if chance >= 0.95:
            path = self.swapped(path, "POST", side)
        return "POST", path, {"data": self.filled(fields, side, other, takes_files=takes_files)}

    def swapped(self, path: str, method: str, other: Side) -> str:
        """The same address with a value of the other side, or of nobody."""
        found = self.matched(path, method)
        if found is None or not found[1]:
            return f"{urlsplit(path).path}?q={self.random.choice(['laporan', 'pelatihan', '2026', 'a'])}"
        endpoint, values = found
        name = self.random.choice(sorted(values))
        there = other.values.get(name) or [values[name]]
        values[name] = self.random.choice(there) if self.random.random() < 0.85 else type(values[name])(987654)
        try:
            return str(self.house.app.url_map.bind("localhost").build(endpoint, values, method=method))
        except (BuildError, ValueError):
            return path

    def filled(
        self, fields: list[tuple[str, str]], side: Side, other: Side, *, takes_files: bool
    ) -> MultiDict[str, Any]:
        """A form as it was seen, now and then with a hidden value of the other side; typed text is the sender's own."""
        sent: MultiDict[str, Any] = MultiDict()
        for name, value in fields:
            there = other.values.get(f"field {name}")
            told = str(self.random.choice(there)) if there and self.random.random() < 0.3 else value
            sent.add(name, told.replace(other.word, side.word))
        if takes_files and self.random.random() < 0.3:
            sent.add("files", (io.BytesIO(files.pdf()), "laporan.pdf"))
        return sent

    def look_round(self, side: Side, path: str, answer: TestResponse) -> None:
        """Learn links, values and forms from a page."""
        tree = html.fromstring(answer.data)
        side.feeds += FEED.findall(answer.text)
        for href in tree.xpath("//a/@href"):
            parts = urlsplit(urljoin(path, str(href)))
            if not parts.scheme and not parts.netloc and not parts.path.startswith("/bahasa"):
                side.learn(parts._replace(fragment="").geturl())
        for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
            self.learn_form(side, path, form)
        found = self.matched(path, "GET")
        for name, value in (found[1] if found else {}).items():
            self.learn_value(side, name, value)

    def learn_form(self, side: Side, path: str, form: Any) -> None:
        """Remember a form with what stands in it, typed fields with the side's own word, for each of its buttons."""
        fields = []
        for control in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
            name, kind = control.get("name"), control.get("type") or control.tag
            if kind == "file" or (kind in {"radio", "checkbox"} and control.get("checked") is None):
                continue
            value = control.value if control.tag != "textarea" else control.text
            fields.append((name, f"ketikan {side.word}" if kind in TYPED else str(value or "")))
            if kind == "hidden":
                self.learn_value(side, f"field {name}", value)
        takes_files = bool(form.xpath(".//input[@type='file']"))
        for button in form.xpath(".//button"):
            target = urlsplit(urljoin(path, button.get("formaction") or form.get("action") or path)).path
            if target.startswith("/mitra") and (target, "POST", button.get("value")) not in side.known:
                side.known.add((target, "POST", button.get("value")))  # type: ignore[arg-type]
                named = [(button.get("name"), button.get("value") or "")] if button.get("name") else []
                side.forms.append((target, fields + named, takes_files))
                found = self.matched(target, "POST")
                for name, value in (found[1] if found else {}).items():
                    self.learn_value(side, name, value)

    def learn_value(self, side: Side, name: str, value: Any) -> None:
        """Remember a value of an address or of a hidden field."""
        there = side.values.setdefault(name, [])
        if value not in there and name != "field csrf_token":
            there.append(value)

    def verdict(self) -> list[str]:
        """Everything that was wrong, in the answers and in the rows."""
        one, other = self.sides
        self.house.session.rollback()
        with self.house.session.get_bind().connect() as connection:
            crossed = [
                f"{cell} holds the word of the other side"
                for mine, theirs in ((one, other), (other, one))
                for cell in canaries.rows_with(connection, mine.organisation_id, theirs.organisation_id, theirs.word)
            ]
        return [*self.leaks, *self.faults, *crossed]


def walk(house: SampleHouse, *, requests: int, seed: int) -> Walls:
    """Walk at random through a house; what was wrong is in `verdict()`."""
    walls = Walls(house=house, random=Random(seed))
    walls.prepare()
    walls.run(requests)
    return walls


@dataclass
class Found:
    """What one walk found, or several together."""

    answers: Counter[str] = field(default_factory=Counter)
    endpoints: set[str] = field(default_factory=set)
    own_words: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """Add what another walk found."""
        self.answers += other.answers
        self.endpoints |= other.endpoints
        self.own_words += other.own_words
        self.wrong += other.wrong


def walk_alone(requests: int, seed: int) -> Found:
    """Make a house in a folder of its own and walk through it."""
    portal_clock.set_fixed(START)
    reads_only.set(True)
    with tempfile.TemporaryDirectory() as folder:
        sample.load_sets(Path(folder))
        house = sample.open_house(sample.config_of(Path(folder), demo=True))
        walls = walk(house, requests=requests, seed=seed)
        wrong = walls.verdict()
        sample.close_house(house)
    return Found(answers=walls.answers, endpoints=walls.endpoints, own_words=walls.own_words, wrong=wrong)


def main(words: list[str] | None = None) -> int:
    """Walk in several processes, and say what was found."""
    parser = argparse.ArgumentParser(prog="tests.proof.walls")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(words)
    each, began, whole = -(-asked.requests // asked.processes), time.monotonic(), Found()
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for found in pool.starmap(walk_alone, [(each, asked.seed + number) for number in range(asked.processes)]):
            whole.add(found)
    took = time.monotonic() - began
    say = sys.stdout.write
    say(f"{whole.answers.total()} requests in {took:.0f} s, {len(whole.endpoints)} kinds of address\n")
    say(", ".join(f"{name}: {count}" for name, count in sorted(whole.answers.items())) + "\n")
    say(f"own word read {whole.own_words} times; leaks and faults: {len(whole.wrong)}\n")
    say("".join(f"  {line}\n" for line in whole.wrong[:40]))
    return 1 if whole.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
