"""A partner answers a shared draft on a telephone; the office decides and sends back; the partner reads it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.jobs import deliver
from tests.harness.clock import StandingClock
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse

PARTNER = "siti@arunika.example"
OFFICER = "ratna@kemensos.example"
QUESTION = "Siapa yang menanggung biaya audit?"
REASON = "Ditanggung Kementerian Sosial."


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_shared_draft_is_answered_by_pasal_decided_and_sent_back(
    house: SampleHouse, smtp: Postbox, clock: StandingClock, browse, javascript: bool
):
    hand = {"width": 390, "height": 844, "touch": True, "javascript": javascript}
    phone: Page = browse(cookies=house.visitor(PARTNER).cookies, **hand)
    office: Page = browse(cookies=house.visitor(OFFICER).cookies, javascript=javascript)
    said, told = phone.get_by_role("main"), office.get_by_role("main")

    phone.goto("/mitra/")
    phone.get_by_role("link", name=re.compile("Tanggapi rancangan")).first.tap()
    phone.get_by_role("link", name="Jawab Pasal berikutnya").tap()
    phone.get_by_role("radio", name="Tanya").check()
    phone.get_by_label("Pertanyaan atau alasan").fill(QUESTION)
    phone.get_by_role("button", name="Simpan dan lanjut").tap()
    expect(said).to_contain_text("tersimpan. Belum dikirim.")
    phone.get_by_role("link", name="Semua Pasal").tap()
    phone.get_by_role("button", name=re.compile("Setuju dengan")).tap()
    phone.get_by_role("link", name="Periksa dan kirim").tap()
    expect(said).to_contain_text("Belum dikirim")
    expect(said).to_contain_text(QUESTION)
    phone.get_by_role("button", name="Kirim tanggapan").tap()
    expect(said).to_contain_text("Tanda terima tanggapan")

    deliver.run(house.app, now=clock.now)
    asked = re.search(r"/kantor/naskah/[\w-]+/tanggapan/\d+", smtp.to(OFFICER)[-1].text)
    assert asked is not None
    office.goto(asked[0])
    expect(told).to_contain_text(QUESTION)
    while office.get_by_role("link", name=re.compile("^Putuskan")).count():
        office.get_by_role("link", name=re.compile("^Putuskan")).first.click()
        expect(office.get_by_role("button", name="Simpan keputusan")).to_be_visible()
        taken = office.get_by_role("radio", name="Diterima, kata-kata mitra dipakai")
        (taken if taken.count() else office.get_by_role("radio", name="Dijawab")).check()
        office.get_by_label("Kalimat untuk mitra").fill(REASON)
        office.get_by_role("button", name="Simpan keputusan").click()
        expect(told).to_contain_text("Keputusan tersimpan.")
    office.get_by_role("button", name="Kirim keputusan kepada mitra").click()
    expect(told).to_contain_text("Keputusan dikirim.")

    deliver.run(house.app, now=clock.now)
    answered = re.search(r"/mitra/perjanjian/[\w-]+/rancangan/\d+", smtp.to(PARTNER)[-1].text)
    assert answered is not None
    phone.goto(answered[0])
    phone.get_by_role("link", name=re.compile("Dijawab")).last.tap()
    expect(said).to_contain_text(QUESTION)
    expect(said).to_contain_text(REASON)
