"""Kept files on their way out: always as an attachment, with the type that was found when they came in."""

import io

from flask import Response, current_app, send_file

from portal.domain import upload
from portal.domain.errors import NotFound

DOCX = upload.MEDIA_TYPES["docx"]


def attachment(*, name: str, media_type: str, digest: str) -> Response:
    """Return a kept file as a download; raise NotFound when its bytes are gone."""
    storage = current_app.extensions["storage"]
    try:
        content = storage.read(digest)
    except FileNotFoundError as error:
        raise NotFound from error
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)


def made(*, name: str, content: bytes, media_type: str = DOCX) -> Response:
    """Return bytes that were just made as a download."""
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
