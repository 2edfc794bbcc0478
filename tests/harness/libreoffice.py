"""A real LibreOffice that opens our Word files, with a profile of its own."""

import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.programs import need


@dataclass(frozen=True, kw_only=True)
class LibreOffice:
    """Turns a .docx into what a reader sees; about three seconds a file."""

    soffice: str
    pdftotext: str
    folder: Path

    def pdf(self, docx: bytes) -> Path:
        """The file printed to PDF."""
        source = self.folder / f"{len(list(self.folder.glob('*.docx')))}.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        words = [
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            str(self.folder),
            str(source),
        ]
        subprocess.run([self.soffice, profile, *words], check=True, capture_output=True, timeout=120)
        return source.with_suffix(".pdf")

    def texts(self, documents: Mapping[str, bytes]) -> dict[str, str]:
        """The words of many files in the order in which they are printed, all in one call, by the given names."""
        return {name: self._words(pdf) for name, pdf in self.pdfs(documents).items()}

    def pdfs(self, documents: Mapping[str, bytes]) -> dict[str, Path]:
        """Many files printed to PDF in one call, by the given names."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        names = dict(enumerate(documents))
        for number, name in names.items():
            (folder / f"{number}.docx").write_bytes(documents[name])
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        sources = [str(folder / f"{number}.docx") for number in names]
        words = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), *sources]
        subprocess.run([self.soffice, profile, *words], check=True, capture_output=True, timeout=300)
        return {name: folder / f"{number}.pdf" for number, name in names.items()}

    def _words(self, pdf: Path) -> str:
        words = [self.pdftotext, "-raw", str(pdf), "-"]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout

    def text(self, docx: bytes) -> str:
        """The words on the printed pages, laid out as on paper, numbers of Word's own numbering included."""
        words = [self.pdftotext, "-layout", str(self.pdf(docx)), "-"]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice Writer; mark the test `libreoffice`."""
    return LibreOffice(
        soffice=need(("soffice", "libreoffice"), "libreoffice-writer-nogui fonts-liberation"),
        pdftotext=need(("pdftotext",), "poppler-utils"),
        folder=tmp_path_factory.mktemp("libreoffice"),
    )
