"""What the tests of the house share: the application as it is composed, without a database behind it."""

from pathlib import Path

import pytest
from flask import Flask

from portal.config import Config
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
