"""The files that belong to a list: the empty workbook, the rows to mend, the ZIP of what was made."""

import io
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response, send_file
from flask_babel import gettext as _

from portal.documents import archive as archives
from portal.documents import workbook
from portal.documents.archive import Entry
from portal.documents.workbook import Heading, WrongRow
from portal.domain.bulk_list import COLUMNS
from portal.domain.upload import MEDIA_TYPES
from portal.queries.bulk import MadeFile
from portal.storage import Storage
from portal.web import downloads

if TYPE_CHECKING:
    from portal.models import BulkRow

ZIP = "application/zip"


def sent(content: bytes, *, name: str) -> Response:
    """Return bytes as a download."""
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2], ZIP)
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)


def _headings() -> list[Heading]:
    return [Heading(text=one.heading, hint=_(one.hint) if one.hint else "", width=one.width) for one in COLUMNS]


def blank() -> bytes:
    """Make the empty list."""
    return workbook.blank(_headings(), sheet=_("Daftar naskah"))


def wrong(rows: Iterable["BulkRow"]) -> bytes:
    """Make the list of the rows to mend, each cell as typed and with what is wrong."""
    return workbook.with_problems(
        _headings(), [_wrong(row) for row in rows], sheet=_("Daftar naskah"), last=_("Yang perlu diperbaiki")
    )


def _wrong(row: "BulkRow") -> WrongRow:
    problems: dict[str, str] = {}
    for one in row.problems:
        sentence = _(one["message"], **one["values"])
        problems[one["column"]] = " ".join(filter(None, (problems.get(one["column"]), sentence)))
    return WrongRow(values={one.heading: row.values.get(one.key) for one in COLUMNS}, problems=problems)


def archive(files: Iterable[MadeFile], storage: Storage, *, name: str) -> Response:
    """Return the Word files in one ZIP with a list of what each is, as a download; it never lies in memory whole."""
    headings = [_("Berkas"), _("Baris"), _("Kode naskah"), _("Mitra"), _("Isian belum diketahui"), "SHA-256"]
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed at its end, or with the response that sends it
    archives.write(made, (_entry(one, storage) for one in files), headings=headings)
    return downloads.spooled(made, name=name, media_type=ZIP)


def _entry(one: MadeFile, storage: Storage) -> Entry:
    told = (one.row, one.agreement_code, one.partner, one.missing, one.digest)
    return Entry(name=f"{one.agreement_code} {one.partner}", content=storage.read(one.digest), told=told)
