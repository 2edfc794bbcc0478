"""Domain errors become pages: what happened, what is kept, what to do. Views have no try."""

import logging

from flask import Flask, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException, MethodNotAllowed

from portal.domain.errors import Conflict, NotAllowed, NotFound, PortalError, RuleBroken
from portal.extensions import BEYOND, LOST_EDITS, db
from portal.web import kept_forms
from portal.web.addresses import sender_path
from portal.web.languages import sentence
from portal.web.transaction import SAFE

CODES: dict[type[PortalError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, RuleBroken: 409}

TOO_LARGE = 413
_log = logging.getLogger(__name__)


def _page(code: int, text: str) -> tuple[str, int]:
    db.session.rollback()
    is_sent = request.method not in SAFE
    is_known = getattr(g.get("_login_user"), "signed", None) is not None  # strangers may be sent here by other sites
    page = render_template(
        "errors/error.html",
        code=code,
        text=text,
        back_url=sender_path("") if is_sent else "",
        request_id=g.get("request_id"),
        typed=kept_forms.typed() if is_sent and is_known else [],
    )
    return page, code


def _domain(error: PortalError) -> tuple[str, int]:
    code = next((c for kind, c in CODES.items() if isinstance(error, kind)), 409)
    return _page(code, sentence(error))


def _lost_edit(error: Exception) -> tuple[str, int]:
    del error
    return _page(
        409,
        _("Data ini baru saja diubah orang lain. Kembali, muat ulang halaman, lalu ulangi perubahan Anda."),
    )


def _beyond(error: Exception) -> tuple[str, int]:
    _log.warning("A value that no column can hold was asked for: %s", type(error).__name__)
    return _page(404, _("Halaman atau data tidak ditemukan."))


def _csrf(error: CSRFError) -> tuple[str, int]:
    del error
    return _page(400, _("Formulir ini sudah kedaluwarsa. Kembali, muat ulang halaman, lalu kirim lagi."))


def _http(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    texts = {
        404: _("Halaman atau data tidak ditemukan."),
        405: _("Halaman ini tidak dapat dibuka dengan cara itu."),
        TOO_LARGE: _(
            "Kiriman ini terlalu besar, jadi tidak kami baca. Isian yang sudah tersimpan tetap ada. "
            "Kirim berkas satu per satu, paling besar 20 MB."
        ),
    }
    code = error.code or 500
    open_to = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(open_to))} if open_to else {}
    return *_page(code, texts.get(code, _("Permintaan ini tidak dapat diproses. Kembali lalu coba lagi."))), headers


def _bad_host(error: BadHost) -> tuple[str, int, dict[str, str]]:
    # No page can be drawn: for a name that is no host there are no addresses to link to.
    del error
    text = _("Permintaan ini tidak dapat diproses. Kembali lalu coba lagi.")
    return f"{text}\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _fault(error: Exception) -> tuple[str, int]:
    del error
    return _page(
        500,
        _("Terjadi gangguan di pihak kami. Isian yang sudah tersimpan tetap aman. Coba lagi sebentar lagi."),
    )


def register(app: Flask) -> None:
    """Turn every kind of failure into a page in the reader's language."""
    app.register_error_handler(PortalError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(BadHost, _bad_host)
    for lost in LOST_EDITS:
        app.register_error_handler(lost, _lost_edit)
    for beyond in BEYOND:
        app.register_error_handler(beyond, _beyond)
    app.register_error_handler(500, _fault)
