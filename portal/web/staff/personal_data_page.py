"""The words of requests about personal data: rows with hours, facts, and how each kind can be met."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.personal import RequestKind, RequestStage, hours_left
from portal.domain.wording.personal import TABLES
from portal.web import guard
from portal.web.filters import datetime_zone, label

if TYPE_CHECKING:
    from portal.models import DataRequest

Item = dict[str, Any]
NEAR_HOURS = 24


def hours(due: datetime, now: datetime) -> Item:
    """Return how much time is left until an instant, as text and tone."""
    left = hours_left(due, now)
    if left < 0:
        return {"text": _("Terlambat %(n)s jam", n=-left), "tone": "bad"}
    return {"text": _("Sisa %(n)s jam", n=left), "tone": "warn" if left < NEAR_HOURS else "info"}


def line(row: "DataRequest", now: datetime) -> Item:
    """Return one row of the list."""
    tone = {RequestStage.GRANTED: "good", RequestStage.REFUSED: "warn"}
    waits = row.stage is RequestStage.OPEN
    return {
        "kind": label(row.kind),
        "organisation": row.organisation.name,
        "asked": datetime_zone(row.asked_at),
        "due": datetime_zone(row.due_at),
        "chip": hours(row.due_at, now) if waits else {"text": label(row.stage), "tone": tone[row.stage]},
        "href": url_for("staff.personal_data.show", request_id=row.id)
        if guard.may_open("staff.personal_data.show")
        else None,
    }


def facts(row: "DataRequest") -> list[Item]:
    """Return who asks what, and since when."""
    return [
        {"label": _("Orang"), "value": row.name},
        {"label": _("Lembaga"), "value": row.organisation.name},
        {"label": _("Surel"), "value": row.email},
        {"label": _("Nomor telepon"), "value": row.phone},
        {"label": _("Diterima lewat"), "value": label(row.way)},
        {"label": _("Diminta"), "value": datetime_zone(row.asked_at)},
        {"label": _("Jawab paling lambat"), "value": datetime_zone(row.due_at)},
        {"label": _("Isi permintaan"), "value": row.words or _("Tidak ada penjelasan.")},
    ]


def outcome(row: "DataRequest") -> list[Item]:
    """Return the answer, empty while the request waits."""
    if row.decided_at is None:
        return []
    return [
        {"label": _("Keputusan"), "value": label(row.stage)},
        {"label": _("Jawaban"), "value": row.answer},
        {"label": _("Dijawab"), "value": datetime_zone(row.decided_at)},
        *(
            [{"label": _("Halaman hasil"), "value": row.result_path, "href": row.result_path}]
            if row.result_path
            else []
        ),
    ]


def acts(row: "DataRequest", *, is_frozen: bool) -> list[Item]:
    """Return what can be done for the person, the act that was asked for first."""
    found = [
        (RequestKind.ACCESS, _("Baca semua data orang ini"), "staff.personal_data.read"),
        (RequestKind.ERASURE, _("Hapus data orang ini"), "staff.personal_data.erase"),
    ]
    if row.account_id is not None:
        said = _("Buka kembali akun") if is_frozen else _("Bekukan akun")
        found.insert(1, (RequestKind.RESTRICTION, said, "staff.personal_data.freeze"))
    found.sort(key=lambda each: each[0] is not row.kind)
    return [{"label": said, "href": url_for(endpoint, request_id=row.id)} for _kind, said, endpoint in found]


def counted(counts: Mapping[str, int]) -> list[Item]:
    """Return in which kinds of record the person stands now, with how many rows."""
    return [{"label": _(TABLES[table]), "value": _("%(n)s baris", n=number)} for table, number in counts.items()]


def links() -> list[Item]:
    """Return the pages beside the list that the reader may open."""
    pages = (
        ("staff.incidents.index", _("Insiden data pribadi")),
        ("staff.retention.show", _("Berapa lama data disimpan")),
        ("staff.processing.show", _("Daftar pemrosesan")),
    )
    return [{"label": said, "href": url_for(endpoint)} for endpoint, said in pages if guard.may_open(endpoint)]
