"""A partner's requests for more time as lines of its pages. No query, no rule."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal.domain.relief import ReliefKind, ReliefStage
from portal.web.filters import date_long, datetime_zone

if TYPE_CHECKING:
    from portal.models import Relief

Row = dict[str, Any]


def event(relief: "Relief") -> Row:
    """Return one request and what became of it."""
    tones = {ReliefStage.ASKED: "info", ReliefStage.GRANTED: "good", ReliefStage.REFUSED: "bad"}
    icons = {ReliefStage.ASKED: "clock", ReliefStage.GRANTED: "circle-check", ReliefStage.REFUSED: "ban"}
    return {
        "text": _outcome(relief),
        "note": relief.answer or relief.reason,
        "when": datetime_zone(relief.decided_at or relief.asked_at),
        "tone": tones.get(relief.stage, ""),
        "icon": icons.get(relief.stage, "undo-2"),
    }


def _outcome(relief: "Relief") -> str:
    if relief.stage is ReliefStage.GRANTED:
        return _granted(relief)
    sentences = {
        ReliefStage.ASKED: _("Permintaan Anda sedang kami periksa."),
        ReliefStage.REFUSED: _("Tidak dikabulkan. Batas waktu tidak berubah."),
        ReliefStage.WITHDRAWN: _("Permintaan ditarik kembali."),
    }
    return str(sentences[relief.stage])


def _granted(relief: "Relief") -> str:
    if relief.kind is ReliefKind.EXTENSION and relief.granted_on:
        return str(_("Dikabulkan sampai %(date)s.", date=date_long(relief.granted_on)))
    if relief.kind is ReliefKind.WAIVER:
        return str(_("Anda dibebaskan dari kewajiban ini."))
    return str(_("Kewajiban ini ditahan untuk sementara."))
