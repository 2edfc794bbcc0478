"""People of a partner come in from a telephone: by the link of a real mail, by a spoken code, on a second device."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.jobs import deliver
from portal.models import Organisation
from tests.harness.browser import Browse, LiveServer
from tests.harness.clock import StandingClock
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse
from tests.journeys.conftest import Enter

OFFICER = "ratna@kemensos.example"
PASSWORD = "payung biru di halte"


def invite(page: Page, code: str, name: str, email: str) -> str:
    """Invite somebody as a manager of the own team; the spoken code, which is shown this once."""
    page.goto(f"/kantor/mitra/{code}/undang")
    page.get_by_label("Nama orang").fill(name)
    page.get_by_label("Alamat surel").fill(email)
    page.get_by_label("Peran").select_option("partner_manager")
    page.get_by_role("button", name="Kirim undangan").click()
    return page.locator("#spoken-code").inner_text()


def accept(page: Page) -> None:
    """The button makes the account; nothing did before."""
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Terima undangan").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halo")


def mailed(house: SampleHouse, smtp: Postbox, clock: StandingClock, address: str, pattern: str) -> str:
    """What the last real mail to an address says, by a pattern."""
    deliver.run(house.app, now=clock.now)
    found = re.search(pattern, smtp.to(address)[-1].text)
    assert found is not None
    return found[0]


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_people_come_in_by_link_by_code_and_on_a_second_device(
    house: SampleHouse,
    live: LiveServer,
    smtp: Postbox,
    clock: StandingClock,
    browse: Browse,
    enter: Enter,
    javascript: bool,
):
    code = house.session.scalars(
        select(Organisation.code).where(Organisation.name == "Yayasan Cahaya Arunika Lestari")
    ).one()
    house.session.rollback()
    office = browse(javascript=javascript)
    enter(office, OFFICER)
    phone = {"width": 390, "height": 844, "touch": True, "javascript": javascript}

    invite(office, code, "Melati Contoh", "melati@arunika.example")
    link = mailed(house, smtp, clock, "melati@arunika.example", r"/undangan/[\w-]+")
    by_link = browse(**phone)
    by_link.goto(link)
    by_link.goto(link)
    accept(by_link)

    spoken = invite(office, code, "Wira Contoh", "wira@arunika.example")
    by_code = browse(**phone)
    by_code.goto("/masuk")
    by_code.get_by_role("link", name="Terima undangan").tap()
    by_code.get_by_role("textbox", name="Kode undangan").fill(spoken.lower().replace("-", " "))
    by_code.get_by_role("button", name="Buka undangan").tap()
    accept(by_code)
    by_code.goto("/mitra/tim")
    expect(by_code.get_by_role("link", name="Melati Contoh")).to_be_visible()

    second = browse(**phone)
    second.goto("/mitra/tim")
    second.get_by_label("Surel").fill("melati@arunika.example")
    second.get_by_label("Kata sandi").fill(PASSWORD)
    second.get_by_role("button", name="Masuk").tap()
    expect(second.get_by_role("heading", level=1)).to_have_text("Periksa surel Anda")
    second.get_by_role("textbox", name="Kode dari surel").fill(
        mailed(house, smtp, clock, "melati@arunika.example", r"\b\d{6}\b")
    )
    second.get_by_role("button", name="Lanjut").tap()
    expect(second.get_by_role("heading", level=1)).to_have_text("Tim")

    by_link.goto("/akun")
    by_link.get_by_role("button", name="Keluarkan semua yang lain").tap()
    expect(by_link.get_by_text("Semua perangkat lain dikeluarkan.")).to_be_visible()
    second.goto("/mitra/tim")
    expect(second.get_by_role("heading", level=1)).to_have_text("Masuk")
