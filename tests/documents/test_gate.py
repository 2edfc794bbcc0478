"""Word files from outside: good ones pass, bad ones are refused with a plain reason, quickly, in little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.documents import gate
from portal.documents.refusal import FileRefused
from tests.documents import attacks, builders
from tests.documents.attacks import EXTERNAL, document, field, relation

MOST_SECONDS = 5.0
"""What gates; a busy machine must not fail. What is promised is said beside it."""
PROMISED_SECONDS = 1.0
BOMB = "bomb"
MOST_MEMORY_MB = 200

_MEASURE = r"""
import json, pathlib, re, sys, time
from portal.documents import gate
from portal.documents.refusal import FileRefused
told = {}
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    content = path.read_bytes()
    started = time.process_time()
    try:
        gate.check(content)
        reason = ""
    except FileRefused as refusal:
        reason = str(refusal)
    memory = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
    told[path.name] = [reason, time.process_time() - started, memory]
sys.stdout.write(json.dumps(told))
"""


@pytest.mark.parametrize("name", attacks.BAD)
def test_dangerous_file_is_refused_with_its_reason(name):
    content, reason = attacks.BAD[name]
    with pytest.raises(FileRefused) as refusal:
        gate.check(content)
    assert reason in str(refusal.value)


@pytest.mark.parametrize("name", attacks.LARGE)
def test_file_that_is_too_large_in_some_way_is_refused_with_its_reason(name):
    build, reason = attacks.LARGE[name]
    with pytest.raises(FileRefused) as refusal:
        gate.check(build())
    assert reason in str(refusal.value)


def test_every_attack_costs_little_time_and_memory(tmp_path, capsys):
    """In a process of its own, so that the memory is the gate's and not the test's."""
    files = {name: content for name, (content, _) in attacks.BAD.items()}
    files |= {name: build() for name, (build, _) in attacks.LARGE.items()}
    for name, content in files.items():
        (tmp_path / name.replace("/", " ")).write_bytes(content)
    made = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(made.stdout)
    memory = max(peak for _, _, peak in told.values())
    slowest = max(told, key=lambda name: told[name][1])
    bomb = next(took for name, (_, took, _) in told.items() if name == BOMB)
    slow = sum(took > PROMISED_SECONDS for _, took, _ in told.values())
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(told)} attacks: slowest {told[slowest][1]:.2f} s CPU ({slowest}), bomb {bomb:.2f} s,"
            f" above {PROMISED_SECONDS:.0f} s: {slow}, peak {memory:.0f} MB\n"
        )
    assert len(told) >= 20
    assert all(reason for reason, _, _ in told.values())
    assert told[slowest][1] < MOST_SECONDS
    assert memory < MOST_MEMORY_MB


def test_the_bomb_is_as_small_as_a_letter():
    assert len(attacks.bomb()) < 100_000


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("surat.doc", ".doc lama"),
        ("surat.DOCM", "makro"),
        ("surat.dotx", "templat Word"),
        ("surat.pdf", "bukan berkas Word"),
        ("surat", "bukan berkas Word"),
    ],
)
def test_the_ending_of_the_name_is_judged_first(name, reason):
    with pytest.raises(FileRefused, match=reason):
        gate.check(builders.docx(), name)


def test_a_good_file_passes_and_gives_its_parts():
    content = builders.docx(relation("hyperlink", "https://kemensos.example", EXTERNAL))
    assert b"Isi" in gate.check(content, "Naskah akhir.DOCX")["word/document.xml"]


@pytest.mark.parametrize("link", ["https://kemensos.example", "http://kemensos.example", "mailto:a@kemensos.example"])
def test_links_to_the_web_and_to_mail_pass(link):
    parts = gate.check(builders.docx({**relation("hyperlink", link, EXTERNAL)}))
    again = gate.check(builders.docx(document(field(f' HYPERLINK "{link}" '))))
    assert parts.keys() == again.keys() | {"word/_rels/document.xml.rels"}


def test_harmless_fields_pass():
    fields = field(" REF _Ref1 \\n \\h ") + field(" PAGE ") + field(' HYPERLINK \\l "_Toc1" ') + field("LINKED x")
    assert "word/document.xml" in gate.check(builders.docx(document(fields)))


def test_pictures_of_every_common_kind_pass():
    pictures = {
        "word/media/a.png": attacks.PNG,
        "word/media/b.jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
        "word/media/c.gif": b"GIF89a" + bytes(20),
        "word/media/d.emf": b"\x01\0\0\0" + bytes(20),
        "word/media/e.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    }
    assert pictures.keys() <= gate.check(builders.docx(pictures)).keys()


def test_a_cleaned_file_passes_again():
    assert gate.check(gate.cleaned(builders.docx())) == gate.check(builders.docx())


def test_a_file_above_the_limit_is_refused_unread():
    with pytest.raises(FileRefused, match="20 MB"):
        gate.check(b"PK\x03\x04" + bytes(gate.MOST_BYTES))


def test_limits_are_the_settled_ones():
    limits = (gate.MOST_BYTES, gate.MOST_MEMBERS, gate.MOST_UNPACKED, gate.MOST_OF_A_PART)
    assert limits == (20 * 2**20, 600, 60 * 2**20, 20 * 2**20)
