"""Takes the pictures of README and of the partners' help from the sample set: `python -m tests.pictures`.

Needs Chromium. Those of the help are what a partner sees on a phone, and small: `tests/web/partner/test_guide.py`
holds them to that.
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from portal import clock
from portal.app import create_app
from portal.domain.report import ReportStage
from portal.jobs import remind
from portal.models import Account, Report
from portal.web.partner.guide import FOLDER as HELP_FOLDER
from portal.web.partner.guide import PICTURE_SIZE
from tests.harness import source
from tests.harness.browser import FLAGS, serve
from tests.harness.clock import START
from tests.harness.programs import need
from tests.harness.sample import SampleHouse, close_house, config_of, load_sets, open_house

Cookies = tuple[tuple[str, str], ...]

FOLDER = Path(__file__).resolve().parent / "golden" / "pages"
HELP = source.PORTAL / "static" / HELP_FOLDER
OFFICER, PARTNER = "ratna@kemensos.example", "siti@arunika.example"
PAGES = (
    ("sign-in", None, "/masuk"),
    ("home", OFFICER, "/kantor"),
    ("list", OFFICER, "/kantor/naskah"),
    ("agreement", OFFICER, "/kantor/naskah/PKS-2025-0001"),
    ("partner", PARTNER, "/mitra/"),
)
SIZES = ((1280, 1000, 0.5), (390, 844, 0.75))
"""Width, height and scale: large enough to compare, small enough to keep."""
COLOURS = 48
"""So many colours a picture of the help has: enough for letters and chips, and a third of the bytes."""


@contextmanager
def opened(browser: Browser, base: str, cookies: Cookies, *, width: int, height: int, scale: float) -> Iterator[Page]:
    """A page of a browser of its own, signed in with the cookies of a person of the sample set."""
    size = {"width": width, "height": height}
    context = browser.new_context(base_url=base, viewport=size, device_scale_factor=scale)  # type: ignore[arg-type]
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies])
    yield context.new_page()
    context.close()


def take(browser: Browser, base: str, people: dict[str, Cookies]) -> None:
    """Take every picture of README at both widths."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width, height, scale in SIZES:
        for name, email, path in PAGES:
            with opened(browser, base, people.get(email or "", ()), width=width, height=height, scale=scale) as page:
                page.goto(path)
                page.screenshot(path=FOLDER / f"{name}-{width}.png")


def screens(house: SampleHouse) -> dict[str, str]:
    """Where each picture of the help is taken: the partner's own reports in every stage."""
    partner = house.session.query(Account).filter_by(email=PARTNER).one().organisation_id
    codes = {row.stage: row.code for row in house.session.query(Report).filter_by(organisation_id=partner)}
    draft = f"/mitra/laporan/{codes[ReportStage.DRAFT]}"
    return {
        "home": "/mitra/",
        "step": f"{draft}/jumlah",
        "check": f"{draft}/periksa",
        "receipt": f"/mitra/laporan/{codes[ReportStage.SUBMITTED]}/tanda-terima",
        "returned": f"/mitra/laporan/{codes[ReportStage.RETURNED]}",
    }


def take_help(browser: Browser, base: str, cookies: Cookies, paths: dict[str, str]) -> None:
    """Take every picture of the help: the upper part of a page on a phone."""
    HELP.mkdir(parents=True, exist_ok=True)
    width, height = PICTURE_SIZE
    with opened(browser, base, cookies, width=width, height=height, scale=1) as page:
        for name, path in paths.items():
            page.goto(path)
            page.evaluate("document.querySelector('.bottom-bar')?.remove()")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            few.convert("RGB").save(HELP / f"{name}.webp", lossless=True, quality=100, method=6)


def main() -> None:
    """Load the sets, serve them, take the pictures."""
    clock.set_fixed(START)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        load_sets(Path(folder))
        config = config_of(Path(folder))
        house = open_house(config)
        paths = screens(house)
        people = {email: house.visitor(email).cookies for email in (OFFICER, PARTNER)}
        close_house(house)
        browser = playwright.chromium.launch(executable_path=need(("chromium",), "chromium"), args=FLAGS)
        app = create_app(config)
        remind.run(app, now=START)
        for live in serve(app):
            take(browser, live.url, people)
            take_help(browser, live.url, people[PARTNER], paths)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
