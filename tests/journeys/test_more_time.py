"""A partner asks for more time with two taps and a sentence; the officer decides; the answer comes by mail."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.jobs import deliver
from tests.harness.clock import StandingClock
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse

PARTNER = "siti@arunika.example"
OFFICER = "ratna@kemensos.example"
REASON = "Jalan ke tiga desa putus karena banjir."
ANSWER = "Disetujui karena keadaan kahar."


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_more_time_is_asked_for_decided_and_answered_by_mail(
    house: SampleHouse, smtp: Postbox, clock: StandingClock, browse, javascript: bool
):
    hand = {"width": 390, "height": 844, "touch": True, "javascript": javascript}
    phone: Page = browse(cookies=house.visitor(PARTNER).cookies, **hand)
    office: Page = browse(cookies=house.visitor(OFFICER).cookies, javascript=javascript)

    phone.goto("/mitra/laporan")
    phone.get_by_role("link", name="Minta perpanjangan waktu").first.tap()
    phone.get_by_label("Sampai kapan Anda butuh waktu?").fill("2027-02-12")
    phone.get_by_label("Mengapa?").fill(REASON)
    phone.get_by_role("button", name="Kirim permintaan").tap()
    expect(phone.get_by_role("main")).to_contain_text("Permintaan Anda sedang kami periksa.")
    expect(phone.get_by_role("button", name="Kirim permintaan")).to_have_count(0)

    deliver.run(house.app, now=clock.now)
    asked = re.search(r"/kantor/keringanan/\d+", smtp.to(OFFICER)[-1].text)
    assert asked is not None
    office.goto(asked[0])
    expect(office.get_by_role("main")).to_contain_text(REASON)
    office.get_by_role("radio", name="Kabulkan").check()
    office.get_by_label("Tanggal yang dikabulkan").fill("2027-02-05")
    office.get_by_label("Alasan dan dasar").fill(ANSWER)
    office.get_by_role("button", name="Simpan keputusan").click()
    expect(office.get_by_role("main")).to_contain_text("Keputusan dicatat.")

    deliver.run(house.app, now=clock.now)
    mail = smtp.to(PARTNER)[-1].text
    assert ANSWER in mail
    assert "5 Februari 2027" in mail
    answered = re.search(r"/mitra/tenggat/\d+/perpanjangan", mail)
    assert answered is not None
    phone.goto(answered[0])
    expect(phone.get_by_role("main")).to_contain_text("Dikabulkan sampai 5 Februari 2027.")
    expect(phone.get_by_role("main")).to_contain_text(ANSWER)
    expect(phone.get_by_text(re.compile("^Batas waktu sekarang"))).to_contain_text("5 Februari 2027")
