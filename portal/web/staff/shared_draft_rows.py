"""Shared drafts in words for the office: sharings of an agreement, the table of answers by Pasal, what is decided."""

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain import text_diff
from portal.domain.shared_draft import ReplyVerdict, SharedArticle, SharingStage
from portal.extensions import session
from portal.queries import shared_drafts as reading
from portal.services import draft_answers
from portal.web import downloads
from portal.web.filters import date_long, date_short, datetime_zone, file_size, label

if TYPE_CHECKING:
    from portal.models import Agreement, DraftReply, SharedDraft

Item = dict[str, Any]

TONES = {
    SharingStage.SHARED: "warn",
    SharingStage.SENT: "info",
    SharingStage.RETURNED: "good",
    SharingStage.WITHDRAWN: "",
}
VERDICT_TONES = {ReplyVerdict.AGREE: "good", ReplyVerdict.PROPOSE: "warn", ReplyVerdict.ASK: "info"}


def card(agreement: "Agreement") -> list[Item]:
    """Return what the page of an agreement shows of its shared drafts."""
    return [line(each) for each in reading.of_agreement(session(), agreement.id)]


def line(row: "SharedDraft") -> Item:
    """Return one sharing as a row that leads to its table of answers."""
    is_done = row.stage in {SharingStage.RETURNED, SharingStage.WITHDRAWN}
    due = _("ditunggu %(date)s", date=date_short(row.due_on)) if row.stage is SharingStage.SHARED else ""
    return {
        "icon": "circle-check" if is_done else "clock",
        "tone": TONES[row.stage],
        "title": _("%(name)s, rancangan ke-%(n)s", name=row.organisation.name, n=row.number),
        "note": ", ".join(filter(None, [label(row.stage), due])),
        "href": url_for("staff.shared_drafts.show", code=row.agreement.code, sharing_id=row.id),
    }


def facts(row: "SharedDraft") -> list[Item]:
    """Return when a draft was shared, by whom, and what became of it."""
    code = row.agreement.code
    word = url_for("staff.drafting.rendition", code=code, number=row.rendition_number)
    found = [
        {"label": _("Mitra"), "value": row.organisation.name},
        {"label": _("Berkas Word"), "value": _("Naskah Word %(n)s", n=row.rendition_number), "href": word},
        {
            "label": _("Dibagikan"),
            "value": datetime_zone(row.shared_at),
            "note": row.shared_by.name if row.shared_by else None,
        },
        {"label": _("Jawaban ditunggu"), "value": date_long(row.due_on)},
    ]
    if row.note:
        found.append({"label": _("Pesan untuk mitra"), "value": row.note})
    if row.sent_at:
        by = row.sent_by.name if row.sent_by else None
        found.append({"label": _("Tanggapan dikirim"), "value": datetime_zone(row.sent_at), "note": by})
        found.append({"label": _("Nomor tanda terima"), "value": row.receipt_number})
    if row.returned_at:
        found.append({"label": _("Dijawab"), "value": datetime_zone(row.returned_at)})
    return found


def own_file(row: "SharedDraft") -> list[Item]:
    """Return the partner's own Word version once it was sent."""
    if row.own_digest is None or row.sent_at is None:
        return []
    href = url_for("staff.shared_drafts.own_file", code=row.agreement.code, sharing_id=row.id)
    size = file_size(row.own_size or 0)
    note = downloads.told(_("Versi mitra, %(size)s", size=size), row.own_digest)
    return [{"name": row.own_name, "kind": "DOCX", "note": note, "href": href}]


def matrix(row: "SharedDraft", taking: dict[str, bool]) -> list[Item]:
    """Return the answers by Pasal; nothing before they were sent. `taking` tells which words fit in one act."""
    if row.sent_at is None:
        return []
    said = draft_answers.replies_by_article(row)
    return [_line(row, one, said.get(one.key), taking) for one in draft_answers.articles(row)]


def _line(row: "SharedDraft", one: SharedArticle, reply: "DraftReply | None", taking: dict[str, bool]) -> Item:
    code = row.agreement.code
    needs = reply is not None and reply.verdict is not ReplyVerdict.AGREE
    decide = url_for("staff.shared_drafts.decide", code=code, sharing_id=row.id, key=one.key)
    return {
        "key": one.key,
        "name": one.name,
        "verdict": label(reply.verdict) if reply else _("Tidak dijawab"),
        "tone": VERDICT_TONES[reply.verdict] if reply else "",
        "remark": reply.remark if reply else None,
        "pieces": text_diff.pieces(one.text, reply.words) if reply and reply.words else None,
        "decision": label(reply.decision) if reply and reply.decision else None,
        "decision_note": reply.decision_note if reply else None,
        "decide": decide if needs and row.stage is SharingStage.SENT else None,
        "fits": taking.get(one.key, False),
    }
