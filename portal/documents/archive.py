"""Many Word files in one ZIP, written one after the other, with a list that says what is what. Same input, same bytes.

Neither the archive nor the files are held in memory together: five hundred drafts need no more room than one.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from portal.documents import package
from portal.documents.package import Archive

LIST: Final = "daftar.csv"
NO_NAME: Final = "naskah"
_LONGEST: Final = 80
_UNSAFE: Final = re.compile(r"[^\w .,()&-]+")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One Word file of the archive: its name without ending, its bytes, and what the list says beside it."""

    name: str
    content: bytes = field(repr=False)
    told: Sequence[str | int] = ()


def write(stream: BinaryIO, entries: Iterable[Entry], *, headings: Sequence[str]) -> int:
    """Write files into one ZIP under safe names that differ; return its size in bytes.

    Entries are taken one by one, each written before the next is asked for; `stream` is only written on. The files
    are compressed already, so they are stored. The list begins with the name of each file and opens in Excel:
    semicolons, UTF-8 with a mark.
    """
    archive, size, taken = Archive(), 0, {LIST}
    listed = io.StringIO()
    table = csv.writer(listed, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    for entry in entries:
        name = safe_name(entry.name, taken)
        size += _write(stream, *archive.add(package.entry(name, entry.content, deflate=False)))
        table.writerow([name, *(harmless(str(value)) for value in entry.told)])
    told = ("\ufeff" + listed.getvalue()).encode()
    return size + _write(stream, *archive.add(package.entry(LIST, told, deflate=False)), archive.end())


def _write(stream: BinaryIO, *pieces: bytes) -> int:
    stream.writelines(pieces)
    return sum(map(len, pieces))


def safe_name(called: str, names: set[str]) -> str:
    """Make the name of a file that every system can keep and no other file of the archive has."""
    plain = unicodedata.normalize("NFC", called)
    stem = " ".join(_UNSAFE.sub(" ", plain).split()).strip(". ")[:_LONGEST].rstrip(". ") or NO_NAME
    if _RESERVED.fullmatch(stem):
        stem = f"{NO_NAME} {stem}"
    name, count = f"{stem}.docx", 1
    while name.casefold() in names:
        count += 1
        name = f"{stem} ({count}).docx"
    names.add(name.casefold())
    return name


def harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
