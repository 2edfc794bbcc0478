"""Small pictures of the pages of every starter, to be looked at. `python -m tests.documents.page_pictures` makes them.

They show what was read against `faults.md`; the faults themselves are looked for in `test_starters_on_paper`. Each
picture carries the digest of the draft it shows, so that one of an older draft is found out.
"""

import hashlib
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, PngImagePlugin

from portal.documents import context, package, render, samples, templates
from portal.documents.starters import articles
from tests.documents import golden
from tests.documents.test_starters_on_paper import with_parties
from tests.harness.libreoffice import LibreOffice

FOLDER = Path(__file__).resolve().parent / "pages"
DOTS_PER_INCH = "80"
COLUMNS = 4
GREYS = 4
SHOWN = "draft"
"""The text in the picture that holds the digest."""

SIGNATURES = {"signatures_3": 3, "signatures_5": 5}
"""Pictures of the last page alone: how so many parties sign."""


def drafts() -> dict[str, bytes]:
    """The drafts that are shown, by the names of their pictures."""
    made = {code: golden.rendered(code).content for code in templates.CODES}
    for name, count in SIGNATURES.items():
        facts = with_parties(samples.BY_TEMPLATE["mou"], count)
        template = articles.filled(templates.get("mou"), facts)
        made[name] = render.render(template, context.snapshot(facts)).content
    return made


def digest(content: bytes) -> str:
    """The digest of what a Word file holds, however it was deflated."""
    parts = package.unpack(content)
    return hashlib.sha256(b"\0".join(name.encode() + b"\0" + parts[name] for name in sorted(parts))).hexdigest()


def main() -> None:
    """Print every draft and write one picture for each, its pages side by side."""
    with tempfile.TemporaryDirectory() as folder:
        office = LibreOffice(soffice="soffice", pdftotext="pdftotext", folder=Path(folder))
        made = drafts()
        for name, pdf in office.pdfs(made).items():
            told = PngImagePlugin.PngInfo()
            told.add_text(SHOWN, digest(made[name]))
            pages = _pages(pdf, Path(folder) / name)
            shown = _sheet(pages[-1:] if name in SIGNATURES else pages)
            shown.save(FOLDER / f"{name}.png", optimize=True, pnginfo=told)


def _pages(pdf: Path, stem: Path) -> list[Image.Image]:
    subprocess.run(["pdftoppm", "-r", DOTS_PER_INCH, "-gray", "-png", str(pdf), str(stem)], check=True, timeout=120)
    return [Image.open(path) for path in sorted(stem.parent.glob(f"{stem.name}-[0-9]*.png"))]


def _sheet(pages: list[Image.Image]) -> Image.Image:
    width, height = pages[0].size
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("L", (width * min(COLUMNS, len(pages)), height * rows), 160)
    for number, page in enumerate(pages):
        sheet.paste(page.crop((0, 0, width - 2, height - 2)), (number % COLUMNS * width, number // COLUMNS * height))
    return sheet.quantize(GREYS)


if __name__ == "__main__":
    main()
