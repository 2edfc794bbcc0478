"""Visitors without a browser: ask by endpoint, read strictly, fill in forms, sign in by a session row."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from portal.domain.policy import STAFF_ROLES, Role
from portal.models import Account, Organisation
from portal.models.scope import ScopedSession
from portal.services import sign_in
from tests.factories import make_account
from tests.harness.clock import StandingClock
from tests.harness.pages import Page

COOKIE = "simpul"


class Visitor:
    """Somebody who opens pages: `page`, `submit`, `get`, `post`. What the test made is committed first."""

    def __init__(self, app: Flask, session: ScopedSession, account: Account | None = None, token: str = "") -> None:
        """Begin as nobody, or as the person behind a token."""
        self.app = app
        self.session = session
        self.account = account
        self.http = app.test_client()
        self.cookies: tuple[tuple[str, str], ...] = ()
        if token:
            self.cookies = ((COOKIE, token),)
            self.http.set_cookie(COOKIE, token)

    def path(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint; unknown names are answered with the nearest ones."""
        try:
            return self.app.url_map.bind("localhost").build(endpoint, values)
        except BuildError:
            near = get_close_matches(endpoint, self.app.view_functions, n=3)
            needs = [str(rule) for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint]
            raise AssertionError(f"no address for {endpoint} with {values}; rules: {needs}; near: {near}") from None

    def open(self, path: str, **options: Any) -> TestResponse:
        """Ask for an address; redirects are not followed."""
        self.session.commit()
        answer = self.http.open(path, **options)
        # The test client spools large bodies to a file that it leaves open.
        answer.request.environ["wsgi.input"].close()
        self.session.expire_all()
        return answer

    def get(self, endpoint: str, **values: Any) -> TestResponse:
        """The raw answer, for files and parts."""
        return self.open(self.path(endpoint, **values))

    def page(
        self, endpoint: str, *, expect: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> Page:
        """Open a page by endpoint and read it strictly; `expect` is the number the answer must have."""
        return self.read(self.path(endpoint, **values), expect=expect, headers=headers)

    def read(self, path: str, *, expect: int = 200, headers: Mapping[str, str] | None = None) -> Page:
        """Open an address and read it strictly."""
        return self.understand(self.open(path, headers=dict(headers or {})), path, expect=expect)

    def understand(self, answer: TestResponse, path: str, *, expect: int) -> Page:
        """Check the number and read the page."""
        where = answer.headers.get("Location", "")
        assert answer.status_code == expect, f"{path}: {answer.status_code} {where} instead of {expect}"
        return Page(answer, path)

    def post(self, endpoint: str, fields: Any = None, **values: Any) -> TestResponse:
        """Send fields without a form, hence without its token: for tests of refusals."""
        return self.open(self.path(endpoint, **values), method="POST", data=fields or {})

    def send(
        self,
        page: Page,
        button: str,
        fields: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        *,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        """Fill in the form of a button and press it; answer without following.

        `fields` replace what the page brought, name by name; a list sends a name several times; a file is a
        pair `(io.BytesIO(b"..."), "laporan.pdf")`.
        """
        form = page.form(button)
        given = MultiDict(fields.items() if isinstance(fields, Mapping) else fields)
        names = {name for name, _ in form.fields}
        sent = MultiDict((name, value) for name, value in form.fields if name not in given)
        for name in given:
            known = names | set(page.all("//*[@name]/@name"))
            assert name in known, f"{page.path}: the form has no field {name!r}, only {sorted(known)}"
            for value in given.getlist(name):
                for single in value if isinstance(value, list) else [value]:
                    sent.add(name, single)
        extra = {"query_string": sent} if form.method == "GET" else {"data": sent}
        return self.open(form.action, method=form.method, headers=dict(headers or {}), **extra)

    def submit(
        self,
        page: Page,
        button: str,
        fields: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        *,
        expect: int = 200,
    ) -> Page:
        """Fill in the form of a button, press it, follow where it leads, and read that page strictly."""
        answer = self.send(page, button, fields)
        path = page.path
        for _ in range(5):
            if answer.status_code not in {301, 302, 303, 307, 308}:
                break
            path = answer.headers["Location"]
            answer = self.open(path)
        return self.understand(answer, path, expect=expect)


@pytest.fixture
def client(app: Flask, session: ScopedSession) -> Visitor:
    """A visitor who has not signed in."""
    return Visitor(app, session)


@pytest.fixture
def as_account(app: Flask, session: ScopedSession, clock: StandingClock) -> Callable[[Account], Visitor]:
    """Sign an existing account in, through a real session row: `as_account(account)`."""

    def enter(account: Account) -> Visitor:
        token = sign_in.open_session(session, account, agent="tests", now=clock.now)
        session.commit()
        return Visitor(app, session, account, token)

    return enter


@pytest.fixture
def as_staff(session: ScopedSession, as_account: Callable[[Account], Visitor]) -> Callable[..., Visitor]:
    """Somebody of the ministry: `as_staff()` is an officer, `as_staff(Role.LEGAL)` another."""

    def enter(role: Role = Role.OFFICER) -> Visitor:
        assert role in STAFF_ROLES, f"{role} is no role of the ministry"
        return as_account(make_account(session, role))

    return enter


@pytest.fixture
def as_partner(session: ScopedSession, as_account: Callable[[Account], Visitor]) -> Callable[..., Visitor]:
    """Somebody of a partner: `as_partner(organisation)`, `as_partner(organisation, Role.PARTNER_VIEWER)`."""

    def enter(organisation: Organisation, role: Role = Role.PARTNER_RESPONSIBLE) -> Visitor:
        assert role not in STAFF_ROLES, f"{role} is no role of a partner"
        return as_account(make_account(session, role, organisation))

    return enter
