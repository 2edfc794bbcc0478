"""What the pages of a workbook show: counts, faults by cell, the receipt. No query."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.offline_pack import SHEET, Judged
from portal.domain.report import ReportStage
from portal.web.filters import datetime_zone, number

if TYPE_CHECKING:
    from portal.models import WorkbookReceipt

Row = dict[str, Any]

MOST_FAULTS = 100
"""So many faults stand on the page; who mends these sees the others after the next upload."""


def listed(receipts: Iterable["WorkbookReceipt"]) -> list[Row]:
    """Return the workbooks that were sent, as a list of links."""
    return [
        {
            "name": receipt.name,
            "href": url_for(f"partner.offline_packs.{'receipt' if receipt.number else 'check'}", code=receipt.code),
            "note": _("Diterima, nomor %(number)s", number=receipt.number)
            if receipt.number
            else _("Belum diterima, diunggah %(when)s", when=datetime_zone(receipt.uploaded_at)),
        }
        for receipt in receipts
    ]


def counts(judged: Sequence[Judged]) -> list[Row]:
    """Return how many rows are right, wrong, or say nothing new."""
    right = sum(bool(each.typed) for each in judged)
    wrong = sum(bool(each.faults) for each in judged)
    same = sum(each.is_filled for each in judged) - right - wrong
    return [
        {"label": _("Benar dan baru"), "value": _rows(right)},
        {"label": _("Perlu diperbaiki"), "value": _rows(wrong)},
        {"label": _("Sama dengan yang tersimpan"), "value": _rows(same)},
    ]


def _rows(n: int) -> str:
    return str(_("%(n)s baris", n=number(n)))


def faults(judged: Sequence[Judged]) -> list[Row]:
    """Return every fault with its cell."""
    return [_fault(one.cell, one.message, one.values) for each in judged for one in each.faults]


def _fault(cell: str, message: str, values: Mapping[str, object]) -> Row:
    text = _(message)
    return {"cell": f"{SHEET}!{cell}", "text": text % dict(values) if values else text}


def receipt(row: "WorkbookReceipt", names: Mapping[int, str]) -> Row:
    """Return the receipt of a workbook that was accepted."""
    told: Mapping[str, Any] = row.result or {}
    stages = [report["stage"] for report in told.get("reports", ())]
    drafts = sum(stage in {ReportStage.DRAFT, ReportStage.RETURNED} for stage in stages)
    return {
        "number": row.number,
        "when": datetime_zone(row.accepted_at) if row.accepted_at else "",
        "rows": [
            {"label": _("Buku kerja"), "value": row.name},
            {"label": _("Laporan dikirim"), "value": number(len(stages) - drafts)},
            {"label": _("Laporan disimpan, belum dikirim"), "value": number(drafts)},
            {"label": _("Diterima oleh sistem dari"), "value": names.get(row.accepted_by_id or 0)},
        ],
        "faults": [_fault(one["cell"], one["message"], one["values"]) for one in told.get("faults", ())],
    }
