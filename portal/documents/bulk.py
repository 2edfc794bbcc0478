"""Many drafts of one template in one ZIP, written while they are made: none waits for another, none stops another."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

from portal.documents import package
from portal.documents.package import Archive
from portal.documents.refusal import PictureRefused, TemplateRefused
from portal.documents.render import Snapshot, check, render
from portal.documents.templates import Template
from portal.domain.marking import N_

LIST: Final = "daftar.csv"
_HEADS: Final = ("No", "Nomor Naskah", "Mitra", "Berkas", "SHA-256", "Belum Diketahui", "Keterangan")
_LONGEST: Final = 80
_UNSAFE: Final = re.compile(r"[^\w .,()&-]+")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
NO_NAME: Final = "naskah"


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One row of a bulk run: the name of its file, SHA-256, size, how much is missing; `error` when it failed."""

    name: str
    digest: str
    size: int
    missing: int
    error: str = ""


def write_zip(stream: BinaryIO, template: Template, rows: Iterable[tuple[str, Snapshot]]) -> tuple[Made, ...]:
    """Write a stored ZIP with one Word file for each row (name, snapshot) and a list of them.

    Rows are taken one by one, and each file is written as soon as it is made. A row that fails is named in the list
    and in the result; the others are made. Raises TemplateRefused when the template itself is at fault.
    """
    check(template)
    archive = Archive()
    names: set[str] = {LIST}
    made: list[Made] = []
    table = io.StringIO()
    lines = csv.writer(table)
    lines.writerow(_HEADS)
    for number, (called, snapshot) in enumerate(rows, start=1):
        one, content = _one(called, template, snapshot, names)
        if content is not None:
            stream.writelines(archive.add(package.entry(one.name, content, deflate=False)))
        made.append(one)
        cells = (_number_of(snapshot), called, one.name, one.digest, str(one.missing or ""), one.error)
        lines.writerow((number, *map(harmless, cells)))
    listed = package.entry(LIST, b"\xef\xbb\xbf" + table.getvalue().encode(), deflate=False)
    stream.writelines(archive.add(listed))
    stream.write(archive.end())
    return tuple(made)


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


def _one(called: str, template: Template, snapshot: Snapshot, names: set[str]) -> tuple[Made, bytes | None]:
    try:
        rendered = render(template, snapshot)
    except (TemplateRefused, PictureRefused) as refusal:
        return Made(name="", digest="", size=0, missing=0, error=str(refusal)), None
    except (AttributeError, TypeError, ValueError):
        return Made(name="", digest="", size=0, missing=0, error=N_("Data baris ini tidak dapat dibaca.")), None
    content = rendered.content
    digest = hashlib.sha256(content).hexdigest()
    name = safe_name(called, names)
    return Made(name=name, digest=digest, size=len(content), missing=len(rendered.missing)), content


def _number_of(snapshot: Snapshot) -> str:
    """Return the number of the agreement: its own, else that of the first party."""
    own = snapshot.get("nomor") if isinstance(snapshot, dict) else None
    parties = snapshot.get("pihak") if isinstance(snapshot, dict) else None
    first = parties[0] if isinstance(parties, list | tuple) and parties and isinstance(parties[0], dict) else {}
    return str(own or first.get("nomor") or "")


def harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
