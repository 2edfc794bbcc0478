"""Reading changes nothing: every row of every table is the same after every GET that somebody can open.

What may change stands in `LEFT_OUT`, and is exactly what design "Settled" 16 names (design: platform E23).
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from portal import clock as portal_clock
from portal.domain.policy import Actor
from portal.models import CalendarFeed
from portal.services import calendar_feeds, sign_in
from tests.harness import crawl, tour
from tests.harness.clock import START
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.harness.visitors import Visitor
from tests.web.test_headers import paths

pytestmark = [pytest.mark.minutes, pytest.mark.sqlite_only]
LEFT_OUT = {
    "attempt": {"key", "window_at", "count", "id"},
    "sign_in_session": {"used_at"},
    "calendar_feed": {"read_at"},
}
"""Wrong secrets that are counted, a session's last use at most once a minute, a feed's at most once an hour."""
LATER = START + timedelta(minutes=3)
"""Behind the minute in which a session's last use is not written again."""
STARTS = {tour.OFFICER: "/kantor", tour.ADMIN: "/kantor", tour.PARTNER: "/mitra/", "": "/"}
"""Where the officer, the administrator, the partner and the guest begin."""
Sums = dict[str, str]


class Rows:
    """All rows of a database file as another process sees them."""

    def __init__(self, house: SampleHouse) -> None:
        """Open the file beside the portal, for reading."""
        file = house.session.get_bind().engine.url.database
        self.connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        named = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        self.tables = [name for (name,) in named]

    def version(self) -> int:
        """A number that another connection's commit changes."""
        (number,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(number)

    def sums(self) -> Sums:
        """The checksum of each table, and apart from it of what may change."""
        return dict(each for table in self.tables for each in self._sums(table))

    def _sums(self, table: str) -> Iterator[tuple[str, str]]:
        columns = [row[1] for row in self.connection.execute(f'PRAGMA table_info("{table}")')]
        free = LEFT_OUT.get(table, set())
        yield table, self._sum(table, [name for name in columns if name not in free])
        if free:
            yield f"{table} (free)", self._sum(table, sorted(free))

    def _sum(self, table: str, columns: list[str]) -> str:
        if not columns:
            return ""
        named = ", ".join(f'"{name}"' for name in columns)
        rows = sorted(repr(row) for row in self.connection.execute(f'SELECT {named} FROM "{table}"'))
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def changed(before: Sums, after: Sums) -> set[str]:
    """The tables whose rows differ."""
    return {name for name in before | after if before.get(name) != after.get(name)}


def may_change(name: str) -> bool:
    """Whether only what is left out differs."""
    return name.endswith("(free)")


class Watch(Visitor):
    """A visitor behind whom the rows are looked at after each address."""

    rows: Rows
    last: Sums
    wrong: list[str]
    wrote: set[str]

    def open(self, path: str, **options: Any) -> TestResponse:
        """Open it; when anything was committed, say which tables differ."""
        self.session.commit()
        version, before = self.rows.version(), self.last
        answer = super().open(path, **options)
        if self.rows.version() != version:
            self.last = self.rows.sums()
            differing = changed(before, self.last)
            self.wrote |= differing
            self.wrong += [f"GET {path}: {name}" for name in sorted(differing) if not may_change(name)]
        return answer

    def begin(self, rows: Rows) -> None:
        """Take the first sums."""
        self.rows, self.wrong, self.wrote, self.last = rows, [], set(), rows.sums()


@pytest.fixture(scope="module")
def house(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """Both sets, and a Word file to be opened."""
    made = make_sample(demo=True)
    made.app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    tour.make_word(made, tour.fullest(made))
    return made


@pytest.fixture
def later(house: SampleHouse) -> Iterator[SampleHouse]:
    """The same a few minutes later; who signed in before is noted to be there again."""
    yield house
    portal_clock.set_fixed(START)


def watch(house: SampleHouse, email: str) -> Watch:
    """Sign somebody in and take the sums."""
    found = house.visitor(email) if email else Visitor(house.app, house.session)
    seen = Watch(house.app, house.session, found.account, dict(found.cookies).get("simpul", ""))
    house.session.commit()
    seen.begin(Rows(house))
    portal_clock.set_fixed(LATER)
    return seen


@pytest.mark.parametrize("email", sorted(STARTS), ids=lambda email: email or "guest")
def test_no_get_changes_a_row(later: SampleHouse, tell: Tell, email: str):
    visitor = watch(later, email)
    first = visitor.last
    each = None if email == tour.PARTNER else crawl.VARIANTS
    walked = crawl.walk(visitor, STARTS[email], each=each)
    bare = {urlsplit(path).path for path in walked.answers}
    absent = [path for path in paths(later.app) if path not in bare]
    for path in absent:
        visitor.open(path)
    assert visitor.wrong == []
    assert {name for name in changed(first, visitor.rows.sums()) if not may_change(name)} == set()
    tell("reading", [f"{email or 'guest'}: {len(bare)} addresses, {len(absent)} absent, wrote {sorted(visitor.wrote)}"])
    assert len(walked.endpoints) > (3 if not email else 25)
    # What is left out was really met: otherwise nobody would know whether the sums see a change.
    assert "attempt (free)" in visitor.wrote
    if email:
        assert "sign_in_session (free)" in visitor.wrote


def test_a_feed_notes_its_reading_and_nothing_else(later: SampleHouse):
    account = later.visitor(tour.OFFICER).account
    assert account is not None
    roles = sign_in.roles_on(later.session, account.id, now=START)
    actor = Actor(account_id=account.id, name=account.name, roles=roles, organisation_id=account.organisation_id)
    _, token = calendar_feeds.create(later.session, name="Ponsel", view="", actor=actor, now=START)
    later.session.commit()
    visitor = watch(later, "")
    assert visitor.open(f"/kalender/{token}.ics").status_code == 200
    assert (visitor.wrong, visitor.wrote) == ([], {"calendar_feed (free)"})


def test_the_sums_see_one_changed_letter(house: SampleHouse):
    rows = Rows(house)
    with closing(rows.connection):
        before = rows.sums()
        feed = house.session.query(CalendarFeed).first()
        assert feed is not None
        feed.name += "x"
        house.session.commit()
        assert changed(before, rows.sums()) == {"calendar_feed"}
