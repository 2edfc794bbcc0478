"""One walk that throws junk: who throws it, at which door, and how each answer is judged."""

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
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
from portal.extensions import BEYOND
from portal.models import Account, AccountRole
from portal.services import sign_in
from tests.factories import make_account
from tests.harness import crawl
from tests.harness.clock import START
from tests.harness.sample import SampleHouse
from tests.harness.visitors import COOKIE, Visitor
from tests.proof import junk_words
from tests.proof.junk_forms import Sendable, lost, lost_files, of_page, says_no, unseen

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
    forms_sent: set[str] = field(default_factory=set)
    """The endpoints to which a form was sent."""
    put_off: Counter[str] = field(default_factory=Counter)
    """Forms with junk in open fields only that were answered by a page of its own: 400, 401, 403, 404, 409."""
    refused: int = 0
    trace: str = ""
    is_beyond: bool = False
    """Whether the last request asked for a value that no column can hold."""
    tell: Callable[[str], object] = lambda line: None
    """Hears of each fault and of the way at once: a long walk may be ended early."""

    def prepare(self, *, each: int) -> None:
        """Let an officer with every role, a partner with every role and a guest in, and let them look round."""
        session = self.house.session
        self.listen()
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

    def listen(self) -> Callable[[], None]:
        """Open the application for forms without a token and hear of its faults; return what ends that."""
        app = self.house.app
        before, kept = dict(app.config), app.error_handler_spec[None][None]
        app.config.update(WTF_CSRF_CHECK_DEFAULT=False, PROPAGATE_EXCEPTIONS=False)
        got_request_exception.connect(self._keep_trace, app)
        handlers = {kind: kept[kind] for kind in BEYOND}
        kept.update({kind: self._noting(handler) for kind, handler in handlers.items()})

        def end() -> None:
            got_request_exception.disconnect(self._keep_trace, app)
            kept.update(handlers)
            app.config.update(before)

        return end

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
        """Throw so many times; a long walk first sends a form to each address that takes one."""
        doors = {(one.name, self.endpoint(f.action, f.method)): (one, f) for one in self.people for f in one.forms}
        begun = self._each_once(list(doors.values())) if 2 * len(doors) < requests else 0
        for number in range(begun, requests):
            if number % 100 == 99:
                self.revive()
            if number % 500 == 499:
                self.tell(f"{number + 1} requests, {len(self.endpoints)} kinds of address, {self.refused} refused")
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

    def _each_once(self, doors: list[tuple[Person, Sendable]]) -> int:
        for person, form in doors:
            self.revive()
            self.at_a_form(person, form)
        return len(doors)

    def at_a_form(self, person: Person, form: Sendable | None = None, wanted: set[str] | None = None) -> None:
        """Send a form with junk in the fields wanted, or in one, in some, or in all; sometimes twice."""
        form = form or self.random.choice(person.forms)
        names = form.names
        if not names:
            self.forms_sent.add(self.endpoint(form.action, form.method))
            self.ask(person, form.method, form.action, data=MultiDict(form.fields))
            return
        some = self.random.choice([1, 1, 1, min(3, len(names)), len(names)])
        chosen = wanted or set(self.random.sample(names, some))
        sent: MultiDict[str, Any] = MultiDict()
        for name, value in form.fields:
            sent.add(name, junk_words.text(self.random) if name in chosen and name not in form.files else value)
            if name in chosen and self.random.random() < 0.1:
                sent.add(name, junk_words.text(self.random))
        for name in sorted(chosen & form.unset):
            sent.add(name, junk_words.text(self.random))
        for name in form.files:
            if name in chosen:
                sent.add(name, junk_words.file(self.random))
        self.fields |= {(form.action, name) for name in chosen}
        if form.method == "GET":
            plain = MultiDict((n, v) for n, v in sent.items(multi=True) if isinstance(v, str))
            self.ask(person, "GET", form.action, query_string=plain)
            return
        self._judge(form, person, chosen, sent, self.ask(person, "POST", form.action, data=sent))

    def _judge(
        self, form: Sendable, person: Person, chosen: set[str], sent: MultiDict[str, Any], answer: TestResponse | None
    ) -> None:
        """Whatever is wrong with open fields, what was typed is there again; hidden ones nobody can type into."""
        self.forms_sent.add(self.endpoint(form.action, "POST"))
        if answer is None or chosen & form.hidden:
            return
        told = f"POST {form.action} as {person.name} ({answer.status_code})"
        if self.is_beyond:
            self.fault(f"{told} loses all: no column can hold {[(n, sent.getlist(n)) for n in sorted(chosen)]!s:.300}")
        elif answer.status_code == 422:
            self.refused += 1
            body = answer.get_data(as_text=True)
            for line in (*lost(form, chosen, sent, body), *lost_files(form, sent, body)):
                self.fault(f"{told} loses {line}")
        elif answer.status_code in {400, 401, 403, 404, 409}:
            for line in unseen(form, chosen, sent, answer.get_data(as_text=True)) if person.account else ():
                self.fault(f"{told} loses {line}")
            self._judge_put_off(form, person, answer.status_code, told)
            self.put_off[f"{answer.status_code} {self.endpoint(form.action, 'POST')}"] += 1
        elif answer.status_code in {302, 303} and person.account:
            self._judge_sent_on(form, person, chosen, sent, answer.headers["Location"])

    def _judge_sent_on(
        self, form: Sendable, person: Person, chosen: set[str], sent: MultiDict[str, Any], where: str
    ) -> None:
        """Where the page that follows says that nothing was done, it shows what was typed.

        It is opened after everything that was sent, for it says at once all that was not said before.
        """
        page = self.ask(person, "GET", urlsplit(where)._replace(scheme="", netloc="", fragment="").geturl())
        if page is None or page.mimetype != "text/html" or not says_no(body := page.get_data(as_text=True)):
            return
        for line in unseen(form, chosen, sent, body):
            self.fault(f"POST {form.action} as {person.name} (sent on to {where[:80]}) loses {line}")

    def _judge_put_off(self, form: Sendable, person: Person, code: int, told: str) -> None:
        """A field never makes a record absent or a form unreadable: without junk it fares no better."""
        if code not in {400, 404}:
            return
        plain = self.ask(person, "POST", form.action, data=MultiDict(form.fields))
        if plain is not None and plain.status_code not in {400, 403, 404, 409}:
            self.fault(f"{told} for a field: what the page brought is answered {plain.status_code}")

    def fault(self, line: str) -> None:
        """Keep what was wrong."""
        self.faults.append(line)
        self.tell(line)

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
        """Ask for an address, or send a form, with junk in the headers; cookies too, beside or instead of one's own."""
        names = self.random.sample(junk_words.HEADERS, 3)
        thrown = junk_words.environ({name: junk_words.header(self.random) for name in names})
        held = self._visitor(person).http.get_cookie(COOKIE)
        own = f"{COOKIE}={held.value}" if held and self.random.random() < 0.8 else ""
        thrown["HTTP_COOKIE"] = "; ".join(part for part in (own, thrown.get("HTTP_COOKIE", "")) if part)
        form = self.random.choice(person.forms)
        if form.method == "POST" and self.random.random() < 0.2:
            self.ask(person, "POST", form.action, data=MultiDict(form.fields), environ_overrides=thrown)
        else:
            self.ask(person, "GET", self.random.choice(person.addresses), environ_overrides=thrown)

    def at_a_body(self, person: Person) -> None:
        """Send what is no form at all to where forms are sent, and forms by methods that nobody expects."""
        form = self.random.choice(person.forms)
        kind, body = junk_words.body(self.random)
        method = self.random.choice(["POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
        length = self.random.choice([None, None, "-1", "0", "7", "99999999999", "x" * 20, "\u00b2"])
        lies = {} if length is None else {"CONTENT_LENGTH": length}
        self.ask(person, method, form.action, data=body, content_type=kind, environ_overrides=lies)

    def ask(self, person: Person, method: str, path: str, **options: Any) -> TestResponse | None:
        """Ask once and look at the answer."""
        self.trace, self.is_beyond = "", False
        visitor = self._visitor(person)
        if "HTTP_COOKIE" in options.get("environ_overrides", {}):
            visitor = Visitor(visitor.app, visitor.session)  # the test's own jar would replace the header
            visitor.http = visitor.app.test_client(use_cookies=False)
        try:
            answer = visitor.open(path, method=method, **options)
        except UnicodeError:
            return None  # the test's own client cannot write this; a browser could not either
        except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, HTTPException):
            self.fault(f"{method} {path[:120]!r} {str(options)[:600]} escapes\n{traceback.format_exc()[-1500:]}")
            return None
        self.answers[f"{method} {answer.status_code}"] += 1
        found = self.matched(path, method)
        if found:
            self.endpoints.add(found[0])
        told = f"{method} {path[:120]!r} as {person.name} ({answer.status_code})"
        shown = {k: v for k, v in options.items() if k in {"query_string", "environ_overrides"}}
        if answer.status_code >= 500:
            self.fault(f"{told} {str(shown or options)[:600]}\n{self.trace}")
        for wrong in junk_words.wrong_with(answer, OWN_HOST):
            self.fault(f"{told} {str(shown)[:200]}: {wrong}")
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

    def _noting(self, handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def noted(error: Exception) -> Any:
            self.is_beyond, self.trace = True, str(error)
            return handler(error)

        return noted

    def _keep_trace(self, sender: Flask, exception: Exception, **rest: Any) -> None:
        self.trace = "".join(traceback.format_exception(exception)[-5:])
