"""The walls around a partner: every address is asked by everybody who should not have it, and must answer as written.

Who may what is the table of `tests/harness/policy_table.py`; the long random walk is `python -m tests.proof.walls`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule

from portal import clock as portal_clock
from portal.domain.policy import Role
from portal.models import Account, Agreement, AgreementParty, Entry
from portal.services import sign_in
from tests.factories import make_account
from tests.harness import crawl, policy_table
from tests.harness.databases import statements
from tests.harness.sample import SampleHouse
from tests.harness.visitors import Visitor
from tests.proof import canaries, walls

pytestmark = [pytest.mark.minutes, pytest.mark.sqlite_only]
OWN, STRANGER = walls.PEOPLE
WORD = walls.WORDS[0]
RECORDS = {"code", "key", "occurrence_id", "document_id", "proposal_id"}
"""Values of addresses that name one record, whoever asks; others count within the own organisation."""
ABSENT: dict[str, Any] = {"code": "TIDA-KADA", "key": "0" * 16, "word": "identitas", "slug": "kegiatan"}
REQUESTS = 400
BY_REQUEST = re.compile(r'(value="[^"]*")|(href="/bahasa/[^"]*")|([0-9a-f]{16})|(/(kantor|mitra)/[^"\s<]*)')


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A house whose own organisation carries a word, its addresses, and visitors from both sides of the wall."""

    house: SampleHouse
    paths: dict[tuple[str, str], str]
    """A true address for each method and rule, as its own people reach it."""
    visitors: dict[str, Visitor] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    """The code of the agreement in which the own organisation names a central board."""

    def rules(self) -> list[tuple[str, Rule]]:
        """Every address of partners with its method."""
        return policy_table.partner_rules(self.house.app)

    def path(self, method: str, rule: Rule, *, absent: bool = False) -> str:
        """The address with a record of the own organisation, or with one that is nobody's."""
        path = self.paths.get((method, rule.rule))
        if path and not absent:
            return path
        adapter = self.house.app.url_map.bind("localhost")
        values = adapter.match(path, method=method)[1] if path else {}
        for name in rule.arguments:
            if name in RECORDS or name not in values:
                values[name] = ABSENT.get(name, 987654)
        return str(adapter.build(rule.endpoint, values, method=method))


def enter(house: SampleHouse, account: Account) -> Visitor:
    token = sign_in.open_session(house.session, account, agent="tests", now=portal_clock.now())
    house.session.commit()
    return Visitor(house.app, house.session, account, token)


def member(house: SampleHouse, email: str, *roles: Role) -> Account:
    """A new account at the organisation of somebody, with one role or none."""
    first = house.session.scalars(select(Account).where(Account.email == email)).one()
    account = make_account(house.session, roles[0] if roles else Role.PARTNER_VIEWER, first.organisation)
    for role in roles[1:]:
        account.roles.append(
            type(account.roles[0])(
                organisation_id=first.organisation_id, role=role, starts_on=account.roles[0].starts_on, basis="uji"
            )
        )
    if not roles:
        account.roles[0].ends_on = account.roles[0].starts_on
    house.session.commit()
    house.session.expire_all()
    return account


@pytest.fixture(scope="module")
def ground(make_sample: Callable[..., SampleHouse]) -> Ground:
    """Everybody who stands before the walls of one organisation, and one who stands inside."""
    house = make_sample(demo=True)
    house.app.config.update(WTF_CSRF_CHECK_DEFAULT=False, PROPAGATE_EXCEPTIONS=False)
    first, other = (house.session.scalars(select(Account).where(Account.email == e)).one() for e in (OWN, STRANGER))
    own, foreign = first.organisation_id, other.organisation_id
    house.session.rollback()
    with house.session.get_bind().begin() as connection:
        canaries.mark(connection, own, foreign, WORD)
    house.session.expire_all()
    inside = enter(house, member(house, OWN, *walls.ROLES))
    walked = crawl.walk(inside, "/mitra/")
    paths: dict[tuple[str, str], str] = {}
    for method, found in (("GET", sorted(walked.answers)), ("POST", sorted(walked.posts))):
        for path in found:
            bare = path.partition("?")[0]
            if crawl.endpoint(inside, bare, method):
                rule = house.app.url_map.bind("localhost").match(bare, method=method, return_rule=True)[0]
                paths.setdefault((method, rule.rule), bare)
    made = Ground(house=house, paths=paths)
    suspended = member(house, OWN, Role.PARTNER_VIEWER)
    board = make_account(house.session, Role.UMBRELLA_READER)
    seat = house.session.scalars(select(AgreementParty).where(AgreementParty.organisation_id == own)).first()
    assert seat is not None
    seat.umbrella_id = board.organisation_id
    made.visitors.update(
        {
            "inside": inside,
            "stranger": enter(house, member(house, STRANGER, *walls.ROLES)),
            "central board": enter(house, member(house, STRANGER, Role.UMBRELLA_READER)),
            "named board": enter(house, board),
            "viewer": enter(house, member(house, OWN, Role.PARTNER_VIEWER)),
            "former": enter(house, member(house, OWN)),
            "suspended": enter(house, suspended),
        }
    )
    made.named.append(house.session.get_one(Agreement, seat.agreement_id).code)
    suspended.is_active = False
    house.session.commit()
    return made


