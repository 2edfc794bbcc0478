"""The schema: one line of revisions, each of which goes up and down with rows in, ending where the models are."""

import re
from collections.abc import Callable, Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, func, inspect, select

from portal import paths
from portal.models import Base
from tests.harness import migrating, rows
from tests.harness.databases import Database

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, databases: Callable[[str], Database]) -> Iterator[Engine]:
    """An engine on a database without tables."""
    engine = create_engine(databases(request.param).source.empty())
    yield engine
    engine.dispose()


def address(engine: Engine) -> str:
    """The address of an engine, password and all."""
    return engine.url.render_as_string(hide_password=False)


def tables(engine: Engine) -> set[str]:
    """The tables that exist, Alembic's own left out."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each existing table of the models has."""
    present = tables(engine)
    with engine.begin() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name in present
        }


def test_the_head_file_names_the_single_head():
    script = migrating.script()
    assert script.get_heads() == [(paths.MIGRATIONS / "HEAD").read_text().strip()]


def test_revisions_are_numbered_in_one_line():
    names = sorted(path.stem for path in (paths.MIGRATIONS / "versions").glob("*.py"))
    assert names, "there are no revisions"
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names)


def test_every_revision_goes_down_and_up_with_rows_in(empty: Engine):
    url = address(empty)
    migrating.upgrade(url)
    with empty.begin() as connection:
        rows.fill(connection, Base.metadata)
    filled = counts(empty)
    assert set(filled.values()) == {rows.ROWS}
    for revision in [script.down_revision or "base" for script in migrating.script().walk_revisions()]:
        migrating.downgrade(url, revision)
        assert set(counts(empty).values()) <= {rows.ROWS}, f"rows were lost on the way down to {revision}"
    assert tables(empty) == set()
    migrating.upgrade(url)
    assert tables(empty) == set(filled)


def test_the_models_are_what_the_migrations_make(empty: Engine):
    migrating.upgrade(address(empty))
    with empty.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        differences = compare_metadata(context, Base.metadata)
    assert differences == [], f"write a revision: {differences}"


def test_every_constraint_has_a_name(empty: Engine):
    migrating.upgrade(address(empty))
    found = inspect(empty)
    nameless = [
        (name, constraint)
        for name in tables(empty)
        for constraint in [*found.get_unique_constraints(name), *found.get_check_constraints(name)]
        if not constraint["name"]
    ]
    assert nameless == []
