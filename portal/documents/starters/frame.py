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

ARTICLES: Final = paragraph("Perintah", "{% pasal %}")
"""The place of the articles."""

LEGAL: Final = (
    "{% jika p.badan_hukum %}, yang didirikan dengan Akta Nomor {{ p.badan_hukum.akta_nomor }} tanggal "
    "{{ p.badan_hukum.akta_tanggal | tanggal }} di hadapan Notaris {{ p.badan_hukum.notaris }}, disahkan dengan "
    "Keputusan Nomor {{ p.badan_hukum.pengesahan }}, terdaftar sebagai lembaga kesejahteraan sosial dengan "
    "tanda daftar Nomor {{ p.badan_hukum.tanda_daftar }}, NPWP {{ p.badan_hukum.npwp }}{% akhir jika %}"
)

SPACE: Final = '<w:spacing w:before="{}" w:after="{}"/>'

_PARTY_COLUMNS: Final = (510, 3005, 284, TEXT_WIDTH - 510 - 3005 - 284)
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
            cell(third, picture, paragraph("Logo", "Logo {{ p.singkatan }}")),
            command_cell("akhir untuk"),
        ),
    )


def title(*head: str, subject: str = "{{ judul | kapital }}") -> str:
    """Make the title block: the kind, the parties in order, the subject; then a number line for each party."""
    between = (
        "{% jika jumlah_pihak == 2 %}DENGAN{% selain itu %}DAN{% akhir jika %}",
        "{{ p.nama | kapital }}{% jika jumlah_pihak > 2 dan putaran.sisa > 0 %},{% akhir jika %}",
    )
    names = each(
        "p",
        "pihak",
        paragraph("JudulNaskah", between[1]),
        when("putaran.sisa == 1", paragraph("JudulNaskah", between[0])),
    )
    lines = [paragraph("JudulNaskah", line) for line in (*head, "ANTARA")[1:]]
    first = paragraph("JudulNaskah", (*head, "ANTARA")[0], settings=SPACE.format(240, 40))
    about = paragraph("JudulNaskah", "TENTANG") + paragraph("JudulNaskah", subject, settings=SPACE.format(40, 240))
    return "".join([first, *lines, names, about, numbers()])


def numbers() -> str:
    """Make a number line for each party; what is not given yet stands as a mark."""
    return each("p", "pihak", paragraph("NomorNaskah", "NOMOR: {{ p.nomor }}"))


def opening() -> str:
    """Make the opening: day and date in words, then figures, and the place."""
    return paragraph(
        "Pembukaan",
        "Pada hari ini, {{ tanggal | tanggal_pembuka }}, bertempat di {{ tempat }}, kami yang bertanda tangan "
        "di bawah ini:",
        settings=f"<w:keepNext/>{SPACE.format(360, 120)}",
    )


def parties(after: str = "terlebih dahulu menerangkan hal-hal sebagai berikut:") -> str:
    """Make the table that says who the parties are and by what right they sign, and what they are called."""
    who = (
        "{{ p.jabatan }}{% jika p.bertindak %}, {{ p.bertindak }} {{ p.diwakili }}{% akhir jika %}, "
        "berdasarkan {{ p.dasar }}, dalam hal ini bertindak untuk dan atas nama {{ p.nama }}"
        f"{LEGAL}, berkedudukan di {{{{ p.alamat }}}}, selanjutnya disebut **{{{{ p.sebutan }}}}**;"
    )
    number, name, colon, text = _PARTY_COLUMNS
    rows = (
        command_row("untuk p dalam pihak", len(_PARTY_COLUMNS)),
        row(
            cell(number, paragraph("KomparisiNama", "{{ p.urutan }}.")),
            cell(name, paragraph("KomparisiNama", "**{{ p.penanda_tangan | nama_kapital }}**")),
            cell(colon, paragraph("KomparisiNama", ":")),
            cell(text, paragraph("Komparisi", who)),
        ),
        command_row("akhir untuk", len(_PARTY_COLUMNS)),
    )
    together = paragraph(
        "Pembukaan",
        "{{ sebutan_pihak | gabung }} yang selanjutnya secara bersama-sama disebut **PARA PIHAK** dan "
        f"masing-masing disebut **PIHAK**, {after}",
        settings="<w:keepNext/>" if after.endswith(":") else "",
    )
    return table(_PARTY_COLUMNS, *rows) + together


