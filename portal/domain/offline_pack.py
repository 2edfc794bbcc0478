"""Reports filled in away from the portal: who a row of the workbook belongs to, what it says, what is wrong with it.

A workbook carries, hidden, the number of the download and for each row the dated duty and the version that was read,
each with a seal that only the portal can make and only for one organisation. Which cells hold what in Excel is the
business of `documents.offline_pack`; what a report asks is in `report_form`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from portal.domain import report_answers
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.report_answers import Answers
from portal.domain.report_form import COUNTS, MONEY, TEXTS, Form

SHEET: Final = "Laporan"
FIELDS: Final = (*TEXTS, *COUNTS, MONEY)
"""What a row can answer, in the order of the columns; a file cannot be put into a cell."""
MOST_ROWS: Final = 500
_SEAL_LETTERS: Final = 24

FOREIGN: Final = N_("Buku kerja ini bukan untuk lembaga Anda, atau isinya berubah. Unduh buku kerja baru.")
_UNKNOWN: Final = N_("Baris ini bukan dari buku kerja ini. Jangan menambah atau menyalin baris.")
_TWICE: Final = N_("Laporan ini ada di dua baris. Hapus isi salah satunya.")
_STALE: Final = N_("Laporan ini sudah diubah di portal. Unduh buku kerja baru untuk baris ini.")
_CLOSED: Final = N_("Laporan ini sudah dikirim atau tidak perlu lagi. Kosongkan baris ini.")
_FORMULA: Final = N_("Sel ini berisi rumus. Ketik isinya sebagai teks atau angka.")
_EXCEL_ERROR: Final = N_("Sel ini berisi kesalahan Excel. Ketik isinya.")
_LONG: Final = N_("Teks ini lebih dari %(n)s huruf. Pendekkan, atau lampirkan sebagai berkas.")
_NOT_ASKED: Final = N_("Laporan ini tidak menanyakan hal ini. Kosongkan sel ini.")


class CellKind(Enum):
    """What Excel says a cell is, as far as it matters here."""

    PLAIN = "plain"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell: where it is ("D7"), what it says as text, what Excel says it is."""

    place: str
    text: str = ""
    kind: CellKind = CellKind.PLAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """What a row is about: the dated duty, and the version of its report that was read (0: none was begun)."""

    occurrence_id: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row as it came: its place, its hidden identity with its seal (None: unreadable), its cells by field."""

    number: int
    first: str
    """The place of its first cell, to point at the row as a whole."""
    identity: Identity | None
    seal: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A workbook as it came."""

    pack: str
    seal: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the portal knows of the report that a row is about."""

    form: Form
    answers: Answers = field(default_factory=Answers)
    version: int = 0
    written: int | None = None
    """The version that an earlier sending of the same download left behind."""
    is_open: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A sentence at a cell; the edge translates it."""

    cell: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What is to be done with a row: nothing (no faults, no change), something new, or a fault to mend."""

    line: Line
    typed: Mapping[str, str] = field(default_factory=dict)
    """What is to be kept, by field; empty when the row says nothing new."""
    is_filled: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealer:
    """Makes and compares the seals of one organisation's download."""

    secret: str = field(repr=False)
    organisation_id: int
    pack: str
    older: tuple[str, ...] = field(default=(), repr=False)
    """Secrets before this one: what they sealed is still known."""

    def of_book(self) -> str:
        """Return the seal of the workbook as a whole."""
        return self._seal("book", self.secret)

    def of_row(self, identity: Identity) -> str:
        """Return the seal of one row."""
        return self._seal(_row(identity), self.secret)

    def _is_seal(self, seal: str, said: str) -> bool:
        known = [self._seal(said, secret).encode() for secret in (self.secret, *self.older)]
        return any(hmac.compare_digest(seal.encode(), each) for each in known)

    def _seal(self, said: str, secret: str) -> str:
        message = f"offline-pack:{self.organisation_id}:{self.pack}:{said}".encode()
        return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:_SEAL_LETTERS]

    def check(self, book: Book) -> None:
        """Raise RuleBroken (field `workbook`) unless the portal made this workbook for this organisation."""
        if not self._is_seal(book.seal, "book"):
            raise RuleBroken(FOREIGN, field="workbook")

    def knows(self, line: Line) -> bool:
        """Return whether a row is one of those that were written into this download."""
        if line.identity is None:
            return False
        return self._is_seal(line.seal, _row(line.identity))


