"""Nothing that was typed is lost, in a real Chromium: lost answers, two people, a session that ends."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from portal import clock
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.policy import SYSTEM
from portal.models import Account, Agreement, Draft
from portal.services import drafts as writing
from portal.services import sign_in
from portal.services.demo.people import PASSWORD
from tests.harness import accessibility
from tests.harness.browser import PATIENCE
from tests.harness.sample import SampleHouse

pytestmark = pytest.mark.browser
LEGAL, OFFICER = "dewi@kemensos.example", "ratna@kemensos.example"
STORAGE = "() => Object.keys(localStorage).filter((key) => key.startsWith('simpul.'))"


@pytest.fixture
def path(house: SampleHouse) -> str:
    """The third section of a PKS that is not signed, with its draft begun."""
    query = select(Agreement).where(Agreement.kind == AgreementKind.PKS, Agreement.stage == Stage.EXPLORATION)
    found = house.session.scalars(query.order_by(Agreement.id)).first()
    assert found
    writing.ensure(house.session, found, actor=SYSTEM, now=clock.now())
    house.session.commit()
    return f"/kantor/naskah/{found.code}/susun/dasar"


@pytest.fixture
def open_section(house: SampleHouse, browse: Callable[..., Page], path: str) -> Callable[..., Page]:
    """Open the section as somebody; `expect` lists the answers that are provoked."""

    def open_as(email: str, *expected: int) -> Page:
        page = browse(cookies=house.visitor(email).cookies, width=1440, expect=expected)
        page.goto(path)
        return page

    return open_as


def recitals(page: Page):
    """Where the tests type."""
    return page.locator("#recitals")


def stored(house: SampleHouse, path: str) -> str:
    """The recitals as they are stored now."""
    house.session.rollback()
    query = select(Draft.facts).join(Agreement).where(Agreement.code == path.split("/")[3])
    return "\n".join(house.session.scalars(query).one().get("recitals") or ())


def wait_until_stored(page: Page, house: SampleHouse, path: str, end: str) -> None:
    """Wait as long as for a page until what is stored ends with these words."""
    for _ in range(PATIENCE // 100):
        if stored(house, path).endswith(end):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"stored is {stored(house, path)!r}, not … {end!r}")


def test_a_lost_answer_is_no_conflict_and_leaving_sends_the_rest(open_section, house: SampleHouse, path: str):
    page = open_section(LEGAL)
    dropped = []

    def drop(route: Route) -> None:
        dropped.append(route.fetch().status)
        route.fulfill(status=200, body="")

    page.route("**/otomatis", drop, times=1)
    recitals(page).fill("bahwa jawaban ini hilang")
    expect(page.locator("#save-state")).to_contain_text("Belum tersimpan")
    recitals(page).press_sequentially(" tetapi ketikan jalan terus")
    wait_until_stored(page, house, path, "bahwa jawaban ini hilang tetapi ketikan jalan terus")
    expect(page.locator("#save-state")).to_contain_text("Tersimpan")
    assert dropped == [200]
    page.wait_for_function(f"({STORAGE})().length === 0")
    recitals(page).press_sequentially(", sampai ditinggalkan")
    page.goto("/bantuan")
    wait_until_stored(page, house, path, "sampai ditinggalkan")
    page.goto(path)
    expect(recitals(page)).to_have_value("bahwa jawaban ini hilang tetapi ketikan jalan terus, sampai ditinggalkan")
    expect(page.locator("#kept")).to_be_hidden()
    page.wait_for_function(f"({STORAGE})().length === 0")


def test_two_people_choose_between_their_words(open_section, house: SampleHouse, path: str):
    mine, theirs = open_section(LEGAL, 409), open_section(OFFICER)
    recitals(theirs).fill("bahwa ini punya orang lain")
    wait_until_stored(theirs, house, path, "bahwa ini punya orang lain")
    recitals(mine).fill("bahwa ini punya saya")
    expect(mine.locator("#save-state")).to_contain_text("Ditolak: diubah")
    mine.get_by_role("button", name="Lihat perbedaan").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Diubah orang lain pada waktu yang sama")
    mine.get_by_role("radio", name="Punya saya: bahwa ini punya saya").check()
    mine.get_by_role("button", name="Simpan pilihan").click()
    expect(recitals(mine)).to_have_value("bahwa ini punya saya")
    assert stored(house, path) == "bahwa ini punya saya"
    mine.wait_for_function(f"({STORAGE})().length === 0")


def test_a_session_that_ends_while_writing_loses_nothing(open_section, house: SampleHouse, path: str):
    page = open_section(LEGAL, 401)
    account = house.session.scalars(select(Account).where(Account.email == LEGAL)).one()
    sign_in.end_all(house.session, account.id, now=clock.now())
    house.session.commit()
    recitals(page).fill("bahwa ini diketik sesudah sesi berakhir")
    expect(page.locator("#save-ended")).to_be_visible(timeout=15_000)
    assert page.locator("input[name=stamp]").count() == 1
    assert accessibility.violations(page) == []
    page.get_by_role("link", name="Masuk lagi").click()
    page.get_by_role("textbox", name="Surel").fill(LEGAL)
    page.get_by_role("textbox", name="Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#kept")).to_contain_text("Ada isian yang belum tersimpan dari")
    assert "sesudah sesi berakhir" not in recitals(page).input_value()
    page.get_by_role("button", name="Pulihkan").click()
    expect(recitals(page)).to_have_value("bahwa ini diketik sesudah sesi berakhir")
    wait_until_stored(page, house, path, "bahwa ini diketik sesudah sesi berakhir")
    expect(page.locator("#kept")).to_be_hidden()
    page.wait_for_function(f"({STORAGE})().length === 0")


def test_three_minutes_before_the_end_one_key_keeps_the_session(house: SampleHouse, browse: Callable[..., Page], path):
    page = browse(cookies=house.visitor(LEGAL).cookies)
    page.clock.install()
    page.goto(path)
    recitals(page).focus()
    page.clock.fast_forward("07:56:30")
    warning = page.get_by_role("dialog", name="Sesi Anda segera berakhir")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("00:00:45")
    expect(warning).to_be_visible()
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_focused()
    assert accessibility.violations(page) == []
    with page.expect_response("**/sesi") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 200
    expect(warning).to_be_hidden()
    expect(recitals(page)).to_be_focused()
    page.clock.fast_forward("08:00:05")
    page.clock.fast_forward("00:00:05")
    assert page.get_by_role("dialog").count() == 0
    page.locator("[name=csrf_token]").evaluate_all("all => all.forEach(each => { each.value = 'lama' })")
    with page.expect_response("**/sesi"):
        page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#section-form [name=csrf_token]")).not_to_have_value("lama")
