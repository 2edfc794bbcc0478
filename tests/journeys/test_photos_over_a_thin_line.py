"""A first report from a telephone: three photos of 5 MB over 400 kbit/s that is cut twice, or one without script."""

import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Page, expect
from sqlalchemy import select

from portal.models import ReportFile
from tests.harness.sample import SampleHouse

WRITER = "siti@arunika.example"
LINE = 400_000 // 8
"""Bytes a second of a thin line."""
MOST_ON_THE_WIRE = 500 * 1024
PART = re.compile(r"/unggahan/(\w+)$")


def photo(width: int, height: int, quality: int, seed: int) -> bytes:
    """A picture with the grain of a telephone's; it lies on its side and says so, and where it was taken."""
    grain = Image.effect_noise((width // 2, height), 26).resize((width, height), Image.Resampling.NEAREST)
    sky = Image.linear_gradient("L").resize((width, height)).rotate(90 * seed)
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.merge("RGB", (grain, sky, Image.blend(grain, sky, 0.5))).save(target, "JPEG", quality=quality, exif=exif)
    return target.getvalue()


class Wire:
    """Counts at the server what comes of each file, and how many requests carried it."""

    def __init__(self, app) -> None:
        """Stand before the application."""
        self.bytes: Counter[str] = Counter()
        self.parts = 0
        self._app, app.wsgi_app = app.wsgi_app, self

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        """Count one request and pass it on."""
        found = PART.search(environ["PATH_INFO"])
        if found and environ["REQUEST_METHOD"] == "POST":
            self.bytes[found[1]] += int(environ.get("CONTENT_LENGTH") or 0)
            self.parts += 1
        return self._app(environ, start_response)


def throttle(line: CDPSession, *, offline: bool = False) -> None:
    """Make the line thin, or cut it."""
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": offline, "latency": 100, "downloadThroughput": LINE, "uploadThroughput": LINE},
    )


def open_evidence(phone: Page) -> str:
    """Begin the first report that is asked for, fill in its first step, open evidence; return its address."""
    phone.goto("/mitra/laporan")
    phone.get_by_role("button", name=re.compile("^Mulai")).first.tap()
    phone.wait_for_url(re.compile(r"/mitra/laporan/[\w-]+$"))
    address = phone.url
    phone.goto(f"{address}/kegiatan")
    phone.locator("textarea[name=narrative]").fill("Pendampingan 60 anak di tiga kelurahan.")
    phone.get_by_role("button", name="Lanjut", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jumlah")
    phone.goto(f"{address}/bukti")
    return address


def send(phone: Page) -> None:
    """From the step of evidence to the receipt."""
    phone.get_by_role("button", name="Lanjut: periksa dan kirim").tap()
    expect(phone.get_by_text("Belum dikirim").first).to_be_visible()
    phone.get_by_role("button", name="Kirim laporan").tap()
    expect(phone.get_by_text("Tanda terima laporan").first).to_be_visible()


def kept(house: SampleHouse, code: str) -> list[ReportFile]:
    """The files of a report."""
    house.session.rollback()
    return [f for f in house.session.scalars(select(ReportFile).order_by(ReportFile.id)) if f.name.startswith(code)]


@pytest.mark.browser
@pytest.mark.minutes
def test_three_large_photos_come_over_a_thin_line_that_is_cut_twice(house: SampleHouse, browse, tmp_path: Path):
    wire = Wire(house.app)
    phone: Page = browse(
        width=390, height=844, touch=True, cookies=house.visitor(WRITER).cookies, expect=("net::ERR_",)
    )
    open_evidence(phone)
    photos = [photo(4000, 3000, 93, seed) for seed in range(3)]
    assert all(4.5e6 < len(each) < 9e6 for each in photos), [len(each) for each in photos]
    chosen = [tmp_path / f"sungai {number}.jpg" for number in range(3)]
    for path, content in zip(chosen, photos, strict=True):
        path.write_bytes(content)
    line = phone.context.new_cdp_session(phone)
    line.send("Network.enable")
    throttle(line)
    phone.get_by_label("Tambah foto atau berkas").set_input_files(chosen)
    for after in (2, 5):
        while wire.parts < after:
            phone.wait_for_timeout(100)
        throttle(line, offline=True)
        expect(phone.get_by_text("Sambungan terputus.").first).to_be_visible()
        throttle(line)
    expect(phone.locator("#kept-files li")).to_have_count(3, timeout=180_000)
    throttle(line, offline=False)
    assert len(wire.bytes) == 3
    assert max(wire.bytes.values()) <= MOST_ON_THE_WIRE
    files = kept(house, "sungai")
    assert [file.name for file in files] == [f"sungai {n}.jpg" for n in range(3)]
    storage = house.app.extensions["storage"]
    for file in files:
        with Image.open(io.BytesIO(storage.read(file.digest))) as picture:
            assert picture.size == (1200, 1600)
    send(phone)


@pytest.mark.browser
def test_without_script_one_photo_goes_by_the_plain_field(house: SampleHouse, browse):
    phone: Page = browse(width=390, height=844, javascript=False, touch=True, cookies=house.visitor(WRITER).cookies)
    open_evidence(phone)
    plain = photo(1600, 1200, 80, 1)
    assert 300_000 < len(plain) < 600_000, len(plain)
    photo_file = {"name": "pantai.jpg", "mimeType": "image/jpeg", "buffer": plain}
    phone.get_by_label("Tambah foto atau berkas").set_input_files([photo_file])
    phone.get_by_role("button", name="Unggah berkas").tap()
    expect(phone.get_by_text("pantai.jpg").first).to_be_visible()
    assert len(kept(house, "pantai")) == 1
    send(phone)
