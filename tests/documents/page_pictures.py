"""Small pictures of the pages of every starter, to be looked at. `python -m tests.documents.page_pictures` makes them.

They show what was read against `faults.md`; the faults themselves are looked for in `test_starters_on_paper`.
"""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from portal.documents import templates
from tests.documents import golden
from tests.harness.libreoffice import LibreOffice

FOLDER = Path(__file__).resolve().parent / "pages"
DOTS_PER_INCH = "50"
COLUMNS = 4
GREYS = 8


def main() -> None:
    """Print every starter with its sample and write one picture for each, its pages side by side."""
    with tempfile.TemporaryDirectory() as made:
        office = LibreOffice(soffice="soffice", pdftotext="pdftotext", folder=Path(made))
        for code, pdf in office.pdfs({code: golden.rendered(code).content for code in templates.CODES}).items():
            _sheet(pdf, Path(made) / code).save(FOLDER / f"{code}.png", optimize=True)


def _sheet(pdf: Path, stem: Path) -> Image.Image:
    subprocess.run(["pdftoppm", "-r", DOTS_PER_INCH, "-gray", "-png", str(pdf), str(stem)], check=True, timeout=120)
    pages = [Image.open(path) for path in sorted(stem.parent.glob(f"{stem.name}-[0-9]*.png"))]
    width, height = pages[0].size
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("L", (width * min(COLUMNS, len(pages)), height * rows), 160)
    for number, page in enumerate(pages):
        sheet.paste(page.crop((0, 0, width - 2, height - 2)), (number % COLUMNS * width, number // COLUMNS * height))
    return sheet.quantize(GREYS)


if __name__ == "__main__":
    main()
