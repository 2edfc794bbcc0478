"""Kept files on their way out: always as an attachment, with the type that was found when they came in."""

import io
from collections.abc import Iterator
from typing import IO, Final

from flask import Response, current_app, send_file
from flask_babel import gettext as _

from portal.domain import upload
from portal.domain.errors import NotFound
from portal.domain.file_scan import SHORT
from portal.domain.report_answers import SentFile
from portal.extensions import session
from portal.queries import file_scans as file_scan_queries
from portal.services import file_scans
from portal.storage import Storage

DOCX = upload.MEDIA_TYPES["docx"]
XLSX = upload.MEDIA_TYPES["xlsx"]
PICTURES: Final = frozenset({upload.MEDIA_TYPES["png"], upload.MEDIA_TYPES["jpg"]})
_PIECE: Final = 2**16


def _storage() -> Storage:
    found: Storage = current_app.extensions["storage"]
    return found


def told(note: str, digest: str) -> str:
    """Return a note about a file, with why it cannot be opened where a virus scanner says so."""
    if not _storage().is_scanned:
        return note
    state = file_scan_queries.state_of(session(), digest)
    return f"{note}, {_(SHORT[state])}" if state in SHORT else note


def is_open(digest: str) -> bool:
    """Return whether a file may be opened: no virus scanner has it in its hands or removed it."""
    return not _storage().is_scanned or file_scan_queries.state_of(session(), digest) not in SHORT


def attachment(*, name: str, media_type: str, digest: str) -> Response:
    """Return a kept file as a download; raise FileClosed or NotFound (see `file_scans.read`)."""
    content = file_scans.read(session(), digest, storage=_storage())
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)


def picture(file: SentFile) -> Response:
    """Return a picture to be shown within a page; raise NotFound unless we drew it anew when it came in.

    Nothing else of a partner is ever shown inline (design: platform B4).
    """
    if not file.is_safe_picture or file.media_type not in PICTURES:
        raise NotFound
    content = file_scans.read(session(), file.digest, storage=_storage())
    return send_file(io.BytesIO(content), mimetype=file.media_type, as_attachment=False, download_name=file.name)


def made(*, name: str, content: bytes, media_type: str = DOCX) -> Response:
    """Return bytes that were just made as a download."""
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)


def spooled(file: IO[bytes], *, name: str, media_type: str) -> Response:
    """Return a temporary file that was just written as a download; it is read in pieces and closed at its end."""
    size = file.tell()
    file.seek(0)
    response = send_file(file, mimetype=media_type, as_attachment=True, download_name=name)
    response.response = _to_the_end(file)
    response.content_length = size
    response.call_on_close(file.close)
    return response


def _to_the_end(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(_PIECE), b"")
