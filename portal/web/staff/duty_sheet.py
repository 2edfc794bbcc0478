"""The list of dated duties as a sheet of Excel: one row a date."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from portal.documents.table_file import Column, Sheet, Value
from portal.domain.obligation import ObligationStanding
from portal.queries.obligation_list import DutyRow, Party
from portal.web.staff.duty_words import NEAR, row_moved
from portal.web.staff.sheet_limit import limited
from portal.web.staff.sheet_words import SheetWords

COUNTED = NEAR | {ObligationStanding.OVERDUE, ObligationStanding.RETURNED, ObligationStanding.AWAITING_REVIEW}
"""Standings of dates that somebody is still to act on: their days are counted."""


def sheet(rows: Iterable[DutyRow]) -> Sheet:
    """Return the sheet of dated duties."""
    words = SheetWords()
    return Sheet(name=_("Kewajiban"), columns=_columns(), rows=limited(_row(row, words) for row in rows))


def _columns() -> list[Column]:
    return [
        Column(text=_("Kewajiban"), width=44),
        Column(text=_("Periode"), width=18),
        Column(text=_("Kode naskah"), width=16),
        Column(text=_("Naskah"), width=44),
        Column(text=_("Pasal"), width=14),
        Column(text=_("Jenis"), width=20),
        Column(text=_("Yang wajib"), width=32),
        Column(text=_("Yang berhak"), width=32),
        Column(text=_("Orang"), width=24),
        Column(text=_("Tenggat"), width=14),
        Column(text=_("Sisa hari"), width=10),
        Column(text=_("Keadaan"), width=18),
        Column(text=_("Catatan tenggat"), width=32),
        Column(text=_("Pengingat terakhir"), width=14),
        Column(text=_("Langkah"), width=10),
        Column(text=_("Contoh"), width=10),
    ]


def _row(row: DutyRow, words: SheetWords) -> Sequence[Value]:
    return (
        row.title,
        words.period(row.period_key),
        row.agreement_code,
        row.agreement_title,
        row.article,
        words.label(row.kind),
        _names(row.debtors),
        _names(row.creditors),
        row.officer if row.owed_by_us else row.contact,
        row.due_on,
        row.days if row.standing in COUNTED else None,
        words.label(row.standing),
        row_moved(row),
        row.reminded_on,
        None if row.reminded_step is None else words.step(row.reminded_step),
        words.sample if row.is_sample else None,
    )


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.name for party in parties)
