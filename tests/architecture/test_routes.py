"""The door: every route says for whom it is, and is shut to everybody else (design: platform B2, house §5)."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.domain import policy
from portal.domain.policy import PARTNER_ROLES, STAFF_ROLES, Role
from portal.models import Organisation
from portal.models.scope import ScopedSession
from portal.web.access import Access, Audience
from tests.factories import make_account, make_partner
from tests.harness import policy_table
from tests.harness.visitors import Visitor

pytestmark = pytest.mark.minutes
# The whole of what somebody may see who has not signed in. A new name here is a decision, not a detail.
OPEN = {
    "static",
    "assets",
    "auth",
    # Its secret is the key.
    "calendar_feed",
    # Exists in a demonstration without a mail server only.
    "demo_mails",
    "front",
    "gallery",
    "health",
    "languages",
}
SAFE = {"GET", "HEAD", "OPTIONS"}


def rules(app: Flask) -> list[Rule]:
    """Every address of the application but that of the static files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def access_of(app: Flask, rule: Rule) -> Access | None:
    """What the view behind an address declares."""
    found: Access | None = getattr(app.view_functions[rule.endpoint], "access", None)
    return found


def methods(rule: Rule) -> Iterator[str]:
    """The methods of a rule that do something."""
    return (method for method in sorted(rule.methods or ()) if method not in {"HEAD", "OPTIONS"})


def absent(app: Flask, rule: Rule) -> str:
    """The rule's address with values that belong to no record."""
    values = {}
    for name in rule._converters:
        converter = type(rule._converters[name]).__name__
        values[name] = 987654 if converter == "RowNumber" else "TIDAK-ADA"
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=next(methods(rule)))


def ask(visitor: Visitor, rule: Rule, method: str) -> TestResponse:
    """Open the rule's address without any field; a crash is told as the address that crashed."""
    path = absent(visitor.app, rule)
    try:
        return visitor.open(path, method=method)
    except Exception as crash:
        raise AssertionError(f"{method} {path} ({rule.endpoint}) crashed: {crash!r}") from crash


def test_every_route_says_for_whom_it_is(bare_app: Flask):
    silent = [rule.endpoint for rule in rules(bare_app) if access_of(bare_app, rule) is None]
    assert not silent, f"declare @public, @signed_in, @office or @partner: {silent}"


def test_only_the_agreed_pages_are_open_to_everybody(bare_app: Flask):
    opened = {
        rule.endpoint.split(".")[0]
        for rule in rules(bare_app)
        if (access_of(bare_app, rule) or Access(audience=Audience.OFFICE)).audience is Audience.EVERYBODY
    }
    assert opened <= OPEN


def test_pages_of_the_office_and_of_partners_lie_under_their_own_address(bare_app: Flask):
    wrong = [
        rule.rule
        for rule in rules(bare_app)
        if (access := access_of(bare_app, rule)) is not None
        and (access.audience is Audience.OFFICE) != rule.rule.startswith("/kantor")
    ]
    assert not wrong


def test_a_view_that_declares_nothing_is_shut(make_app: Callable[..., Flask], session: ScopedSession):
    app = make_app()
    app.add_url_rule("/lupa", "forgotten", lambda: "rahasia")
    answer = Visitor(app, session).open("/lupa")
    assert answer.status_code == 403
    assert b"rahasia" not in answer.data


@pytest.mark.sqlite_only
def test_a_stranger_is_sent_to_the_sign_in_page(app: Flask, client: Visitor):
    wrong = []
    for rule in rules(app):
        access = access_of(app, rule)
        if access is None or access.audience is Audience.EVERYBODY:
            continue
        for method in methods(rule):
            answer = ask(client, rule, method)
            sent = answer.status_code in {302, 303} and "/masuk" in answer.headers["Location"]
            # Without the token of a form, an unsafe request is refused before anybody asks who sends it.
            if not sent and not (method not in SAFE and answer.status_code == 400):
                wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert not wrong


def allowed(access: Access, role: Role) -> bool:
    """Whether the table of rights opens a page to a role."""
    if access.audience is Audience.OFFICE and role not in STAFF_ROLES:
        return False
    if access.audience is Audience.PARTNER and role not in PARTNER_ROLES:
        return False
    return access.action is None or role in policy.RULES[access.action].roles


def refusal(access: Access, role: Role) -> int:
    """How a role is refused: the other side's pages are not there, one's own side is told why."""
    sides = {Audience.OFFICE: STAFF_ROLES, Audience.PARTNER: PARTNER_ROLES}
    return 403 if role in sides.get(access.audience, frozenset(Role)) else 404


