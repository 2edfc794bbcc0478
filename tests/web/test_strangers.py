"""Everything that can be reached is walked: no dead link, no foreign word, and a stranger learns nothing.

The walk follows every link of both sets of the demonstration, so that a new page is taken in by itself.
"""

import re
from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import or_, select

from portal.jobs import draft_in_bulk
from portal.models import AgreementParty, BulkRun, Organisation
from tests.harness import crawl, tour
from tests.harness.clock import START
from tests.harness.sample import SampleHouse
from tests.harness.visitors import Visitor

pytestmark = pytest.mark.minutes
OFFICE = ("ratna@kemensos.example", "dewi@kemensos.example", "admin@kemensos.example", "kinanti@kemensos.example")
PARTNERS = ("siti@arunika.example", "yusuf@arunika.example", "melki@sagara.example", "csr@plastindo.example")
MANAGER, BOARD = "manajer@arunika.example", "zainal@wastupertiwi.example"
RATING, ANSWERED = "nurul@tirtasana.example", "csr@plastindo.example"
PARTNERS += (MANAGER, BOARD)
OWN, STRANGER = "siti@arunika.example", "melki@sagara.example"
BY_BUTTON = {"staff.duty_bulk.show"}
"""Pages that only a button leads to."""
BY_TROUBLE = {"staff.reminders.decline", "staff.reminders.release", "staff.reminders.resend"}
"""Pages that are offered when a mail failed or reminders are held; the sample set has neither."""
BY_TROUBLE |= {"partner.team.withdraw"}
"""Nobody waits for an invitation to the manager's team."""
BY_TROUBLE |= {"staff.reminder_decisions.show", "staff.reminder_decisions.mail", "staff.reminder_people.show"}
"""No reminder waits, as nothing was swept, and the book leads to people and decisions by its rows."""
BY_TROUBLE |= {"staff.invitations.withdraw", "staff.reports.picture"}
"""Few partners of the sample have an open invitation, and none has sent a picture."""
CHANGING = re.compile(r'(value="[^"]*")|(href="/bahasa/[^"]*")|([0-9a-f]{16})|(/(kantor|mitra)/[^"\s<]*)')


