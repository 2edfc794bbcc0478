"""What the page of one Word file shows: head, report on an upload, findings, text; and the way on to the review."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.documents import preview
from portal.domain import policy, rendition
from portal.domain.agreement import STAGES, Stage
from portal.domain.policy import Action
from portal.domain.rendition import IntakeReport, Lost, RenditionOrigin, Tracked
from portal.domain.review import Finding, Severity
from portal.extensions import session
from portal.queries import renditions as reading
from portal.services import draft_reviews, draft_rights
from portal.web import guard
from portal.web.filters import datetime_zone, file_size, label
from portal.web.staff.agreements import head, papers
from portal.web.staff.agreements.head import Act

if TYPE_CHECKING:
    from portal.models import Agreement, Rendition

Item = dict[str, Any]

MOST_BLOCKS = 2000
"""Ten times what a long agreement has; beyond it the file itself is read."""

UNKNOWN = "R80-unknown"
TYPED = "R91-reference-typed"
"""Codes of two rules whose findings stand elsewhere on the page."""


def shown(agreement: "Agreement", row: "Rendition", content: bytes) -> Item:
    """Return everything that the page of a Word file shows; `content` are its bytes."""
    is_made = row.origin is RenditionOrigin.MADE
    report = rendition.read(row.report)
    return {
        "row": row,
        "is_made": is_made,
        "chips": [head.kind_chip(agreement.kind), {"text": label(row.origin), "tone": ""}],
        "facts": _facts(row),
        "base": _base(agreement, row),
        "original": _original(agreement, row),
        "missing": row.missing,
        "missing_sentence": papers.missing_sentence(len(row.missing)),
        "changes": _changes(report),
        "dangling": [_lost(one) for one in report.dangling],
        "typed": [_lost(one) for one in report.typed],
        "dropped_order": report.dropped_order,
        "people": _people(report),
        **_text(content),
        "to_review": to_review(agreement),
        "workspace": _workspace(agreement),
        **_findings(() if is_made else draft_reviews.check_file(session(), agreement, content, now=clock.now())),
    }


def _text(content: bytes) -> Item:
    """Return the blocks of the text, as many as a page can show, and how many more the file has."""
    blocks = preview.blocks(content)
    return {"blocks": blocks[:MOST_BLOCKS], "more": max(0, len(blocks) - MOST_BLOCKS)}


def _workspace(agreement: "Agreement") -> Item | None:
    """Return the way to the draft that the file was made from, None for who drafts nothing."""
    if not policy.may(guard.actor(), Action.DRAFT_DOCUMENT):
        return None
    name = _("Susun naskah") if draft_rights.in_time(agreement) else _("Baca susunan")
    return {"name": name, "href": url_for("staff.drafting.overview", code=agreement.code)}


def to_review(agreement: "Agreement") -> Act:
    """Return the way to the page on which the agreement goes to review, or the reason why it does not go now."""
    verdict = policy.may(guard.actor(), Action.CHANGE_STAGE)
    reason = None
    if not verdict:
        reason = _(verdict.reason) if verdict.reason else ""
    elif agreement.stage is Stage.REVIEW:
        reason = _("Naskah ini sudah berada pada tahap telaah.")
    elif Stage.REVIEW not in STAGES.after(agreement.stage):
        reason = _("Dari tahap %(stage)s naskah tidak kembali ke telaah.", stage=label(agreement.stage))
    return Act(name=_("Kirim ke telaah"), href=head.towards(agreement.code, Stage.REVIEW), icon="send", reason=reason)


def _facts(row: "Rendition") -> list[Item]:
    word = _("Dibuat") if row.origin is RenditionOrigin.MADE else _("Diunggah")
    by = reading.writer_of(session(), row)
    when = datetime_zone(row.made_at)
    return [
        {"label": word, "value": _("%(when)s oleh %(name)s", when=when, name=by) if by else when},
        {"label": _("Ukuran"), "value": file_size(row.size)},
    ]


def _base(agreement: "Agreement", row: "Rendition") -> Item | None:
    if row.based_on is None:
        return None
    href = url_for("staff.drafting.rendition", code=agreement.code, number=row.based_on)
    return {"label": _("Naskah Word %(n)s", n=row.based_on), "href": href}


def _original(agreement: "Agreement", row: "Rendition") -> Item | None:
    """Return the file as it came, where the portal had to change it."""
    if row.sent_digest is None or row.sent_digest == row.digest:
        return None
    href = url_for("staff.drafting.sent_file", code=agreement.code, number=row.number)
    return {"name": row.sent_name, "href": href, "size": file_size(row.sent_size or 0)}


def _changes(report: IntakeReport) -> list[Item]:
    return [
        {"old": one.old, "new": one.new, "times": ngettext("%(n)s rujukan", "%(n)s rujukan", one.times, n=one.times)}
        for one in report.renumbered
    ]


def _lost(one: Lost) -> Item:
    """Return a reference that leads nowhere; a place that the file names itself has no translation."""
    return {"text": one.text, "place": _(one.place) if one.place else _("kepala atau kaki halaman")}


def _people(report: IntakeReport) -> list[Item]:
    """Return what each person did under track changes and in comments, in the order of the report."""
    said = {one.author: _tracked(one) for one in report.tracked}
    for one in report.remarks:
        said.setdefault(one.author, []).append(ngettext("%(n)s komentar", "%(n)s komentar", one.count, n=one.count))
    return [{"who": author or _("Tanpa nama"), "said": ", ".join(parts)} for author, parts in said.items()]


def _tracked(one: Tracked) -> list[str]:
    parts = (
        (one.inserted, _("%(n)s sisipan", n=one.inserted)),
        (one.deleted, _("%(n)s hapusan", n=one.deleted)),
        (one.moved, _("%(n)s pemindahan", n=one.moved)),
        (one.formatted, _("%(n)s perubahan format", n=one.formatted)),
    )
    return [str(text) for count, text in parts if count]


def _findings(found: Iterable[Finding]) -> Item:
    """Return the findings by group; references have a card of their own, what is not known is a list by itself."""
    groups: dict[str, list[Item]] = {"errors": [], "warnings": [], "unknown": []}
    for one in found:
        if one.rule == UNKNOWN:
            groups["unknown"].append(_finding(one))
        elif one.rule != TYPED:
            groups["errors" if one.severity is Severity.ERROR else "warnings"].append(_finding(one))
    return dict(groups)


def _finding(one: Finding) -> Item:
    values = {name: str(value) for name, value in one.values.items()}
    return {
        "place": _(one.place),
        "sentence": _(one.message, **values) if values else _(one.message),
        "fix": _(one.fix, **values) if values else _(one.fix),
    }
