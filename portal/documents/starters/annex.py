"""Annexes (Lampiran): a page of their own that names its agreement at the top, and a table.

Design: domain §2.2 block 15, §2.6.
"""

from collections.abc import Sequence

from portal.documents.starters.blocks import (
    TEXT_WIDTH,
    cell,
    command_row,
    each,
    paragraph,
    row,
    table,
    when,
)
from portal.documents.starters.frame import unseen

_HEAD = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
_NUMBER = 624


def aid(name: str = "Rincian Bantuan") -> str:
    """List the goods of an aid."""
    rest = TEXT_WIDTH - _NUMBER
    widths = (_NUMBER, rest - 1361 - 1474 - 1928, 1361, 1474, 1928)
    cells = ("{{ barang.nama }}", "{{ barang.jumlah }}", "{{ barang.satuan }}", "{{ barang.kondisi }}")
    heads = ("Nama barang", "Jumlah", "Satuan", "Keadaan")
    return _heading(name) + _list(widths, heads, "barang", "bantuan.barang", cells)


def work_plan() -> str:
    """List the work of each party with its time."""
    rest = TEXT_WIDTH - _NUMBER
    widths = (_NUMBER, rest - 2835 - 2041, 2835, 2041)
    cells = (
        "{{ tugas.kegiatan | awal_kapital }}",
        "{{ tugas.waktu }}",
        "{{ tugas.penanggung_jawab }}",
    )
    heads = ("Kegiatan", "Waktu", "Penanggung jawab")
    return _heading("Rencana Kerja") + _list(widths, heads, "tugas", "rencana_kerja", cells)


def _heading(name: str) -> str:
    """Make the head of an annex: which agreement it belongs to, with every number, and its own title."""
    return "".join(
        [
            paragraph("JudulLampiran", "LAMPIRAN", settings="<w:pageBreakBefore/>"),
            paragraph("JudulLampiran", "{{ jenis | kapital }} TENTANG {{ judul | kapital }}"),
            each("p", "pihak", paragraph("JudulLampiran", "NOMOR: {{ p.nomor }}")),
            paragraph("JudulLampiran", "TANGGAL: {{ tanggal | tanggal }}"),
            paragraph("JudulNaskah", name.upper(), settings='<w:spacing w:before="360" w:after="240"/>'),
        ]
    )


def _list(widths: Sequence[int], heads: Sequence[str], one: str, many: str, cells: Sequence[str]) -> str:
    named = zip(widths, ("No.", *heads), strict=True)
    head = row(
        *(cell(width, paragraph("Tabel", f"**{text}**"), settings=_HEAD) for width, text in named),
        settings="<w:tblHeader/>",
    )
    filled = zip(widths, ("{{ putaran.nomor }}.", *cells), strict=True)
    body = row(*(cell(width, paragraph("Tabel", text)) for width, text in filled))
    rows = (head, command_row(f"untuk {one} dalam {many}", len(widths)), body, command_row("akhir untuk", len(widths)))
    unknown = paragraph("Pembukaan", f"{{{{ {many} | gabung }}}}")
    return when(many, table(widths, *rows, lines=True), otherwise=[unknown]) + unseen()
