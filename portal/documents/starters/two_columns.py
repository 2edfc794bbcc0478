"""The starter of a Nota Kesepahaman in two columns: Indonesian left, English right, each with lists of its own.

Both languages are needed with a foreign party (design: domain §1.1, UU 24/2009 article 31).
"""

from typing import Final

from portal.documents.starters import frame
from portal.documents.starters.blocks import (
    TEXT_WIDTH,
    cell,
    command_row,
    each,
    items_or_mark,
    paragraph,
    row,
    table,
    when,
)

_LEFT: Final = TEXT_WIDTH // 2
_RIGHT: Final = TEXT_WIDTH - _LEFT
_SUBJECT: Final = '<w:spacing w:before="40" w:after="200"/>'


def mou_bilingual() -> str:
    """Write the whole text; everything but the logos and signatures stands in one table of two columns."""
    rows = (
        _both(_title(), _title_en()),
        row(cell(TEXT_WIDTH, _numbers(), settings='<w:gridSpan w:val="2"/>')),
        _both(frame.opening(), _opening_en()),
        command_row("untuk p dalam pihak", 2),
        _both(_party(), _party_en(), whole=True),
        command_row("akhir untuk", 2),
        _both(_together(), _together_en()),
        _both(_recitals(), _recitals_en()),
        _both(frame.legal_bases(), _legal_bases_en()),
        _both(
            frame.agreed("untuk membuat {{ jenis }} sebagai pernyataan kehendak bersama"),
            paragraph(
                "Pembukaan",
                "Based on the foregoing, the PARTIES agree to conclude this {{ inggris.jenis }} as a statement of "
                "their common intent on the following terms:",
                settings="<w:keepNext/>",
            ),
        ),
        row(cell(TEXT_WIDTH, paragraph("Perintah", "{% pasal dua bahasa %}"), settings='<w:gridSpan w:val="2"/>')),
    )
    gap = paragraph("Kaki", "", settings='<w:keepNext/><w:spacing w:after="0" w:line="20" w:lineRule="exact"/>')
    return frame.logos() + gap + table((_LEFT, _RIGHT), *rows) + gap + frame.signatures(bilingual=True)


def _both(left: str, right: str, *, whole: bool = False) -> str:
    return row(cell(_LEFT, left), cell(_RIGHT, right), whole=whole)


def _title() -> str:
    name = "{{ p.nama | kapital }}"
    return _titled("{{ jenis | kapital }}", ("ANTARA", "DAN", "TENTANG"), name, "{{ judul | kapital }}")


def _title_en() -> str:
    name = "{{ p.inggris.nama | kapital }}"
    return _titled("{{ inggris.jenis | kapital }}", ("BETWEEN", "AND", "ON"), name, "{{ inggris.judul | kapital }}")


def _titled(kind: str, words: tuple[str, str, str], name: str, subject: str) -> str:
    between, last, about = words
    comma = "{% jika jumlah_pihak > 2 dan putaran.sisa > 0 %},{% akhir jika %}"
    parties = each(
        "p",
        "pihak",
        paragraph("JudulNaskah", name + comma),
        when("putaran.sisa == 1", paragraph("JudulNaskah", last)),
    )
    heads = paragraph("JudulNaskah", kind, settings=frame.SPACE.format(240, 40)) + paragraph("JudulNaskah", between)
    return heads + parties + paragraph("JudulNaskah", about) + paragraph("JudulNaskah", subject, settings=_SUBJECT)


def _numbers() -> str:
    return each("p", "pihak", paragraph("NomorNaskah", "NOMOR / NUMBER: {{ p.nomor }}"))


def _opening_en() -> str:
    return paragraph(
        "Pembukaan",
        "On this day, {{ inggris.tanggal }}, in {{ tempat }}, we, the undersigned:",
        settings=f"<w:keepNext/>{frame.SPACE.format(360, 120)}",
    )


def _party() -> str:
    return paragraph(
        "Komparisi",
        "{{ p.urutan }}. **{{ p.penanda_tangan | nama_kapital }}**, {{ p.jabatan }}{% jika p.bertindak %}, "
        "{{ p.bertindak }} {{ p.diwakili }}{% akhir jika %}, berdasarkan {{ p.dasar }}, dalam hal ini bertindak untuk "
        f"dan atas nama {{{{ p.nama }}}}{frame.LEGAL}, berkedudukan di {{{{ p.alamat }}}}, selanjutnya disebut "
        "**{{ p.sebutan }}**;",
    )


def _party_en() -> str:
    return paragraph(
        "Komparisi",
        "{{ p.urutan }}. **{{ p.penanda_tangan | nama_kapital }}**, {{ p.inggris.jabatan }}{% jika p.inggris.bertindak "
        "%}, {{ p.inggris.bertindak }} {{ p.diwakili }}{% akhir jika %}, by virtue of {{ p.dasar }}, acting for and on "
        "behalf of {{ p.inggris.nama }}, having its seat at {{ p.alamat }}, hereinafter referred to as the "
        "**{{ p.inggris.sebutan }}**;",
    )


def _together() -> str:
    return paragraph(
        "Pembukaan",
        "{{ sebutan_pihak | gabung }} yang selanjutnya secara bersama-sama disebut **PARA PIHAK** dan masing-masing "
        "disebut **PIHAK**, terlebih dahulu menerangkan hal-hal sebagai berikut:",
        settings="<w:keepNext/>",
    )


def _together_en() -> str:
    return paragraph(
        "Pembukaan",
        "The {{ inggris.sebutan_gabung }}, hereinafter jointly referred to as the **PARTIES** and each as a "
        "**PARTY**, first state the following:",
        settings="<w:keepNext/>",
    )


def _recitals() -> str:
    return frame.recitals(
        last="untuk itu PARA PIHAK memandang perlu menyatukan langkah melalui kerja sama tentang {{ judul }}"
    )


def _recitals_en() -> str:
    return items_or_mark(
        "inggris.pertimbangan", style="Recital", before="whereas ", ending=";", unknown=";"
    ) + paragraph(
        "Recital",
        "whereas the PARTIES therefore consider it necessary to join their efforts through cooperation on "
        "{{ inggris.judul }}.",
    )


def _legal_bases_en() -> str:
    head = paragraph("Pembukaan", "Having regard to the following provisions:", settings="<w:keepNext/>")
    ending = "{% jika putaran.sisa == 0 %}.{% selain itu %};{% akhir jika %}"
    return head + items_or_mark("inggris.dasar_hukum", style="LegalBasis", ending=ending)
