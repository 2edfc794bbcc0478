"""The workbook as partners see it: its instructions, its columns and one row for each report that is asked for."""

from collections.abc import Sequence
from typing import Final

from flask_babel import gettext as _

from portal.documents import offline_pack as workbooks
from portal.documents.offline_pack import Column, Pack, Row
from portal.domain.offline_pack import FIELDS, Identity, Sealer
from portal.domain.report_form import COUNTS, FILES, TEXTS, Field
from portal.queries import report_forms
from portal.queries.offline_packs import OpenDuty
from portal.web.filters import date_long, period

_WIDTHS: Final = dict.fromkeys(TEXTS, 60)


def book(duties: Sequence[OpenDuty], sealer: Sealer, *, organisation: str) -> bytes:
    """Return the workbook of an organisation."""
    asked = [name for name in FIELDS if any(duty.form.field(name) for duty in duties)]
    columns = [
        Column(key="duty", heading=_("Laporan"), width=36),
        Column(key="agreement", heading=_("Perjanjian"), width=18),
        Column(key="due", heading=_("Batas waktu"), width=18),
        *(Column(key=name, heading=_heading(name, duties), width=_WIDTHS.get(name, 24)) for name in asked),
        Column(key="questions", heading=_("Yang ditanyakan"), width=60),
    ]
    pack = Pack(
        pack=sealer.pack,
        seal=sealer.of_book(),
        about=_about(organisation),
        columns=columns,
        rows=[_row(duty, sealer) for duty in duties],
    )
    return workbooks.write(pack)


def _about(organisation: str) -> list[str]:
    return [
        _("Isi laporan tanpa internet: %(name)s", name=organisation),
        _("1. Buka lembar Laporan. Setiap baris adalah satu laporan."),
        _("2. Isi sel yang putih. Sel berwarna tidak perlu diubah."),
        _("3. Tulis angka bulat saja, misalnya 60 atau 12.500.000. Jangan memakai rumus."),
        _("4. Baris boleh dikosongkan. Baris kosong tidak mengubah apa pun."),
        _("5. Simpan, lalu unggah di portal pada halaman Isi tanpa internet."),
        _("Foto dan berkas bukti dilampirkan di portal."),
    ]


def _heading(name: str, duties: Sequence[OpenDuty]) -> str:
    """Return the question itself where all reports ask the same, else a word that leads to it."""
    labels = {_words(field) for duty in duties if (field := duty.form.field(name))}
    if len(labels) == 1:
        return labels.pop()
    if name in TEXTS:
        return str(_("Uraian") if name == TEXTS[0] else _("Kendala"))
    return str(_("Angka %(n)s", n=COUNTS.index(name) + 1)) if name in COUNTS else str(_("Dana (rupiah)"))


def _words(field: Field) -> str:
    return str(_(field.label))


def _row(duty: OpenDuty, sealer: Sealer) -> Row:
    occurrence = duty.occurrence
    obligation = occurrence.obligation
    asked = frozenset(field.name for field in duty.form.fields if field.name != FILES)
    stands = report_forms.answers_of(duty.report).typed() if duty.report else {}
    named = period(occurrence.period_key)
    identity = Identity(occurrence_id=occurrence.id, version=duty.version)
    return Row(
        values={name: stands.get(name) or None for name in asked}
        | {
            "duty": f"{obligation.title}, {named}" if named else obligation.title,
            "agreement": obligation.agreement.code,
            "due": date_long(occurrence.due_on),
            "questions": "\n".join(_words(field) for field in duty.form.fields if field.name != FILES),
        },
        asked=asked,
        identity=identity,
        seal=sealer.of_row(identity),
    )
