"""Takes the small pictures of README from the sample set: `python -m tests.pictures`, with Chromium installed."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from portal import clock
from portal.app import create_app
from portal.jobs import remind
from portal.services.demo import people
from tests.harness.browser import FLAGS, serve
from tests.harness.clock import START
from tests.harness.programs import need
from tests.harness.sample import config_of, load_sets

FOLDER = Path(__file__).resolve().parent / "golden" / "pages"
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


def take(browser: Browser, base: str) -> None:
    """Take every picture at both widths."""
    for width, height, scale in SIZES:
        for name, email, path in PAGES:
            context = browser.new_context(
                base_url=base, viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            page = context.new_page()
            if email:
                page.goto("/masuk")
                page.get_by_label("Surel").fill(email)
                page.locator("input[type=password]").fill(people.PASSWORD)
                page.get_by_role("button", name="Masuk").click()
                page.wait_for_load_state()
            page.goto(path)
            page.screenshot(path=FOLDER / f"{name}-{width}.png")
            context.close()


def main() -> None:
    """Load the sets, serve them, take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    clock.set_fixed(START)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        load_sets(Path(folder))
        browser = playwright.chromium.launch(executable_path=need(("chromium",), "chromium"), args=FLAGS)
        app = create_app(config_of(Path(folder)))
        remind.run(app, now=START)
        for live in serve(app):
            take(browser, live.url)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
