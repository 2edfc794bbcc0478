"""Short help for partners, with pictures of their own screens, and the person to call."""

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from portal.domain.report_turn import REVIEW_WORKING_DAYS
from portal.extensions import session
from portal.queries import partner_home
from portal.web import guard
from portal.web.access import partner
from portal.web.partner import rows

blueprint = Blueprint("guide", __name__, url_prefix="/bantuan")

FOLDER = "img/help"
PICTURE_SIZE = (390, 620)
"""Width and height of the pictures; `python -m tests.pictures` takes them from the running portal."""

Row = dict[str, Any]


@blueprint.get("")
@partner()
def show() -> str:
    """Answer the usual questions and name the person to call."""
    person = partner_home.whom_to_ask(session(), organisation_id=guard.own_organisation_id())
    return render_template(
        "partner/guide/show.html",
        **rows.whom_to_ask(person),
        steps=[_step(number, *told) for number, told in enumerate(_steps(), 1)],
        receipt=_picture("receipt", _("Tanda terima dengan nomor, hari, dan jam.")),
        returned=_picture("returned", _("Laporan yang dikembalikan, dengan hal yang perlu diperbaiki.")),
        review_days=REVIEW_WORKING_DAYS,
    )


def _steps() -> tuple[tuple[str, str, Row | None], ...]:
    """Return how a report is sent: what to do, what to know, what the screen looks like."""
    home = _picture("home", _("Beranda dengan kartu laporan berikutnya dan tombolnya."))
    step = _picture("step", _("Satu langkah isian dengan tombol Lanjut."))
    check = _picture("check", _("Halaman Periksa dan kirim dengan semua isian Anda."))
    return (
        (_("Buka Beranda, lalu tekan tombol pada kartu laporan."), _("Semua laporan ada di menu Laporan."), home),
        (_("Isi yang Anda tahu, lalu tekan Lanjut."), _("Isian tersimpan. Anda boleh melanjutkan lain waktu."), step),
        (_("Lampirkan foto atau berkas."), _("Paling besar 20 MB tiap berkas."), None),
        (_("Tekan Periksa dan kirim."), _("Baca sekali lagi, lalu tekan Kirim laporan."), check),
    )


def _step(number: int, title: str, note: str, picture: Row | None) -> Row:
    return {"row": {"day": number, "month": "", "title": title, "note": note}, "picture": picture}


def _picture(name: str, text: str) -> Row:
    """Return a picture of one of our screens with the words for those who cannot see it."""
    width, height = PICTURE_SIZE
    return {"name": f"{FOLDER}/{name}.webp", "text": text, "width": width, "height": height}
