"""A writer prepares a report and hands it over; the responsible person hands it back once, then approves by sending."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.jobs import deliver
from tests.harness.clock import StandingClock
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse

WRITER = "lina@arunika.example"
RESPONSIBLE = "siti@arunika.example"
REASON = "Jumlah anak belum disebut."


def begin(phone: Page) -> str:
    """Begin the first report that is asked for; return its address."""
    phone.goto("/mitra/laporan")
    phone.get_by_role("button", name=re.compile("^Mulai")).first.tap()
    phone.wait_for_url(re.compile(r"/mitra/laporan/[\w-]+$"))
    return phone.url


def write(phone: Page, address: str, text: str) -> None:
    """Fill in the first step, and go on."""
    phone.goto(f"{address}/kegiatan")
    phone.locator("textarea[name=narrative]").fill(text)
    phone.get_by_role("button", name="Lanjut", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jumlah")


def hand_over(phone: Page, address: str) -> None:
    """From the first page of the report to the responsible person; there is no button that sends."""
    phone.goto(address)
    phone.get_by_role("link", name="Periksa dan kirim").tap()
    expect(phone.get_by_role("heading", name="Belum dikirim")).to_be_visible()
    expect(phone.get_by_role("button", name="Kirim laporan")).to_have_count(0)
    phone.get_by_role("button", name="Minta persetujuan").tap()
    expect(phone.get_by_role("main")).to_contain_text("Persetujuan Siti Nurkamila Hapsari, S.Psi. sudah diminta.")


def link(house: SampleHouse, smtp: Postbox, clock: StandingClock, address: str) -> str:
    """Where the last real mail to an address leads."""
    deliver.run(house.app, now=clock.now)
    found = re.search(r"/mitra/laporan/[\w-]+(/periksa)?", smtp.to(address)[-1].text)
    assert found is not None
    return found[0]


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_the_responsible_person_sends_back_and_then_approves(
    house: SampleHouse, smtp: Postbox, clock: StandingClock, browse, javascript: bool
):
    hand = {"width": 390, "height": 844, "touch": True, "javascript": javascript}
    writer: Page = browse(cookies=house.visitor(WRITER).cookies, **hand)
    head: Page = browse(cookies=house.visitor(RESPONSIBLE).cookies, **hand)

    address = begin(writer)
    write(writer, address, "Pendampingan anak di tiga kelurahan.")
    hand_over(writer, address)
    expect(writer.get_by_role("main")).to_contain_text("Menunggu persetujuan sejak")

    head.goto(link(house, smtp, clock, RESPONSIBLE))
    expect(head.get_by_role("main")).to_contain_text("Pendampingan anak di tiga kelurahan.")
    head.get_by_text("Belum setuju? Kembalikan kepada penyusun").tap()
    head.get_by_label("Apa yang perlu diperbaiki?").fill(REASON)
    head.get_by_role("button", name="Kembalikan kepada penyusun").tap()
    expect(head.get_by_role("main")).to_contain_text("Laporan dikembalikan kepada penyusun.")

    writer.goto(link(house, smtp, clock, WRITER))
    expect(writer.get_by_role("main")).to_contain_text(f"Belum disetujui penanggung jawab: {REASON}")
    write(writer, address, "Pendampingan 60 anak di tiga kelurahan.")
    hand_over(writer, address)
    expect(writer.get_by_role("main")).not_to_contain_text(REASON)

    head.goto(link(house, smtp, clock, RESPONSIBLE))
    expect(head.get_by_role("main")).to_contain_text("Pendampingan 60 anak di tiga kelurahan.")
    head.get_by_role("button", name="Setujui dan kirim laporan").tap()
    expect(head.get_by_text("Tanda terima laporan").first).to_be_visible()
    writer.goto(address)
    expect(writer.get_by_text("Tanda terima laporan").first).to_be_visible()
    expect(writer.get_by_role("main")).to_contain_text("Siti Nurkamila Hapsari")
