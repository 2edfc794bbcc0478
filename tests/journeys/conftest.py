"""The three journeys run on both sets of the demonstration, in a real Chromium."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from portal.config import Smtp
from portal.jobs import deliver
from portal.services.demo import people
from tests.harness.browser import LiveServer, serve
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse

Enter = Callable[[Page, str], None]


@pytest.fixture
def house(make_sample: Callable[..., SampleHouse], smtp: Postbox) -> Iterator[SampleHouse]:
    """A copy of both sets, with a real mail server beside it."""
    made = make_sample(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield made
    deliver.transport(made.app).close()


@pytest.fixture
def live(house: SampleHouse) -> Iterator[LiveServer]:
    """The house, reachable by a browser."""
    yield from serve(house.app)


@pytest.fixture
def enter() -> Enter:
    """Sign in as a person would: `enter(page, "ratna@kemensos.example")`."""

    def sign_in(page: Page, email: str, password: str = people.PASSWORD) -> None:
        page.goto("/masuk")
        page.get_by_label("Surel").fill(email)
        page.get_by_label("Kata sandi").fill(password)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/kantor" if "kemensos" in email else "**/mitra/")

    return sign_in
