"""What stands around the articles of every agreement: logos, title, numbers, opening, parties, signatures.

The blocks and their order follow design: domain §2.2.
"""

from typing import Final

from portal.documents.starters.blocks import (
    TEXT_WIDTH,
    cell,
    command_cell,
    command_row,
    each,
    items_or_mark,
    paragraph,
    row,
    run,
    table,
    when,
)
from portal.documents.starters.layout import logo

THIS: Final = "{{ jenis }} ini"

_PARTY_COLUMNS: Final = (567, 2551, 284, TEXT_WIDTH - 567 - 2551 - 284)
_UNSEEN: Final = '<w:spacing w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr>'
"""Word wants a paragraph after the last table; this one never opens a page of its own."""

_HALF: Final = TEXT_WIDTH // 2


def logos() -> str:
    """Make the row of logos, a cell for each party."""
    third = TEXT_WIDTH // 3
    picture = f'<w:p><w:pPr><w:pStyle w:val="Logo"/></w:pPr>{logo()}</w:p>'
    return table(
        (third, third, third),
        row(
            command_cell("untuk p dalam pihak"),
            cell(third, picture, paragraph("Logo", "[Logo {{ p.singkatan }}]")),
            command_cell("akhir untuk"),
        ),
    )


def title(*head: str, subject: str) -> str:
    """Make the title block: the kind, the parties in order, the subject; then a number line for each party."""
    between = (
        "{% jika jumlah_pihak == 2 %}DENGAN{% selain itu %}DAN{% akhir jika %}",
        "{{ p.nama | kapital }}{% jika jumlah_pihak > 2 dan putaran.sisa > 0 %},{% akhir jika %}",
    )
    lines = [paragraph("JudulNaskah", line) for line in (*head, "ANTARA")]
    names = each(
        "p",
        "pihak",
        paragraph("JudulNaskah", between[1]),
        when("putaran.sisa == 1", paragraph("JudulNaskah", between[0])),
    )
    about = [paragraph("JudulNaskah", line) for line in ("TENTANG", subject)]
    space = '<w:spacing w:before="{}" w:after="{}"/>'
    numbers = each("p", "pihak", paragraph("NomorNaskah", "NOMOR: {{ p.nomor }}"))
    gap = paragraph("NomorNaskah", "", settings=space.format(0, 0))
    return "".join([gap, *lines, names, *about, gap, numbers, gap])


def opening() -> str:
    """Make the opening: day and date in words, then figures, and the place."""
    return paragraph(
        "Pembukaan",
        "Pada hari ini, {{ tanggal | tanggal_pembuka }}, bertempat di {{ tempat }}, kami yang bertanda "
        "tangan "
        "di bawah ini:",
    )


def parties() -> str:
    """Make the table that says who the parties are and by what right they sign, and what they are called."""
    who = (
        "{{ p.jabatan }}{% jika p.bertindak %}, {{ p.bertindak }} {{ p.diwakili }}{% akhir jika %}, "
        "berdasarkan {{ p.dasar }}, dalam hal ini bertindak untuk dan atas nama {{ p.nama }}"
        "{% jika p.badan_hukum %}, yang didirikan dengan Akta Nomor {{ p.badan_hukum.akta_nomor }} tanggal "
        "{{ p.badan_hukum.akta_tanggal | tanggal }} di hadapan Notaris {{ p.badan_hukum.notaris }}, "
        "disahkan dengan "
        "Keputusan Nomor {{ p.badan_hukum.pengesahan }}, terdaftar sebagai lembaga kesejahteraan sosial "
        "dengan "
        "tanda daftar Nomor {{ p.badan_hukum.tanda_daftar }}, NPWP {{ p.badan_hukum.npwp }}{% akhir jika %}, "
        "berkedudukan di {{ p.alamat }}, selanjutnya disebut **{{ p.sebutan }}**;"
    )
    number, name, colon, text = _PARTY_COLUMNS
    rows = (
        command_row("untuk p dalam pihak", len(_PARTY_COLUMNS)),
        row(
            cell(number, paragraph("KomparisiNama", "{{ p.urutan }}.")),
            cell(name, paragraph("KomparisiNama", "**{{ p.penanda_tangan | nama_kapital }}**")),
            cell(colon, paragraph("KomparisiNama", ":")),
            cell(text, paragraph("Komparisi", who)),
            whole=False,
        ),
        command_row("akhir untuk", len(_PARTY_COLUMNS)),
    )
    together = paragraph(
        "Pembukaan",
        "{{ sebutan_pihak | gabung }} yang selanjutnya secara bersama-sama disebut **PARA PIHAK** dan "
        "masing-masing "
        "disebut **PIHAK**, terlebih dahulu menerangkan hal-hal sebagai berikut:",
    )
    return table(_PARTY_COLUMNS, *rows) + together


