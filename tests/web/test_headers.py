"""What every answer carries, whatever was asked and whatever came of it (design: platform B3, E23)."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing.converters import AnyConverter, BaseConverter, NumberConverter
from werkzeug.test import TestResponse

from portal.domain.policy import Role
from portal.models import Organisation
from portal.models.scope import ScopedSession
from portal.web.access import public
from tests.factories import make_partner
from tests.harness.visitors import Visitor

pytestmark = [pytest.mark.minutes, pytest.mark.sqlite_only]
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FILE = "default-src 'none'; sandbox; frame-ancestors 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TOLD_TOO_MUCH = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")
METHODS = {"guest": ("GET", "POST", "PUT", "OPTIONS", "TRACE"), "office": ("GET",), "partner": ("GET",)}
"""What is refused before anybody asks who sends it is asked by the guest alone."""


def wrong_with(answer: TestResponse, *, is_static: bool = False) -> list[str]:
    """The headers of an answer that are not as written."""
    own = answer.headers
    expected = {**ALWAYS, "Content-Security-Policy": FILE if "Content-Disposition" in own else PAGE}
    wrong = [f"{name}: {own.get_all(name)}" for name, value in expected.items() if own.get_all(name) != [value]]
    wrong += [f"{name}: {own[name]}" for name in TOLD_TOO_MUCH if name in own]
    if not is_static and "no-store" not in own.get("Cache-Control", ""):
        wrong.append(f"Cache-Control: {own.get('Cache-Control')}")
    if answer.mimetype.startswith("text/") and "charset=utf-8" not in own.get("Content-Type", "").lower():
        wrong.append(f"Content-Type: {own.get('Content-Type')}")
    if answer.status_code == 405 and not own.get("Allow"):
        wrong.append("Allow is missing")
    return wrong


def value_for(converter: BaseConverter | None) -> object:
    """A value that an address may hold and that names nothing where anything may stand."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 987654 if isinstance(converter, NumberConverter) else "tidak-ada"


def paths(app: Flask) -> list[str]:
    """An address for each rule; values that name nothing."""
    adapter, found = app.url_map.bind("localhost"), set()
    for rule in app.url_map.iter_rules():
        values = {name: value_for(rule._converters.get(name)) for name in rule.arguments}
        values |= dict(rule.defaults or {})
        for method in sorted(rule.methods or ()):
            found.add(adapter.build(rule.endpoint, values, method=method))
    return sorted(found)


@pytest.mark.parametrize("who", ["guest", "office", "partner"])
def test_every_answer_of_every_address_by_every_method_has_the_headers(
    app: Flask,
    session: ScopedSession,
    client: Visitor,
    as_staff: Callable[[Role], Visitor],
    as_partner: Callable[[Organisation, Role], Visitor],
    who: str,
):
    people = {
        "guest": lambda: client,
        "office": lambda: as_staff(Role.ADMIN),
        "partner": lambda: as_partner(make_partner(session), Role.PARTNER_RESPONSIBLE),
    }
    visitor, wrong, codes = people[who](), [], set()
    for path in paths(app):
        for method in METHODS[who]:
            answer = visitor.open(path, method=method)
            codes.add(answer.status_code)
            faults = wrong_with(answer, is_static=path.startswith("/static/"))
            if method == "TRACE" and answer.status_code not in {400, 405}:
                faults.append(f"TRACE is answered with {answer.status_code}")
            wrong += [f"{method} {path} ({answer.status_code}): {fault}" for fault in faults]
    assert wrong == []
    assert {200, 302, 404} <= codes


@pytest.mark.parametrize(
    "path", ["/static/css/app.css", "/favicon.ico", "/tidak/ada", "/kantor/%00", "/kantor/../masuk"]
)
def test_files_of_the_portal_and_what_is_not_there_have_the_headers(client: Visitor, path: str):
    answer = client.open(path)
    assert wrong_with(answer, is_static=answer.status_code == 200) == []


def test_a_fault_has_the_headers_and_shows_no_trace(make_app: Callable[..., Flask], session: ScopedSession):
    app = make_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/jatuh", "fall", public(_fall))
    answer = Visitor(app, session).get("fall")
    assert answer.status_code == 500
    assert "rahasia-di-dalam" not in answer.text
    assert "Traceback" not in answer.text
    assert wrong_with(answer) == []


def _fall() -> str:
    raise ZeroDivisionError("rahasia-di-dalam")


def test_behind_https_every_answer_says_so_and_cookies_are_bound_to_the_host(
    make_app: Callable[..., Flask], session: ScopedSession
):
    app = make_app(secure_cookies=True)
    answer = app.test_client().get("/masuk", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith("__Host-"), cookie
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts, cookie
        assert not any(part.startswith("domain") for part in parts), cookie


def test_signing_out_clears_what_the_browser_kept(as_staff: Callable[..., Visitor]):
    visitor = as_staff()
    answer = visitor.send(visitor.page("own_account.show"), "Keluar")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert wrong_with(answer) == []


def test_what_another_site_sends_is_refused_everywhere(app: Flask, as_staff: Callable[..., Visitor]):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    visitor, taken = as_staff(Role.ADMIN), []
    for path in paths(app):
        answer = visitor.open(path, method="POST", headers={"Sec-Fetch-Site": "cross-site"})
        if answer.status_code not in {403, 404, 405}:
            taken.append(f"POST {path}: {answer.status_code}")
    assert taken == []


@pytest.mark.parametrize("host", ["y" * 300, "a..b"])
def test_a_host_that_is_no_name_is_refused_in_one_sentence_to_who_is_signed_in_too(as_staff, host):
    visitor = as_staff()
    held = "; ".join(f"{name}={value}" for name, value in visitor.cookies)
    visitor.http = visitor.app.test_client(use_cookies=False)  # a jar keeps its cookies from another host
    answer = visitor.open("/kantor/", environ_overrides={"HTTP_HOST": host, "HTTP_COOKIE": held})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "tidak dapat diproses" in answer.get_data(as_text=True)
