"""An officer marks what is to be mended and sends a report back; the partner sees just that."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.domain.report import ReportStage
from portal.models import Account, Report
from tests.harness.sample import SampleHouse

OFFICER = "ratna@kemensos.example"
READY = "Jumlah penerima berbeda dengan daftar hadir. Samakan keduanya."


def waiting(house: SampleHouse) -> Report:
    """A report that waits for review."""
    query = select(Report).where(Report.stage == ReportStage.SUBMITTED).order_by(Report.id)
    report = house.session.scalars(query).first()
    assert report is not None
    return report


def people_of(house: SampleHouse, report: Report) -> str:
    """The address of somebody at the partner."""
    chosen = select(Account.email).where(Account.organisation_id == report.organisation_id)
    return house.session.scalars(chosen.order_by(Account.id)).first() or ""


def open_mark(page: Page) -> None:
    """Open the controls of the number of people."""
    page.locator("#beneficiaries summary").click()


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_an_officer_marks_and_the_partner_sees_only_that(house: SampleHouse, browse, javascript):
    report = waiting(house)
    code, partner = report.code, people_of(house, report)
    office = {"width": 390, "height": 844, "touch": True, "javascript": javascript}
    page = browse(cookies=house.visitor(OFFICER).cookies, **office)
    page.goto(f"/kantor/laporan/{code}?tahap=menunggu")
    open_mark(page)
    mine = page.locator("#beneficiaries")
    mine.get_by_label("Kalimat siap pakai").select_option(READY)
    if javascript:
        expect(mine.locator("textarea")).to_have_value(READY)
    mine.get_by_role("button", name="Simpan tanda").click()
    expect(page.locator("#beneficiaries")).to_contain_text(READY)
    expect(page).to_have_url(re.compile(rf"{code}\?tahap=menunggu#beneficiaries$"))
    page.get_by_role("link", name="Kembalikan").click()
    expect(page.locator("main")).to_contain_text("Pratinjau surel")
    page.get_by_role("button", name="Kembalikan laporan").click()
    expect(page.locator("main")).to_contain_text("Dikembalikan (putaran 1)")
    theirs = browse(cookies=house.visitor(partner).cookies, **office)
    theirs.goto(f"/mitra/laporan/{code}/putaran/1")
    expect(theirs.locator("#marks")).to_contain_text(READY)
    theirs.goto(f"/mitra/laporan/{code}")
    expect(theirs.locator("main")).to_contain_text(re.compile("Perlu diperbaiki"))
    house.session.rollback()
    assert house.session.scalars(select(Report.stage).where(Report.code == code)).one() is ReportStage.RETURNED