def test_the_table_of_the_policy_is_as_written(ground: Ground):
    assert policy_table.table(ground.house.app) == policy_table.GOLDEN.read_text("utf-8"), (
        "Who may open what has changed: look at it, then type `python -m tests.harness.policy_table`."
    )


def test_most_addresses_are_asked_with_true_records(ground: Ground):
    named = [(method, rule.rule) for method, rule in ground.rules() if RECORDS & rule.arguments]
    true = [each for each in named if each in ground.paths]
    assert len(true) >= 0.6 * len(named), f"only for these is there a true record: {true}"


@pytest.mark.parametrize("who", ["suspended", "former"])
def test_who_may_no_longer_come_in_gets_nothing(ground: Ground, who: str):
    wrong = []
    for method, rule in ground.rules():
        answer = ground.visitors[who].open(ground.path(method, rule), method=method)
        at_the_door = answer.headers.get("Location", "").startswith("/masuk")
        if not at_the_door or WORD in canaries.words_of(answer):
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize(("who", "role"), [("viewer", Role.PARTNER_VIEWER), ("central board", Role.UMBRELLA_READER)])
def test_a_role_is_refused_exactly_where_the_table_says(ground: Ground, who: str, role: Role):
    before = ground.house.session.scalar(select(func.count()).select_from(Entry))
    wrong, refused = [], 0
    for method, rule in ground.rules():
        is_open = policy_table.may(role, policy_table.declared(ground.house.app, rule).action)
        if is_open and method == "POST":
            continue
        answer = ground.visitors[who].open(ground.path(method, rule), method=method)
        refused += not is_open
        if (answer.status_code == 403) == is_open or answer.status_code >= 500:
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []
    assert refused > 15
    assert ground.house.session.scalar(select(func.count()).select_from(Entry)) == before


@pytest.mark.parametrize("who", ["stranger", "central board"])
def test_other_organisations_read_nothing_and_do_not_find_records(ground: Ground, who: str):
    wrong = []
    for method, rule in ground.rules():
        answer = ground.visitors[who].open(ground.path(method, rule), method=method)
        is_found = bool(RECORDS & rule.arguments) and answer.status_code not in {403, 404}
        if is_found or WORD in canaries.words_of(answer) or answer.status_code >= 500:
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []


def test_a_central_board_reads_what_names_it_and_nothing_else(ground: Ground):
    board, [code] = ground.visitors["named board"], ground.named
    assert board.get("partner.members.show", code=code).status_code == 200
    assert ground.visitors["central board"].get("partner.members.show", code=code).status_code == 404
    wrong = []
    for method, rule in ground.rules():
        if RECORDS & rule.arguments:
            answer = board.open(ground.path(method, rule), method=method)
            if answer.status_code not in {403, 404}:
                wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []


def asked(visitor: Visitor, method: str, path: str) -> tuple[int, str, list[str]]:
    """What somebody gets and what it asks the database, without what differs by request."""
    with statements() as ran:
        answer = visitor.open(path, method=method)
    return answer.status_code, BY_REQUEST.sub("", answer.get_data(as_text=True)), ran


def test_a_foreign_record_asks_and_answers_exactly_as_an_absent_one(ground: Ground):
    stranger, different, count = ground.visitors["stranger"], [], 0
    stranger.open("/mitra/")
    for method, rule in ground.rules():
        if not RECORDS & rule.arguments or (method, rule.rule) not in ground.paths:
            continue
        count += 1
        foreign, absent = (asked(stranger, method, ground.path(method, rule, absent=a)) for a in (False, True))
        if foreign != absent:
            different.append(f"{method} {rule.rule}: {foreign[0]} and {absent[0]}, {len(foreign[2])} statements")
    assert different == []
    assert count >= 12


def test_the_own_people_read_the_word_on_most_of_their_pages(ground: Ground):
    visitor = ground.visitors["inside"]
    pages = [path for (method, _), path in ground.paths.items() if method == "GET"]
    with_word = [path for path in pages if WORD in canaries.words_of(visitor.open(path))]
    assert len(with_word) >= 0.4 * len(pages), "the word would not be noticed if it leaked"


def test_a_short_walk_at_random_finds_no_leak(make_sample: Callable[..., SampleHouse]):
    found = walls.walk(make_sample(demo=True), requests=REQUESTS, seed=Random().randrange(10**6))
    assert found.verdict() == []
    assert found.own_words > REQUESTS / 4
    assert len(found.endpoints) > 25
