"""The files of the tests are what they say, read by programs that are not ours."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from tests.harness import files
from tests.harness.programs import need


def test_the_pdf_holds_its_line(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(files.pdf("Laporan triwulan"))
    reader = need(("pdftotext",), "poppler-utils")
    text = subprocess.run([reader, str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert text.split() == ["Laporan", "triwulan"]


def test_the_word_file_is_a_whole_archive():
    with zipfile.ZipFile(BytesIO(files.word())) as archive:
        assert archive.testzip() is None
        assert "word/document.xml" in archive.namelist()


def test_a_file_has_the_size_that_was_asked_for():
    stream, name = files.Files().of_size(5_000)
    assert (len(stream.getvalue()), name) == (5_000, "besar.pdf")