@pytest.fixture(scope="module")
def house(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """Both sets, with forms that need no token: the question is who may, not whether a form is fresh."""
    sample = make_sample(demo=True)
    sample.app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    tour.make_word(sample, tour.fullest(sample))
    list_code = sample.session.scalars(select(BulkRun.code)).one()
    assert sample.visitor(OFFICE[0]).open(f"/kantor/massal/{list_code}/mulai", method="POST").status_code == 303
    assert draft_in_bulk.run(sample.app, now=START) == "1 daftar selesai"
    return sample


@pytest.fixture(scope="module")
def walked(house: SampleHouse) -> Callable[[str], crawl.Walk]:
    """The walk of a person, made once: nothing changes on the way."""
    done: dict[str, crawl.Walk] = {}

    def walk(email: str) -> crawl.Walk:
        if email not in done:
            done[email] = crawl.walk(house.visitor(email), start_of(email), each=each_of(email))
        return done[email]

    return walk


Walked = Callable[[str], crawl.Walk]


def each_of(email: str) -> int | None:
    """How many records of a kind somebody opens: officers and legal staff work with them, the others see them again."""
    if email not in OFFICE:
        return None
    return crawl.EACH if email in OFFICE[:2] else crawl.VARIANTS


def start_of(email: str) -> str:
    """Where somebody begins."""
    return "/kantor" if email in OFFICE else "/mitra/"


def failures(walk: crawl.Walk, fine: set[int]) -> list[str]:
    """The addresses that did not answer as they should, with the page that links there."""
    return [f"{code} {path} (on {walk.came_from.get(path)})" for path, code in walk.answers.items() if code not in fine]


@pytest.mark.parametrize("email", [*OFFICE, *PARTNERS])
def test_no_link_is_dead(walked: Walked, email: str):
    walk = walked(email)
    assert failures(walk, {200, 301, 302, 308}) == []
    assert len(walk.answers) > 8


def foreign_names(house: SampleHouse, organisation_id: int) -> set[str]:
    """Names of partners that share no agreement with this one: its pages must not tell them."""
    seat = or_(AgreementParty.organisation_id == organisation_id, AgreementParty.umbrella_id == organisation_id)
    mine = select(AgreementParty.agreement_id).where(seat)
    known = select(AgreementParty.organisation_id).where(AgreementParty.agreement_id.in_(mine))
    rows = house.session.scalars(
        select(Organisation.name).where(Organisation.is_ours.is_(False), Organisation.id.not_in(known))
    )
    return set(rows)


@pytest.mark.parametrize("email", PARTNERS)
def test_a_partner_reads_no_name_of_a_foreign_partner(house: SampleHouse, walked: Walked, email: str):
    visitor = house.visitor(email)
    names = foreign_names(house, visitor.account.organisation_id)
    walk = walked(email)
    told = {(path, name) for path, body in walk.bodies.items() for name in names if name in body}
    assert len(names) > 10
    assert told == set()


def answer_of(visitor: Visitor, method: str, path: str) -> tuple[int, str]:
    """What a visitor gets, without what differs by request."""
    answer = visitor.open(path, method=method)
    return answer.status_code, CHANGING.sub("", answer.get_data(as_text=True))


def record_paths(house: SampleHouse, walk: crawl.Walk) -> list[tuple[str, str]]:
    """Addresses of single records of the walk, each with its method."""
    paths = [("GET", path) for path in walk.answers] + [("POST", path) for path in sorted(walk.posts)]
    routes = house.app.url_map.bind("localhost")
    found = []
    for method, path in paths:
        endpoint, values = routes.match(path.partition("?")[0], method=method)
        if values and endpoint.split(".")[0] in {"partner", "staff"}:
            found.append((method, path))
    return found


def of_each_route(house: SampleHouse, method: str, paths: Iterable[str]) -> list[str]:
    """One address of each route: who may open it is said for all its records at once."""
    visitor, first = Visitor(house.app, house.session), dict[str, str]()
    for path in paths:
        first.setdefault(crawl.endpoint(visitor, path, method) or path, path)
    return list(first.values())


def absent_twin(house: SampleHouse, method: str, path: str) -> str:
    """The same address with a record that does not exist."""
    routes = house.app.url_map.bind("localhost")
    endpoint, values = routes.match(path.partition("?")[0], method=method)
    return routes.build(endpoint, values | {"code": "TIDAK-ADA"}, method=method)


def test_a_foreign_record_answers_exactly_as_an_absent_one(house: SampleHouse, walked: Walked):
    walk, theirs = walked(OWN), set(walked(STRANGER).answers)
    stranger = house.visitor(STRANGER)
    paths = [(method, path) for method, path in record_paths(house, walk) if path not in theirs]
    different = []
    for method, path in paths:
        foreign = answer_of(stranger, method, path)
        # A role that may not do this at all is told so before any record is looked for.
        if foreign[0] not in {403, 404} or foreign != answer_of(stranger, method, absent_twin(house, method, path)):
            different.append(f"{method} {path}: {foreign[0]}")
    assert {method for method, _ in paths} == {"GET", "POST"}
    assert len(paths) > 15
    assert different == []


def test_neither_side_finds_the_pages_of_the_other(house: SampleHouse, walked: Walked):
    office, partner = walked(OFFICE[0]), walked(OWN)
    outside, inside = house.visitor(OWN), house.visitor(OFFICE[0])
    wrong = []
    for walk, visitor, prefix in ((office, outside, "/kantor"), (partner, inside, "/mitra")):
        for method, paths in (("GET", walk.answers), ("POST", walk.posts)):
            asked = of_each_route(house, method, (path for path in paths if path.startswith(prefix)))
            wrong += [f"{method} {path}" for path in asked if visitor.open(path, method=method).status_code != 404]
    assert wrong == []


def test_a_stranger_to_the_portal_is_sent_to_the_door_from_everywhere(house: SampleHouse, walked: Walked):
    walk = walked(OFFICE[0])
    nobody = Visitor(house.app, house.session)
    paths = of_each_route(house, "GET", (path for path in walk.answers if path.startswith("/kantor")))
    assert len(paths) > 40
    wrong = [path for path in paths if not nobody.open(path).headers.get("Location", "").startswith("/masuk")]
    assert wrong == []


def test_the_walk_reaches_every_page_of_the_portal(house: SampleHouse, walked: Walked):
    reached = set().union(*(walked(email).endpoints for email in (*OFFICE[:3], OWN, MANAGER, BOARD, RATING, ANSWERED)))
    rules = [rule for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    asked = {rule.endpoint for rule in rules if rule.endpoint.split(".")[0] in {"staff", "partner"}}
    assert asked - reached == BY_BUTTON | BY_TROUBLE
