"""The application on the test's database. While tests use it, a page that only reads must leave nothing to write."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from portal.config import Config
from portal.extensions import PortalSession, db
from tests.harness.databases import Database

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
COMPILED: list[FileSystemBytecodeCache] = []
"""Where this run keeps compiled pages; a pytest inside a test has a place of its own."""


@event.listens_for(PortalSession, "after_flush")
def _note_flush(session: Session, context: UOWTransaction) -> None:
    session.info["flushed"] = [*session.new, *session.dirty, *session.deleted]


@pytest.fixture(scope="session", autouse=True)
def compiled_pages(run_folder: Path) -> Iterator[None]:
    """Keep what applications compile for all processes of the run: a page takes longer to compile than to draw."""
    folder = run_folder / "pages"
    folder.mkdir(exist_ok=True)
    COMPILED.append(FileSystemBytecodeCache(str(folder)))
    yield
    COMPILED.pop()


def make_app_quickly(config: Config) -> Flask:
    """Make an application that shares its compiled pages with the other ones of the run."""
    from portal.app import create_app

    app = create_app(config)
    app.jinja_env.bytecode_cache = COMPILED[-1] if COMPILED else None
    return app


def watched(config: Config) -> Flask:
    """An application that fails the test when a GET leaves rows to be written, whether flushed or not."""
    app = make_app_quickly(config)

    @app.after_request
    def check_reading(response: Response) -> Response:
        current = db.session()
        left = [*current.new, *current.deleted, *(row for row in current.dirty if current.is_modified(row))]
        left += current.info.pop("flushed", [])
        if request.method in SAFE and request.endpoint != "static":
            assert not left, f"{request.method} {request.path} wants to write {left}"
        return response

    return app


@pytest.fixture(scope="session")
def apps() -> Iterator[dict[str, Flask]]:
    """The application on each address; making one costs more than a test."""
    made: dict[str, Flask] = {}
    yield made
    for app in made.values():
        close(app)


def close(app: Flask) -> None:
    """Close every connection that an application holds."""
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(database: Database, apps: dict[str, Flask]) -> Iterator[Flask]:
    """The application on the test's database; settings that a test changes are as before for the next one."""
    if database.url not in apps:
        apps[database.url] = watched(database.config)
    found = apps[database.url]
    before = dict(found.config)
    yield found
    found.config.clear()
    found.config.update(before)


@pytest.fixture
def make_app(database: Database) -> Iterator[Callable[..., Flask]]:
    """Another application on the same database with other settings: `make_app(smtp=Smtp(...), demo=True)`."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(watched(replace(database.config, **settings)))
        return made[-1]

    yield make
    for other in made:
        close(other)
