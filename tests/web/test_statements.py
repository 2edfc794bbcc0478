"""No page asks the database more often because there are more rows (design: platform C5).

Every page of the office and of a partner is opened before and after everything it shows has multiplied. The first
count is taken after each thing was doubled, so that a list that was empty does not count as growth. On PostgreSQL
one page of each kind is enough: the statements are the same.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, select

from portal import clock as portal_clock
from portal.jobs import remind
from portal.models import Base
from tests.harness import tour
from tests.harness.clock import START
from tests.harness.databases import POSTGRESQL, SQLITE, Database, statements
from tests.harness.growth import TABLES, grow
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.harness.tour import Tours
from tests.harness.visitors import Visitor

MANY = 12
"""So many of everything are added between the counts: a question asked for each row shows twelve times."""
LISTED = re.compile(r"IN \((?:%\(\w+\)s|[^()])*\)")
"""A list of values is one statement however long it is."""
READERS = ("officer", "admin", "partner")
LEFT_OUT = {"sign_in_session", "attempt", "organisation", "account"}
"""Not copied with an agreement: who signs in, and the bodies themselves."""
EVERYTHING = {table.name for table in Base.metadata.sorted_tables} - LEFT_OUT
PEOPLE = {"contact", "office_holder", "lks_profile", "account", "account_role", "invitation"}
OF_DUTY = {
    "obligation_party",
    "obligation_event",
    "relief",
    "contact_entry",
    "occurrence",
    "report",
    "report_round",
    "report_file",
    "reminder",
    "entry",
}
ALONE = (
    "renewal_decision",
    "reminder",
    "message",
    "invitation",
    "calendar_feed",
    "calendar_day",
    "sweep_log",
    "signing_event",
)
OF_AGREEMENT = ("agreement_file", "rendition", "stage_change", "contribution", "entry")


pytestmark = pytest.mark.minutes


@pytest.fixture(scope="module", params=[SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgresql)])
def house(
    request: pytest.FixtureRequest, make_sample: Callable[..., SampleHouse], databases: Callable[[str], Database]
) -> SampleHouse:
    """Both sets on each database, with a draft of the fullest agreement."""
    url = ""
    if request.param == POSTGRESQL:
        databases(POSTGRESQL).reset()
        url = databases(POSTGRESQL).url
    made = make_sample(url=url, demo=True)
    made.app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    portal_clock.set_fixed(START)
    tour.make_word(made, tour.fullest(made))
    remind.run(made.app, now=START)
    return made


def ids(connection: Connection, name: str, **where: int) -> list[int]:
    """The rows of a table, at most five, that say so."""
    table = TABLES[name]
    query = select(table.c.id).where(*(table.c[column] == value for column, value in where.items()))
    return list(connection.scalars(query.order_by(table.c.id).limit(5)))


def multiply(house: SampleHouse, times: int) -> None:
    """Add so many of everything to the records that the tour opens, and to every list."""
    agreement, partner = tour.fullest(house).id, tour.partner_of(house).id
    house.session.rollback()
    with house.session.get_bind().begin() as connection:
        grow(connection, "agreement", [agreement], times=times, follow=EVERYTHING)
        duties = ids(connection, "obligation", agreement_id=agreement)
        grow(connection, "obligation", duties, times=max(1, times // len(duties)), follow=OF_DUTY)
        grow(connection, "organisation", [partner], times=times, follow=PEOPLE)
        for name in OF_AGREEMENT:
            grow(connection, name, ids(connection, name, agreement_id=agreement)[:1], times=times)
        for name in ("report_file", "report_round"):
            reports = ids(connection, name, organisation_id=partner)
            grow(connection, name, reports, times=times)
        for name in ("contact", "office_holder", "account", "organisation_document", "card_proposal"):
            own = {"organisation_id": partner}
            grow(connection, name, ids(connection, name, **own)[:1], times=times, follow={"account_role"})
        for name in ALONE:
            grow(connection, name, ids(connection, name)[:1], times=times)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one page asked the database, and how long it became."""

    statements: list[str]
    length: int


def counts(house: SampleHouse, tours: Tours) -> dict[str, Asked]:
    """What every page of each reader asks."""
    found = {}
    is_whole = house.session.get_bind().dialect.name == SQLITE
    for reader in READERS:
        one = tours(reader)
        visitor = Visitor(house.app, house.session, token=dict(one.cookies)["simpul"])
        for path in one.paths if is_whole else one.one_each:
            with statements() as ran:
                answer = visitor.open(path)
            assert answer.status_code == 200 or one.stops[path].startswith("error."), f"{path}: {answer.status_code}"
            asked = [LISTED.sub("IN (many)", each) for each in ran if not each.startswith(("BEGIN", "PRAGMA"))]
            found[f"{reader} {path}"] = Asked(statements=asked, length=len(answer.data))
    return found


def repeated(before: Asked, after: Asked) -> str:
    """The statement that is asked most often beyond before, or nothing.

    The first look may hold what a kind of page asks only once; it stands in for nothing that is asked for each row.
    """
    more = Counter(after.statements) - Counter(before.statements)
    [(statement, times)] = more.most_common(1) or [("", 0)]
    if len(after.statements) <= len(before.statements) and times < MANY // 2:
        return ""
    return f"{len(before.statements)} -> {len(after.statements)}, {times} times more: {statement[:300]}"


def test_no_page_asks_more_often_when_there_is_more(house: SampleHouse, tours: Tours, tell: Tell):
    assert all(tours(reader).stops for reader in READERS), "addresses are collected before anything is copied"
    multiply(house, 2)
    before = counts(house, tours)
    multiply(house, MANY)
    after = counts(house, tours)
    grown = {page: repeated(asked, after[page]) for page, asked in before.items()}
    faults = [f"{page}: {sentence}" for page, sentence in grown.items() if sentence]
    longer = [page for page, asked in before.items() if after[page].length > asked.length * 1.1]
    heaviest = sorted(after, key=lambda page: -len(after[page].statements))[:8]
    tell("statements of the heaviest pages", [f"{len(after[page].statements):4} {page}" for page in heaviest])
    assert len(before) > 40
    assert len(longer) > 5, f"only these show more than before: {longer}"
    assert not faults, f"{len(faults)} pages:\n" + "\n".join(faults)
