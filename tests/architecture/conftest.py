"""What the tests of the house share: the application as it is composed, without a database behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from portal.config import Config
from portal.models import Base
from tests.harness.apps import make_app_quickly


@pytest.fixture(scope="session")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application for looking at its parts; no request reaches a table."""
    folder: Path = tmp_path_factory.mktemp("bare")
    return make_app_quickly(
        Config(
            database_url="sqlite://",
            files_dir=folder,
            secret_key="kunci-untuk-pengujian-" + "x" * 32,
            testing=True,
            secure_cookies=False,
        )
    )


@pytest.fixture
def row_counts(engine: Engine) -> Callable[[], dict[str, int]]:
    """How many rows each table has at this moment."""

    def count() -> dict[str, int]:
        with engine.connect() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    return count
