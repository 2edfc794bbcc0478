"""Both sets of the demonstration on a running application, for tests that walk whatever exists.

The sets are loaded once; each test gets a copy of the file, on the day of the tests.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert, select, text

from portal import clock as portal_clock
from portal.config import Config
from portal.extensions import reads_only
from portal.models import Account, Base
from portal.models.scope import OfficeScope, ScopedSession
from portal.services import clauses, doc_templates, reference, sign_in
from portal.services.demo import loading
from portal.services.offline_packs import Desk
from portal.storage import Storage
from tests.harness import migrating, workbooks
from tests.harness.apps import make_app_quickly
from tests.harness.clock import START
from tests.harness.sharing import MakeOnce
from tests.harness.visitors import Visitor

SECRET = "kunci-untuk-pengujian-" + "x" * 32
NUMBER_ON = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")


@dataclass(kw_only=True)
class SampleHouse:
    """An application with both sets, a session that works for the office, and visitors by address."""

    app: Flask
    session: ScopedSession

    def visitor(self, email: str) -> Visitor:
        """Sign in the sample account with this address."""
        account = self.session.scalars(select(Account).where(Account.email == email)).one()
        token = sign_in.open_session(self.session, account, agent="tests", now=portal_clock.now())
        self.session.commit()
        return Visitor(self.app, self.session, account, token)


@contextmanager
def same_codes() -> Iterator[None]:
    """Draw the same codes in every run: which record of a list a walk opens depends on its address."""
    chance, drawn = Random(1), (secrets.randbits, secrets.token_hex)
    secrets.randbits = chance.getrandbits
    secrets.token_hex = lambda size=16: chance.randbytes(size or 16).hex()
    try:
        yield
    finally:
        secrets.randbits, secrets.token_hex = drawn


@same_codes()
def load_sets(folder: Path) -> None:
    """Make a database and files with both sets in `folder`, as on the day of the tests."""
    url = f"sqlite:///{folder / 'sample.sqlite'}"
    migrating.upgrade(url)
    engine = create_engine(url)
    with ScopedSession(bind=engine) as session:
        session.work_for(OfficeScope())
        reference.load(session, now=START)
        clauses.seed(session, now=START)
        doc_templates.seed(session, storage=Storage(folder / "files"), now=START)
        loading.load_real(session, now=START)
        house = loading.House(storage=Storage(folder / "files"), base_url="http://localhost")
        loading.load_sample(session, house=house, now=START)
        partner = session.scalars(select(Account).where(Account.email == "siti@arunika.example")).one()
        workbooks.leave(session, partner, desk=Desk(storage=Storage(folder / "files"), secret=SECRET), now=START)
        session.commit()
    engine.dispose()


def copy_rows(source: str, target: str) -> None:
    """Copy every row of a migrated database into an empty one of another kind; numbers go on behind the last."""
    giver, taker = create_engine(source), create_engine(target)
    with giver.connect() as read, taker.begin() as write:
        write.execute(text("SET LOCAL session_replication_role = replica"))  # rows may name each other in circles
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            if rows:
                write.execute(insert(table), rows)
            if rows and "id" in table.c:
                write.execute(NUMBER_ON, {"table": table.name, "last": max(row["id"] for row in rows)})
    giver.dispose()
    taker.dispose()


def config_of(folder: Path, **settings: object) -> Config:
    """Return the settings of an application on the sets in `folder`."""
    return Config(
        database_url=f"sqlite:///{folder / 'sample.sqlite'}",
        files_dir=folder / "files",
        secret_key=SECRET,
        base_url="http://localhost",
        testing=True,
        secure_cookies=False,
        authenticator="offered",
        **settings,  # type: ignore[arg-type]
    )


def open_house(config: Config) -> SampleHouse:
    """Make the application on loaded sets."""
    session = ScopedSession(bind=create_engine(config.database_url))
    session.work_for(OfficeScope())
    return SampleHouse(app=make_app_quickly(config), session=session)


def close_house(house: SampleHouse) -> None:
    """Close every connection of an application."""
    from portal.extensions import db

    house.session.close()
    house.session.get_bind().dispose()
    with house.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def loaded_sample(make_once: MakeOnce) -> Path:
    """A folder with the database and the files of both sets; processes that share the work load it once."""

    def load(folder: Path) -> None:
        portal_clock.set_fixed(START)
        load_sets(folder)

    return make_once("sample", load)


@pytest.fixture(scope="module")
def make_sample(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., SampleHouse]]:
    """Make the application on a copy of the sets: `make_sample(demo=True)`; it lives as long as its module's tests.

    `make_sample(url=...)` also copies every row into another migrated database, which is then used.
    """
    opened: list[SampleHouse] = []
    # A test's own session must not keep SQLite's write lock from the application.
    before = reads_only.set(True)

    def make(url: str = "", **settings: object) -> SampleHouse:
        folder = tmp_path_factory.mktemp("house") / "copy"
        shutil.copytree(loaded_sample, folder)
        config = config_of(folder, **settings)
        reads_only.set(not url.startswith("postgresql"))
        if url:
            copy_rows(config.database_url, url)
            config = replace(config, database_url=url)
        opened.append(open_house(config))
        return opened[-1]

    yield make
    reads_only.reset(before)
    for house in opened:
        close_house(house)


@pytest.fixture
def sample(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """Both sets on an application."""
    return make_sample()
