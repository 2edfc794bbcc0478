"""Speed and memory beside docxtpl. `python -m tests.benchmarks.drafts` prints them."""

import io
import subprocess
import sys
import zipfile
from dataclasses import dataclass

from portal.documents import archive, compiled, package, render
from portal.documents.archive import Entry
from portal.documents.wordxml import P, parse, text_of
from tests.benchmarks import measures, pks

PEAK = """
import pathlib, re, resource, tempfile
from portal.documents import archive, render
from portal.documents.archive import Entry
from portal.storage import Storage
from tests.benchmarks import pks
with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as made:
    storage, template = Storage(pathlib.Path(folder)), pks.template()
    kept = [storage.keep(render.render(template, pks.data(3, n)).content) for n in range(500)]
    entries = (Entry(name=f"Mitra {n}", content=storage.read(digest)) for n, digest in enumerate(kept))
    size = archive.write(made, entries, headings=["Berkas"])
    assert len(set(kept)) == 500 and size > 500 * 10_000, (len(set(kept)), size)
status = pathlib.Path("/proc/self/status")
if status.exists():  # the other figure remembers the process that started this one
    print(int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What was measured: CPU seconds for one draft each, for compiling, for so many drafts in one archive."""

    peer: float
    ours: float
    compiling: float
    bulk_of: int
    bulk_peer: float
    bulk_ours: float

    @property
    def ratio(self) -> float:
        """How many times less CPU a draft needs."""
        return self.peer / self.ours

    @property
    def compiling_ratio(self) -> float:
        """How many drafts of the peer one compilation costs."""
        return self.compiling / self.peer

    @property
    def bulk_ratio(self) -> float:
        """How many times faster an archive of different drafts is."""
        return self.bulk_peer / self.bulk_ours


def measure(*, rounds: int, bulk_of: int, bulk_of_peer: int) -> Figures:
    """Measure both in this process, in turn. The peer makes fewer drafts of the archive, and is held to its rate."""
    template = pks.template()
    rows = [pks.data(3, number) for number in range(10)]
    measures.docxtpl_draft(template.content, rows[0])
    for row in rows:
        render.render(template, row)
    found = measures.least(
        {
            "peer": lambda: measures.docxtpl_drafts(template.content, rows[:2]),
            "ours": lambda: [render.render(template, row) for row in rows],
            "compiling": lambda: compiled.of.__wrapped__(template),
        },
        rounds=rounds,
    )
    different = [pks.data(3, number) for number in range(bulk_of)]
    archives = measures.least(
        {
            "peer": lambda: archive_of_peer(template.content, different[:bulk_of_peer]),
            "ours": lambda: archive_of_ours(template, different),
        },
        rounds=2,
    )
    return Figures(
        peer=found["peer"] / 2,
        ours=found["ours"] / len(rows),
        compiling=found["compiling"],
        bulk_of=bulk_of,
        bulk_peer=archives["peer"] / bulk_of_peer * bulk_of,
        bulk_ours=archives["ours"],
    )


def archive_of_ours(template, rows):
    """An archive of drafts, each written as soon as it is made."""
    made = (Entry(name=row["nomor"], content=render.render(template, row).content) for row in rows)
    archive.write(io.BytesIO(), made, headings=["Berkas"])


def archive_of_peer(content, rows):
    """An archive of drafts by docxtpl."""
    with zipfile.ZipFile(io.BytesIO(), "w") as made:
        for number, row in enumerate(rows):
            made.writestr(f"{number}.docx", measures.docxtpl_draft(content, row))


def peak_of_bulk() -> float:
    """The most memory in MB of a process that makes and keeps 500 drafts and sends them in one archive, as we do."""
    done = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    return int(done.stdout) / 2**20


def texts(content: bytes, part: str = "word/document.xml") -> list[str]:
    """The paragraphs of a Word file that say something."""
    root = parse(package.unpack(content)[part])
    return [text for paragraph in root.iter(P) if (text := text_of(paragraph).strip())]


def report() -> str:
    """Measure with care and say the figures."""
    template = pks.template()
    ours = render.render(template, pks.data()).content
    peer = measures.docxtpl_draft(template.content, pks.data())
    found = measure(rounds=12, bulk_of=500, bulk_of_peer=25)
    ms = {"docxtpl": found.peer * 1000, "ours": found.ours * 1000, "compile": found.compiling * 1000}
    return "\n".join(
        [
            f"same text, {len(texts(ours))} paragraphs: {texts(ours) == texts(peer)}",
            f"size of a draft: {len(ours)} bytes, docxtpl {len(peer)} bytes",
            f"docxtpl       {ms['docxtpl']:8.2f} ms CPU a draft",
            f"ours          {ms['ours']:8.2f} ms CPU a draft: {found.ratio:.0f}x less",
            f"compile       {ms['compile']:8.2f} ms CPU once: {found.compiling_ratio:.2f} drafts of docxtpl",
            f"{found.bulk_of} in a ZIP  {found.bulk_ours:8.2f} s CPU, docxtpl {found.bulk_peer:.1f} s:"
            f" {found.bulk_ratio:.0f}x",
            f"peak of these {peak_of_bulk():8.0f} MB",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(f"{report()}\n")