def recitals(*first: str, last: str, before_last: str = "", needed: bool = True) -> str:
    """Make the lettered recitals: ready ones first, those of the agreement, ready ones again, the conclusion.

    `needed` marks the agreement's own as missing where there are none.
    """
    own = items_or_mark("pertimbangan", style="Konsiderans", before="bahwa ", ending=";", unknown=";")
    if not needed:
        own = when("pertimbangan", each("butir", "pertimbangan", paragraph("Konsiderans", "bahwa {{ butir }};")))
    return "".join([*first, own, before_last, paragraph("Konsiderans", f"bahwa {last}.")])


def legal_bases() -> str:
    """Make the numbered list of legal bases."""
    head = paragraph("Pembukaan", "Dengan memperhatikan ketentuan sebagai berikut:", settings="<w:keepNext/>")
    ending = "{% jika putaran.sisa == 0 %}.{% selain itu %};{% akhir jika %}"
    return head + items_or_mark("dasar_hukum", style="DasarHukum", ending=ending)


def agreed(what: str) -> str:
    """Make the line by which the parties agree; a MoU states an intent, a PKS binds."""
    text = f"Berdasarkan hal-hal tersebut di atas, PARA PIHAK sepakat {what} dengan ketentuan sebagai berikut:"
    return paragraph("Pembukaan", text, settings="<w:keepNext/>")


def signatures(*, bilingual: bool = False) -> str:
    """Make the block of signatures: two beside each other, an odd one in the middle."""
    wide = '<w:gridSpan w:val="2"/>'

    def office(who: str) -> str:
        return _office(f"baris.{who}", bilingual=bilingual)

    rows = (
        command_row("untuk baris dalam tanda_tangan", 2),
        command_row("jika baris.tengah", 2),
        row(cell(2 * _HALF, office("tengah"), settings=wide)),
        row(cell(2 * _HALF, _name("baris.tengah", alone=True), settings=wide)),
        command_row("selain itu", 2),
        row(cell(_HALF, office("kiri")), cell(_HALF, office("kanan"))),
        row(cell(_HALF, _name("baris.kiri")), cell(_HALF, _name("baris.kanan"))),
        command_row("akhir jika", 2),
        command_row("akhir untuk", 2),
    )
    return table((_HALF, _HALF), *rows, slim=True) + unseen()


def unseen() -> str:
    """Make the paragraph that Word wants after a table and nobody sees."""
    return paragraph("Kaki", "", settings=_UNSEEN)


def _office(who: str, *, bilingual: bool) -> str:
    behind = paragraph("TandaTangan", f"{{{{ {who}.kapasitas }}}} {{{{ {who}.diwakili }}}}")
    english = f" / {{{{ {who}.inggris.sebutan }}}}" if bilingual else ""
    return "".join(
        [
            paragraph("TandaTangan", f"**{{{{ {who}.sebutan }}}}{english}**", settings='<w:spacing w:before="320"/>'),
            when(f"{who}.badan", paragraph("TandaTangan", f"{{{{ {who}.badan }}}}")),
            when(f"{who}.kapasitas", behind),
            paragraph("TandaTangan", f"{{{{ {who}.jabatan }}}},"),
        ]
    )


def _name(who: str, *, alone: bool = False) -> str:
    """Make the name under the room for signature and seal; a long one beside another is set narrower."""
    plain = _printed(who, "<w:b/>")
    narrow = when(f"{who}.nama_panjang", _printed(who, '<w:b/><w:w w:val="85"/>'), otherwise=[plain])
    number = when(f"{who}.nip", paragraph("TandaTangan", f"NIP {{{{ {who}.nip }}}}"))
    return (plain if alone else narrow) + number


def _printed(who: str, properties: str) -> str:
    room = '<w:spacing w:before="1300" w:after="60"/>'
    name = run(f"{{{{ {who}.nama_cetak }}}}", properties)
    return f'<w:p><w:pPr><w:pStyle w:val="TandaTangan"/>{room}</w:pPr>{name}</w:p>'