def _row(identity: Identity) -> str:
    return f"{identity.occurrence_id}:{identity.version}"


def plain(value: object) -> str:
    """Return what a cell says, as a person would have typed it: 60.0 is "60", and half a person is no number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "benar" if value else "salah"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).replace("_x000D_", "").strip()


def judge(line: Line, known: Known | None, *, is_known: bool, is_twice: bool) -> Judged:
    """Return what is to be done with a row; `known` is None when the organisation owes no such report any more."""
    filled = {name: cell for name, cell in line.cells.items() if cell.text or cell.kind is not CellKind.PLAIN}
    if not filled:
        return Judged(line=line)
    if not is_known or is_twice or known is None:
        return _refused(line, _CLOSED if is_known and not is_twice else _TWICE if is_known else _UNKNOWN)
    changed, wrong = _changed(known, line), _wrong_cells(filled, known.form)
    if not changed and not wrong:
        return Judged(line=line, is_filled=True)
    if objection := _objection(line, known):
        return _refused(line, objection)
    faults = wrong or _wrong_answers(line, known)
    return Judged(line=line, is_filled=True, faults=faults, typed={} if faults else changed)


def _objection(line: Line, known: Known) -> str | None:
    """Return why a row that says something new comes too late, None when it does not."""
    if not known.is_open:
        return _CLOSED
    read = line.identity.version if line.identity else None
    return None if known.version in {read, known.written} else _STALE


def _refused(line: Line, message: str) -> Judged:
    return Judged(line=line, is_filled=True, faults=(Fault(cell=line.first, message=message),))


def _whole(line: Line, known: Known) -> Mapping[str, str]:
    """Return what would stand in the report: the cells of the row, empty ones included, over what stands there."""
    asked = {name: line.cells[name].text for name in line.cells if known.form.field(name)}
    return known.answers.typed() | asked


def _changed(known: Known, line: Line) -> Mapping[str, str]:
    before = known.answers.typed()
    after = report_answers.read(_whole(line, known), known.form).typed()
    names = [name for name in line.cells if known.form.field(name)]
    return {name: after.get(name, "") for name in names if after.get(name, "") != before.get(name, "")}


def _wrong_cells(filled: Mapping[str, Cell], form: Form) -> tuple[Fault, ...]:
    found = []
    for name, cell in filled.items():
        if cell.kind is CellKind.FORMULA:
            found.append(Fault(cell=cell.place, message=_FORMULA))
        elif cell.kind is CellKind.ERROR:
            found.append(Fault(cell=cell.place, message=_EXCEL_ERROR))
        elif form.field(name) is None:
            found.append(Fault(cell=cell.place, message=_NOT_ASKED))
        elif len(cell.text) > report_answers.LONGEST_TEXT:
            found.append(Fault(cell=cell.place, message=_LONG, values={"n": report_answers.LONGEST_TEXT}))
    return tuple(found)


def _wrong_answers(line: Line, known: Known) -> tuple[Fault, ...]:
    answers = report_answers.read(_whole(line, known), known.form)
    gaps = report_answers.missing(answers, files=1, form=known.form)
    return tuple(
        Fault(cell=line.cells[gap.field].place, message=gap.message, values=gap.values)
        for gap in gaps
        if gap.field and gap.field in line.cells
    )


def judge_all(book: Book, known: Mapping[int, Known], sealer: Sealer) -> tuple[Judged, ...]:
    """Return what is to be done with each row, in order; raise RuleBroken (`workbook`) for a foreign workbook."""
    sealer.check(book)
    seen: set[int] = set()
    found = []
    for line in book.lines:
        key = line.identity.occurrence_id if line.identity else 0
        is_known = sealer.knows(line)
        judged = judge(line, known.get(key), is_known=is_known, is_twice=key in seen)
        if judged.is_filled and is_known:
            seen.add(key)
        found.append(judged)
    return tuple(found)
