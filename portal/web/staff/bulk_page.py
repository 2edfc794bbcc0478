"""The words of the pages on drafts in bulk."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.bulk import BulkStage, RowStage
from portal.queries.bulk import RowLine, RunLine
from portal.web.filters import label

STAGES = {
    "siap": RowStage.READY,
    "ditolak": RowStage.REFUSED,
    "dibuat": RowStage.MADE,
    "gagal": RowStage.FAILED,
}
"""Words of the address for the stages of rows."""

_TONES = {
    RowStage.READY: "info",
    RowStage.REFUSED: "bad",
    RowStage.MADE: "good",
    RowStage.FAILED: "bad",
    BulkStage.CHECKED: "warn",
    BulkStage.QUEUED: "info",
    BulkStage.RUNNING: "info",
    BulkStage.FINISHED: "good",
    BulkStage.CANCELLED: "",
}
_AT_WORK = (BulkStage.QUEUED, BulkStage.RUNNING)
_WAITING = (BulkStage.CHECKED, BulkStage.QUEUED)


def run(line: RunLine) -> dict[str, Any]:
    """Return one list as its pages show it."""
    counts = {stage: line.counts.get(stage, 0) for stage in RowStage}
    total, made = sum(counts.values()), counts[RowStage.MADE]
    wrong = counts[RowStage.REFUSED] + counts[RowStage.FAILED]
    return {
        "code": line.code,
        "name": line.name,
        "href": url_for("staff.bulk.show", code=line.code),
        "template": line.template,
        "made_by": line.made_by,
        "created_at": line.created_at,
        "stage": label(line.stage),
        "tone": _TONES[line.stage],
        "total": total,
        "ready": counts[RowStage.READY],
        "made": made,
        "wrong": wrong,
        "done": made + counts[RowStage.FAILED],
        "to_do": total - counts[RowStage.REFUSED],
        "sentence": _sentence(made, counts[RowStage.READY], wrong),
        "may_start": line.stage is BulkStage.CHECKED and counts[RowStage.READY] > 0,
        "may_cancel": line.stage in _WAITING,
        "is_at_work": line.stage in _AT_WORK,
        "announced": _announced(line.stage, made + counts[RowStage.FAILED], total - counts[RowStage.REFUSED]),
        "failed": counts[RowStage.FAILED] if line.stage is BulkStage.FINISHED else 0,
    }


def _announced(stage: BulkStage, done: int, to_do: int) -> str:
    """Say what is read out: the beginning, each quarter, the end; the same words in between are not read again."""
    if stage not in _AT_WORK:
        return str(_("Selesai."))
    quarters = 4 * done // to_do if to_do else 0
    return str(_("%(n)s persen selesai", n=25 * quarters)) if quarters else str(_("Pembuatan naskah dimulai."))


def _sentence(made: int, ready: int, wrong: int) -> str:
    return str(_("%(made)s dibuat, %(ready)s siap, %(wrong)s perlu diperbaiki", made=made, ready=ready, wrong=wrong))


def row(line: RowLine) -> dict[str, Any]:
    """Return one row as the page of its list shows it."""
    code = line.agreement_code
    exists = line.stage is RowStage.MADE and code
    return {
        "number": line.number,
        "partner": line.partner or _("tanpa nama"),
        "title": line.title,
        "stage": label(line.stage),
        "tone": _TONES[line.stage],
        "problems": [_problem(one) for one in line.problems],
        "code": code,
        "href": url_for("staff.agreements.show", code=code) if exists else None,
        "file": url_for("staff.agreements.rendition_file", code=code, number=line.draft) if exists else None,
    }


def _problem(one: Any) -> str:
    sentence = str(_(one["message"], **one["values"]))
    return f"{one['column']}: {sentence}" if one["column"] else sentence


def views(line: RunLine, chosen: RowStage | None, code: str) -> list[dict[str, Any]]:
    """Return the ways to look at the rows, each with its number; those with none are left out."""
    total = sum(line.counts.values())
    found = [
        {"label": _("Semua"), "href": url_for("staff.bulk.show", code=code), "count": total, "current": not chosen}
    ]
    for word, stage in STAGES.items():
        if count := line.counts.get(stage, 0):
            href = url_for("staff.bulk.show", code=code, keadaan=word)
            found.append({"label": label(stage), "href": href, "count": count, "current": chosen is stage})
    return found