def wrong_answers(app: Flask, visitor: Visitor, role: Role) -> list[str]:
    """The addresses that answer this role other than the table of rights says."""
    wrong = []
    for rule in rules(app):
        access = access_of(app, rule)
        if access is None or rule.endpoint.startswith("auth."):
            continue
        for method in SAFE.intersection(methods(rule)):
            code = ask(visitor, rule, method).status_code
            if not allowed(access, role):
                fine = code == refusal(access, role)
            else:
                fine = code == 404 if rule.arguments - set(rule.defaults or ()) else code in {200, 302, 303}
                fine = fine or rule.endpoint == "languages.choose"
                # Shown by a demonstration without a mail server only.
                fine = fine or (rule.endpoint == "demo_mails.index" and code == 404)
            if not fine:
                wrong.append(f"{role} {method} {rule.rule}: {code}")
    return wrong


def wrong_refusals(app: Flask, visitor: Visitor, role: Role) -> list[str]:
    """The addresses that take what this role sends though the table of rights says no, or refuse it otherwise."""
    wrong, asked = [], 0
    for rule in rules(app):
        access = access_of(app, rule)
        if access is None or allowed(access, role):
            continue
        for method in set(methods(rule)) - SAFE:
            asked += 1
            code = ask(visitor, rule, method).status_code
            if code != refusal(access, role):
                wrong.append(f"{role} {method} {rule.rule}: {code}")
    assert asked > 20
    return wrong


def taken_without_token(app: Flask, visitor: Visitor) -> list[str]:
    """The addresses that take what was sent without the token of a form."""
    asked = [
        (rule, method)
        for rule in rules(app)
        if access_of(app, rule) is not None and not rule.endpoint.startswith("auth.")
        for method in methods(rule)
        if method not in SAFE
    ]
    assert len(asked) > 50
    answers = ((rule, method, ask(visitor, rule, method).status_code) for rule, method in asked)
    return [f"{method} {rule.rule}: {code}" for rule, method, code in answers if code not in {400, 403, 404}]


@pytest.mark.sqlite_only
def test_nothing_is_taken_without_the_token_of_a_form(
    app: Flask,
    session: ScopedSession,
    as_staff: Callable[[Role], Visitor],
    as_partner: Callable[[Organisation, Role], Visitor],
):
    """The token is asked for before the role, so one person of each side speaks for all."""
    assert taken_without_token(app, as_staff(Role.ADMIN)) == []
    assert taken_without_token(app, as_partner(make_partner(session), Role.PARTNER_RESPONSIBLE)) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_each_role_of_the_ministry_gets_what_the_table_says(
    app: Flask, as_staff: Callable[[Role], Visitor], role: Role
):
    assert wrong_answers(app, as_staff(role), role) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", sorted(PARTNER_ROLES))
def test_each_role_of_a_partner_gets_what_the_table_says(
    app: Flask, session: ScopedSession, as_partner: Callable[[Organisation, Role], Visitor], role: Role
):
    visitor = as_partner(make_partner(session), role)
    assert wrong_answers(app, visitor, role) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", sorted(Role))
def test_nobody_sends_what_the_table_does_not_open(
    app: Flask, session: ScopedSession, as_account: Callable[..., Visitor], role: Role
):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    assert wrong_refusals(app, as_account(make_account(session, role)), role) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("state", ["former", "suspended"])
def test_who_may_no_longer_come_in_is_sent_to_the_door_from_everywhere(
    app: Flask, session: ScopedSession, as_account: Callable[..., Visitor], state: str
):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    account = make_account(session, Role.ADMIN)
    visitor = as_account(account)
    if state == "former":
        account.roles[0].ends_on = account.roles[0].starts_on
    else:
        account.is_active = False
    wrong = []
    for rule in rules(app):
        access = access_of(app, rule)
        if access is not None and access.audience is Audience.OFFICE:
            for method in methods(rule):
                answer = ask(visitor, rule, method)
                if not answer.headers.get("Location", "").startswith("/masuk"):
                    wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []


def test_the_table_of_everything_beside_partners_is_as_written(bare_app: Flask):
    assert policy_table.office_table(bare_app) == policy_table.OFFICE_GOLDEN.read_text("utf-8"), (
        "Who may open what has changed: look at it, then type `python -m tests.harness.policy_table`."
    )


@pytest.mark.sqlite_only
def test_the_table_shuts_a_view_that_declares_nothing(make_app: Callable[..., Flask]):
    app = make_app()
    app.add_url_rule("/terlewat", "forgotten", lambda: "rahasia")
    (line,) = [line for line in policy_table.office_table(app).splitlines() if "/terlewat" in line]
    assert line.split()[2:] == ["-------", "undeclared:", "shut"]
