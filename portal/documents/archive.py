"""Many Word files in one ZIP, stored as they are, with a list that says what is what. Same input, same bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.domain.upload import safe_name

LIST: Final = "daftar.csv"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_NO_FOLDER: Final = re.compile(r"[/\\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One file of the archive: its name and bytes, and what the list says beside it."""

    name: str
    content: bytes = field(repr=False)
    told: Sequence[str | int] = ()


def bundle(entries: Iterable[Entry], *, headings: Sequence[str]) -> bytes:
    """Put files into one ZIP under safe names that differ; the list begins with the name of each file.

    The files are compressed already, so they are stored. The list opens in Excel: semicolons, UTF-8 with a mark.
    """
    kept, listed, taken = io.BytesIO(), io.StringIO(), set[str]()
    table = csv.writer(listed, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            name = _different(safe_name(_NO_FOLDER.sub("-", entry.name)), taken)
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), entry.content)
            table.writerow([name, *(_harmless(value) for value in entry.told)])
        archive.writestr(zipfile.ZipInfo(LIST, _FIRST_DAY), "\ufeff" + listed.getvalue())
    return kept.getvalue()


def _different(name: str, taken: set[str]) -> str:
    stem, _, extension = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}).{extension}"
    taken.add(found.casefold())
    return found


def _harmless(value: str | int) -> str | int:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
