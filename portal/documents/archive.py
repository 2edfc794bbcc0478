"""Many Word files in one ZIP, stored as they are, with a list that says what is what. Same input, same bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.documents import bulk
from portal.documents.bulk import LIST

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One Word file of the archive: its name without ending, its bytes, and what the list says beside it."""

    name: str
    content: bytes = field(repr=False)
    told: Sequence[str | int] = ()


def bundle(entries: Iterable[Entry], *, headings: Sequence[str]) -> bytes:
    """Put files into one ZIP under safe names that differ; the list begins with the name of each file.

    The files are compressed already, so they are stored. The list opens in Excel: semicolons, UTF-8 with a mark.
    """
    kept, listed, taken = io.BytesIO(), io.StringIO(), {LIST}
    table = csv.writer(listed, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            name = bulk.safe_name(entry.name, taken)
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), entry.content)
            table.writerow([name, *(bulk.harmless(str(value)) for value in entry.told)])
        archive.writestr(zipfile.ZipInfo(LIST, _FIRST_DAY), "\ufeff" + listed.getvalue())
    return kept.getvalue()
