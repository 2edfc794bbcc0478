"""What an officer marks in a round of a report: one answer, one file, or the evidence as a whole, with a sentence.

A mark names its *item*: the name of a field, `file:` and the first letters of the file's digest, or `files`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.report_answers import Sent
from portal.domain.report_form import DEFAULT, FILES, Form

EVIDENCE: Final = FILES
"""The item for the evidence as a whole."""
FILE: Final = "file:"
KEY_LETTERS: Final = 16
"""So many letters of its digest name a file."""
LONGEST: Final = 600
MOST_PHRASES: Final = 40
LONGEST_PHRASE: Final = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What is to be mended in one item."""

    item: str
    sentence: str


def of_file(digest: str) -> str:
    """Return the item of a file."""
    return FILE + digest[:KEY_LETTERS]


def items(sent: Sent, form: Form = DEFAULT) -> tuple[str, ...]:
    """Return everything that can be marked in what was sent, in the order in which it is read."""
    fields = (field.name for field in form.fields if field.name != EVIDENCE)
    return (*fields, *(of_file(file.digest) for file in sent.files), EVIDENCE)


def label(item: str, *, sent: Sent, form: Form = DEFAULT) -> str:
    """Return what an item is called: the question, or the name of the file; the page translates it."""
    for file in sent.files:
        if of_file(file.digest) == item:
            return file.name
    field = form.field(item)
    return field.label if field else N_("Foto dan berkas bukti")


def checked(mark: Mark, *, sent: Sent, form: Form = DEFAULT) -> str:
    """Return the sentence as it is kept; raise RuleBroken unless its item may be marked with it."""
    said = " ".join(mark.sentence.split())
    if mark.item not in items(sent, form):
        raise RuleBroken(N_("Bagian ini tidak ada dalam putaran yang dikirim. Muat ulang halaman."))
    if not said:
        raise RuleBroken(N_("Tulis apa yang perlu diperbaiki, atau pilih satu kalimat siap pakai."), field="sentence")
    if len(said) > LONGEST:
        raise RuleBroken(N_("Singkatkan kalimat ini: paling panjang 600 huruf."), field="sentence")
    return said


def phrases(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the ready sentences in typed lines: each once, without blank ones; raise RuleBroken for too much."""
    kept = tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in lines))))
    if len(kept) > MOST_PHRASES:
        raise RuleBroken(N_("Simpan paling banyak 40 kalimat. Hapus yang jarang dipakai."), field="lines")
    if any(len(each) > LONGEST_PHRASE for each in kept):
        raise RuleBroken(N_("Singkatkan: satu kalimat paling panjang 300 huruf."), field="lines")
    return kept
