"""Shared drafts in words for the partner: the next thing, the Pasal with what was said, decisions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import days_between
from portal.domain.shared_draft import ReplyVerdict, SharedArticle, SharingStage
from portal.services import draft_answers
from portal.web import downloads
from portal.web.filters import date_long, date_short, date_weekday, datetime_zone, days_left, file_size, label

if TYPE_CHECKING:
    from portal.models import DraftReply, SharedDraft

Row = dict[str, Any]

_LOOKS = {
    ReplyVerdict.AGREE: ("circle-check", "good"),
    ReplyVerdict.PROPOSE: ("pencil", "warn"),
    ReplyVerdict.ASK: ("circle-help", "warn"),
}


def here(row: "SharedDraft") -> Row:
    """Return what names a shared draft in addresses."""
    return {"code": row.agreement.code, "number": row.number}


def card(row: "SharedDraft", today: date) -> Row:
    """Return a draft that waits as the big card of the first page."""
    days = days_between(today, row.due_on)
    return {
        "title": _("Tanggapi rancangan: %(title)s", title=row.agreement.title),
        "chip": days_left(days),
        "tone": "bad" if days < 0 else "warn",
        "due": date_weekday(row.due_on),
        "note": row.note or "",
        "returned": False,
        "done": len(row.replies),
        "whole": len(row.articles),
        "progress": progress(row),
        "button": _("Lanjutkan tanggapan") if row.replies else _("Mulai tanggapan"),
        "href": url_for("partner.shared_drafts.show", **here(row)),
        "post": None,
    }


def line(row: "SharedDraft", today: date) -> Row:
    """Return one shared draft as a row of a list."""
    href = url_for("partner.shared_drafts.show", **here(row))
    title = _("Rancangan ke-%(n)s", n=row.number)
    if row.stage is not SharingStage.SHARED:
        icon = "circle-check" if row.stage is SharingStage.RETURNED else "clock"
        return {"icon": icon, "tone": "good", "title": title, "note": label(row.stage), "href": href}
    days = days_between(today, row.due_on)
    short = date_short(row.due_on).split()
    tone = "bad" if days < 0 else "warn"
    note = _("Menunggu tanggapan Anda, %(when)s", when=days_left(days))
    day = {"day": short[0], "month": short[1], "date": date_long(row.due_on)}
    return {**day, "tone": tone, "title": title, "note": note, "href": href}


def coming(row: "SharedDraft", today: date) -> Row:
    """Return a draft that waits as a row of what is coming."""
    return line(row, today) | {"title": _("Tanggapi rancangan: %(title)s", title=row.agreement.title)}


def progress(row: "SharedDraft") -> str:
    """Return how many Pasal are answered."""
    return str(_("%(n)s dari %(m)s Pasal sudah dijawab.", n=len(row.replies), m=len(row.articles)))


def articles(row: "SharedDraft", changed: Mapping[str, bool]) -> list[Row]:
    """Return every Pasal with what was said and, once it was sent back, decided; `changed` since the last draft."""
    said = draft_answers.replies_by_article(row)
    return [
        _article(row, place, one, said.get(one.key), is_changed=changed.get(one.key, False))
        for place, one in enumerate(draft_answers.articles(row), start=1)
    ]


def _article(
    row: "SharedDraft", place: int, one: SharedArticle, reply: "DraftReply | None", *, is_changed: bool
) -> Row:
    icon, tone = _LOOKS[reply.verdict] if reply else ("file-text", "")
    parts = [label(reply.verdict) if reply else _("Belum dijawab")]
    if row.stage is SharingStage.RETURNED and reply is not None and reply.decision:
        parts.append(label(reply.decision))
    if is_changed:
        parts.append(_("teksnya berubah"))
    href = url_for("partner.shared_drafts.article", place=place, **here(row))
    return {"icon": icon, "tone": tone, "title": one.name, "note": ", ".join(parts), "href": href}


def changes(row: "SharedDraft", before: "SharedDraft | None") -> Mapping[str, bool]:
    """Return for each Pasal whether its words differ from those shown before; nothing for a first draft."""
    if before is None:
        return {}
    old = {one.key: (one.title, one.text) for one in draft_answers.articles(before)}
    return {one.key: old.get(one.key) != (one.title, one.text) for one in draft_answers.articles(row)}


def decided(row: "SharedDraft", reply: "DraftReply | None") -> list[Row]:
    """Return what the office decided about one Pasal, once it was sent back."""
    if reply is None or reply.decision is None or row.stage is not SharingStage.RETURNED:
        return []
    found = [{"label": _("Keputusan kami"), "value": label(reply.decision)}]
    return [*found, {"label": _("Alasan kami"), "value": reply.decision_note}] if reply.decision_note else found


def said(reply: "DraftReply | None") -> list[Row]:
    """Return what the partner said about one Pasal."""
    if reply is None:
        return [{"label": _("Tanggapan Anda"), "value": _("Tidak dijawab")}]
    found = [{"label": _("Tanggapan Anda"), "value": label(reply.verdict)}]
    return [*found, {"label": _("Catatan Anda"), "value": reply.remark}] if reply.remark else found


def summary(row: "SharedDraft") -> list[Row]:
    """Return what will be sent, each Pasal that is not simply agreed with as a row of its own."""
    replies = draft_answers.replies_by_article(row)
    found = list(draft_answers.articles(row))
    agreed = sum(reply.verdict is ReplyVerdict.AGREE for reply in replies.values())
    rows: list[Row] = [{"label": label(ReplyVerdict.AGREE), "value": _("%(n)s Pasal", n=agreed)}]
    for place, one in enumerate(found, start=1):
        reply = replies.get(one.key)
        if reply is None or reply.verdict is ReplyVerdict.AGREE:
            continue
        href = url_for("partner.shared_drafts.article", place=place, **here(row))
        said_here = ": ".join(filter(None, [label(reply.verdict), reply.remark]))
        rows.append({"label": one.name, "value": said_here, "href": href})
    rows.append({"label": _("Belum dijawab"), "value": _("%(n)s Pasal", n=len(found) - len(replies))})
    return rows


def receipt(row: "SharedDraft") -> Row:
    """Return the receipt of an answer that was sent; None in `number` before."""
    return {
        "number": row.receipt_number,
        "when": datetime_zone(row.sent_at) if row.sent_at else "",
        "rows": [
            {"label": _("Perjanjian"), "value": row.agreement.title, "note": row.agreement.code},
            {"label": _("Dikirim oleh"), "value": row.sent_by.name if row.sent_by else None},
        ],
    }


def documents(row: "SharedDraft") -> list[Row]:
    """Return the Word file that was shared and the partner's own one."""
    shared = {
        "name": _("Rancangan dari kami"),
        "kind": "DOCX",
        "note": file_size(row.size),
        "href": url_for("partner.shared_drafts.file", **here(row)),
    }
    if row.own_digest is None:
        return [shared]
    own = {
        "name": row.own_name,
        "kind": "DOCX",
        "note": downloads.told(", ".join([_("Versi Anda"), file_size(row.own_size or 0)]), row.own_digest),
        "href": url_for("partner.shared_drafts.own_file", **here(row)),
    }
    return [shared, own]


def next_place(row: "SharedDraft", after: int) -> int | None:
    """Return the place of the next Pasal that is not answered, beginning after one and then from the start."""
    known = draft_answers.replies_by_article(row)
    found: Sequence[int] = [
        place for place, one in enumerate(draft_answers.articles(row), start=1) if one.key not in known
    ]
    return next((place for place in found if place > after), found[0] if found else None)
