"""The attack set of uploads by name: refused within a second of CPU and hardly any memory; a large good file passes.

Measured in the portal itself and in the child that takes files apart (design: platform E24).
"""

import io
import json
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from datetime import time as time_of_day

import pytest
from openpyxl import Workbook

from portal.documents import parsing, workbook
from portal.domain import upload
from portal.domain.errors import RuleBroken
from portal.services import taking_in
from tests.documents import builders
from tests.documents.bad_files import BAD, MEGABYTE, office
from tests.harness import files, source

pytestmark = pytest.mark.sqlite_only
MOST_CPU = 1.0
MOST_GROWTH = 100 * MEGABYTE


def bomb():
    """A Word file that unpacks to 200 MB."""
    return office({"word/document.xml": b"<w>" + bytes(200 * MEGABYTE) + b"</w>"})


def external():
    """A Word file that asks for a file of the server."""
    declared = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    return office({"word/settings.xml": declared})


ATTACKS = {
    "200 MB bomb": ("laporan.docx", bomb),
    "lying sizes": ("laporan.docx", BAD["lying sizes"].make),
    "nested zip": ("daftar.xlsx", BAD["nested bomb"].make),
    "polyglot of pdf and zip": ("laporan.pdf", BAD["pdf and archive at once"].make),
    "polyglot of picture and zip": ("foto.jpg", BAD["archive behind a picture"].make),
    "traversal": ("laporan.docx", BAD["parts that climb"].make),
    "macro in Word": ("laporan.docx", BAD["word macro"].make),
    "macro in Excel": ("daftar.xlsx", BAD["excel macro"].make),
    "external entity": ("laporan.docx", external),
    "21 MB": ("besar.pdf", BAD["21 MB"].make),
    "flood of packed objects": ("laporan.pdf", BAD["pdf that floods"].make),
}


def probed(folder, chosen):
    """What the probe says of some files, by name; each lies in a folder of its own, as names may be the same."""
    paths = []
    for place, (name, content) in enumerate(chosen):
        path = folder / str(place) / name
        path.parent.mkdir()
        path.write_bytes(content)
        paths.append(str(path))
    command = [sys.executable, "-m", "tests.documents.attack_probe", *paths]
    done = subprocess.run(command, cwd=source.ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_attack_is_refused_within_a_second_and_hardly_any_memory(tmp_path, tell):
    chosen = [("laporan.pdf", files.pdf()), *((name, make()) for name, make in ATTACKS.values())]
    begun, *found = probed(tmp_path, chosen)
    wrong = []
    for what, one in zip(ATTACKS, found, strict=True):
        own, child = one["own"] / MEGABYTE, (one["child"] - begun["child"]) / MEGABYTE
        tell("attacks", [f"{what}: {one['cpu']:.2f} s CPU, {own:.0f} MB growth, child {child:.0f} MB: {one['said']}"])
        if not one["said"].endswith(".") or one["cpu"] > 2 * MOST_CPU or max(own, child) > MOST_GROWTH / MEGABYTE:
            wrong.append((what, one))
    assert wrong == []


def large_word():
    """A Word file of 19 MB: pictures that do not pack."""
    noise = (files.png() + bytes(range(256)) * 4) * 1
    content = io.BytesIO(builders.docx())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("docProps/thumbnail.png", noise + bytes(19 * MEGABYTE - len(noise) - 8000))
    return content.getvalue()


def large_pdf():
    """A PDF of 19 MB: one page and a long comment."""
    small = files.pdf()
    return small[:9] + b"%" + b"x" * (19 * MEGABYTE) + b"\n" + small[9:]


def test_good_files_of_nineteen_megabytes_pass(tmp_path, tell):
    chosen = [("laporan.pdf", large_pdf()), ("laporan.docx", large_word())]
    assert all(18.5 * MEGABYTE < len(content) < 20 * MEGABYTE for _, content in chosen)
    for one in probed(tmp_path, chosen):
        tell("attacks", [f"good {one['said']}: {one['cpu']:.2f} s CPU, {one['own'] / MEGABYTE:.0f} MB growth"])
        assert one["said"] in upload.MEDIA_TYPES.values()


LIMITED = """import sys; sys.path.insert(0, sys.argv[1])
from portal.documents import child
child.CPU_SECONDS, child.LIMITS["RLIMIT_CPU"] = 1, 1
child.run({"check": lambda content, name: %s})
"""


@pytest.mark.parametrize(
    ("what", "program"),
    [
        ("hangs", "import time; time.sleep(60)"),
        ("eats memory", LIMITED % "len(bytearray(2**30))"),
        ("eats time", LIMITED % "sum(iter(int, 1))"),
        ("falls over", "import os; os.abort()"),
    ],
)
def test_a_child_that_reaches_a_limit_is_a_refusal_with_a_sentence(monkeypatch, what, program):
    monkeypatch.setattr(parsing, "_BEGIN", program.replace("sys.argv[1])\n", "sys.argv[1]); del sys.argv[1:3]\n"))
    monkeypatch.setattr(parsing, "_SECONDS", 1 if what == "hangs" else 30)
    began = time.monotonic()
    with pytest.raises(RuleBroken, match="terlalu berat untuk dibaca") as refused:
        taking_in.taken("laporan.pdf", files.pdf())
    assert refused.value.field == "files"
    assert time.monotonic() - began < 15


def test_a_list_comes_back_from_the_child_as_it_is_read_beside_it():
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Mitra", "Tanggal", "Jam", "Jumlah", "Ya"])
    moment = datetime.fromisoformat("2026-11-21T08:30")
    page.append(["Yayasan <Contoh>", moment, time_of_day(7, 15), 12.5, True])
    target = io.BytesIO()
    book.save(target)
    assert parsing.sheet(target.getvalue(), most_rows=10) == workbook.read(target.getvalue(), most_rows=10)
    with pytest.raises(RuleBroken, match="lebih dari 0 baris") as refused:
        parsing.sheet(target.getvalue(), most_rows=0)
    assert refused.value.field == "workbook"
