"""Drafts in bulk: what a list from Excel says, row by row.

A row names its partner, or an agreement that is recorded already, and tells what differs from the common facts.
Which of these exist is for the service to say; here every cell is only read.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.wording.days import month_number

MOST_ROWS: Final = 1000
"""One list; beyond this a person can no longer check what the list says."""

Cell = str | int | float | bool | date | None


class CellError(Exception):
    """What a cell says cannot be taken; carries the message and its values."""

    def __init__(self, message: str, **values: object) -> None:
        """Keep the sentence and its values apart, so that it can be translated."""
        super().__init__(message % values if values else message)
        self.message, self.values = message, values


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of the list: its name in code, its heading, how it is read, and what people should know of it."""

    key: str
    heading: str
    read: Callable[[Cell], Any]
    hint: str = ""
    width: int = 22


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with one cell: the heading of its column, message and values."""

    column: str
    message: str
    values: Mapping[str, object]

    @property
    def sentence(self) -> str:
        """Return the sentence in Indonesian."""
        return self.message % self.values if self.values else self.message


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRow:
    """One row as read: plain values by the key of their column, and what is wrong."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


def text_of(letters: int) -> Callable[[Cell], str | None]:
    """Return the reader of a text of at most so many letters."""

    def read(cell: Cell) -> str | None:
        text = _shown(cell)
        if len(text) > letters:
            raise CellError(N_("Paling banyak %(n)s huruf."), n=letters)
        return text or None

    return read


def read_day(cell: Cell) -> str | None:
    """Read a date as Excel keeps it or as people type it; answer it as ISO."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = _shown(cell)
    if not text:
        return None
    found = _day_of(text)
    if found is None:
        raise CellError(N_("Tulis tanggal yang ada, misalnya 31-12-2026."))
    return found.isoformat()


_ISO: Final = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: 00:00:00)?")
_TYPED: Final = re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2}|[A-Za-z]+)[-/. ](?P<y>\d{4})")


def _day_of(text: str) -> date | None:
    found = _ISO.fullmatch(text) or _TYPED.fullmatch(text)
    if found is None:
        return None
    month = int(found["m"]) if found["m"].isdigit() else month_number(found["m"])
    try:
        return date(int(found["y"]), month or 0, int(found["d"]))
    except ValueError:
        return None


_WHOLE: Final = re.compile(r"[0-9]{1,16}|[0-9]{1,3}(\.[0-9]{3}){1,5}")


def read_count(most: int) -> Callable[[Cell], int | None]:
    """Return the reader of a whole number from 1 to `most`; dots between thousands and Rp are taken."""

    def read(cell: Cell) -> int | None:
        if cell is None or cell == "":
            return None
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = _shown(cell).removeprefix("Rp").replace(" ", "").removesuffix(",00")
        digits = text.replace(".", "")
        if not _WHOLE.fullmatch(text) or not 1 <= int(digits) <= most:
            raise CellError(N_("Tulis angka bulat, misalnya 325.000.000."))
        return int(digits)

    return read


def read_lines(cell: Cell) -> list[str]:
    """Read a list of texts, one on each line of the cell."""
    return [" ".join(line.split()) for line in _lines(cell) if line.strip()]


def _lines(cell: Cell) -> list[str]:
    return str(cell if cell is not None else "").splitlines()


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


COLUMNS: Final = (
    Column(
        key="agreement_code",
        heading=N_("Kode naskah"),
        read=text_of(24),
        hint=N_("Hanya bila naskahnya sudah tercatat, misalnya PKS-2026-0012. Kosongkan untuk naskah baru."),
    ),
    Column(key="partner", heading=N_("Mitra"), read=text_of(240), hint=N_("Nama atau kode mitra pada daftar mitra.")),
    Column(key="title", heading=N_("Judul"), read=text_of(400), hint=N_("Kosongkan bila sama dengan judul bersama.")),
    Column(key="number_ours", heading=N_("Nomor kementerian"), read=text_of(120)),
    Column(key="number_theirs", heading=N_("Nomor mitra"), read=text_of(120)),
    Column(
        key="address", heading=N_("Alamat mitra"), read=text_of(600), hint=N_("Kosongkan bila sesuai daftar mitra.")
    ),
    Column(key="signatory_name", heading=N_("Penanda tangan mitra"), read=text_of(160)),
    Column(key="signatory_office", heading=N_("Jabatan penanda tangan"), read=text_of(200)),
    Column(
        key="instrument", heading=N_("Dasar kewenangan"), read=text_of(240), hint=N_("Akta, keputusan, surat kuasa.")
    ),
    Column(key="signed_on", heading=N_("Tanggal tanda tangan"), read=read_day, hint=N_("Misalnya 31-12-2026.")),
    Column(key="signed_place", heading=N_("Tempat tanda tangan"), read=text_of(160)),
    Column(key="starts_on", heading=N_("Mulai berlaku"), read=read_day),
    Column(key="ends_on", heading=N_("Berakhir"), read=read_day),
    Column(key="term_months", heading=N_("Jangka waktu (bulan)"), read=read_count(600)),
    Column(key="purpose", heading=N_("Tujuan"), read=text_of(4000), width=40),
    Column(key="scope", heading=N_("Ruang lingkup"), read=read_lines, hint=N_("Satu butir satu baris."), width=40),
    Column(key="value_rupiah", heading=N_("Nilai (Rp)"), read=read_count(10**15)),
    Column(key="funding_source", heading=N_("Sumber dana"), read=text_of(240)),
    Column(key="contact_name", heading=N_("Narahubung mitra"), read=text_of(160)),
    Column(key="contact_phone", heading=N_("Telepon narahubung"), read=text_of(40)),
    Column(key="contact_email", heading=N_("Surel narahubung"), read=text_of(254)),
)

_BY_HEADING: Final = {" ".join(column.heading.casefold().split()): column for column in COLUMNS}


def match(headings: Sequence[Cell]) -> tuple[Column | None, ...]:
    """Return the column of each heading, None for one that is not ours.

    Raises RuleBroken when neither partner nor code is among them, or a heading stands twice.
    """
    found = tuple(_BY_HEADING.get(_shown(heading).casefold()) for heading in headings)
    known = [column.key for column in found if column]
    if not {"partner", "agreement_code"} & set(known):
        raise RuleBroken(
            N_(
                "Baris pertama lembar ini tidak memuat kolom “Mitra” atau “Kode naskah”. Unduh contoh lalu isi di sana."
            ),
            field="workbook",
        )
    for column in found:
        if column and known.count(column.key) > 1:
            raise RuleBroken(
                N_("Kolom “%(name)s” ada dua kali. Hapus salah satu."), field="workbook", name=column.heading
            )
    return found


def read_row(number: int, columns: Sequence[Column | None], cells: Sequence[Cell]) -> ReadRow | None:
    """Read one row; None when every cell is empty."""
    values: dict[str, Any] = {}
    problems = []
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        try:
            values[column.key] = column.read(cell)
        except CellError as error:
            values[column.key] = _shown(cell)
            problems.append(Problem(column=column.heading, message=error.message, values=error.values))
    if not any(values.values()):
        return None
    if not values.get("partner") and not values.get("agreement_code"):
        problems.append(Problem(column="Mitra", message=N_("Tulis nama atau kode mitra."), values={}))
    return ReadRow(number=number, values=values, problems=tuple(problems))


def is_wrong_order(values: Mapping[str, Any]) -> bool:
    """Tell whether a row ends before it begins or is signed."""
    end = str(values.get("ends_on") or "")
    return bool(end) and any(end < str(values.get(name) or "") for name in ("starts_on", "signed_on"))