def legal_bases(*more: str) -> str:
    """Make the numbered list of legal bases; `more` are further items that always stand at its end."""
    head = paragraph("Pembukaan", "Dengan memperhatikan ketentuan sebagai berikut:")
    ending = ";" if more else "{% jika putaran.sisa == 0 %}.{% selain itu %};{% akhir jika %}"
    return head + items_or_mark("dasar_hukum", style="DasarHukum", ending=ending) + "".join(more)


def agreed(what: str) -> str:
    """Make the line by which the parties agree; a MoU states an intent, a PKS binds."""
    return paragraph(
        "Pembukaan",
        f"Berdasarkan hal-hal tersebut di atas, PARA PIHAK sepakat untuk {what} dengan ketentuan sebagai berikut:",
    )


def signatures() -> str:
    """Make the block of signatures: two beside each other, an odd one in the middle, names on one line."""
    wide = '<w:gridSpan w:val="2"/>'
    rows = (
        command_row("untuk baris dalam tanda_tangan", 2),
        command_row("jika baris.tengah", 2),
        row(cell(2 * _HALF, _office("baris.tengah"), settings=wide)),
        row(cell(2 * _HALF, _name("baris.tengah"), settings=wide)),
        command_row("selain itu", 2),
        row(cell(_HALF, _office("baris.kiri")), cell(_HALF, _office("baris.kanan"))),
        row(cell(_HALF, _name("baris.kiri")), cell(_HALF, _name("baris.kanan"))),
        command_row("akhir jika", 2),
        command_row("akhir untuk", 2),
    )
    gap = paragraph("IsiPasal", "", settings="<w:keepNext/>")
    end = paragraph("Kaki", "", settings=_UNSEEN)
    return gap + table((_HALF, _HALF), *rows) + end


def _office(who: str) -> str:
    behind = paragraph("TandaTangan", f"{{{{ {who}.kapasitas }}}} {{{{ {who}.diwakili }}}}")
    space = '<w:spacing w:before="200"/>'
    return "".join(
        [
            paragraph("TandaTangan", f"**{{{{ {who}.sebutan }}}}**", settings=space),
            when(f"{who}.badan", paragraph("TandaTangan", f"{{{{ {who}.badan }}}}")),
            when(f"{who}.kapasitas", behind),
            paragraph("TandaTangan", f"{{{{ {who}.jabatan }}}},"),
        ]
    )


def _name(who: str) -> str:
    """Make the name under the room for signature, stamp and seal."""
    room = '<w:spacing w:before="1300" w:after="60"/>'
    name = run(f"{{{{ {who}.penanda_tangan | nama_kapital }}}}", "<w:b/>")
    return "".join(
        [
            f'<w:p><w:pPr><w:pStyle w:val="TandaTangan"/>{room}</w:pPr>{name}</w:p>',
            when(f"{who}.nip", paragraph("TandaTangan", f"NIP {{{{ {who}.nip }}}}")),
        ]
    )
