"""Articles that a Nota Kesepahaman and a Perjanjian Kerja Sama share, in the tone of the field."""

from portal.documents.starters.blocks import (
    TEXT_WIDTH,
    ayat,
    cell,
    command_row,
    isi,
    isi_kept,
    items_or_mark,
    paragraph,
    pasal,
    row,
    table,
)
from portal.documents.starters.frame import THIS

_SHALLOW = '<w:ind w:left="567" w:hanging="567"/>'

_CONTACT_LINES = (
    ("Unit kerja", "unit"),
    ("Narahubung", "nama"),
    ("Alamat", "alamat"),
    ("Telepon", "telepon"),
    ("Surel", "surel"),
)

TERM = (
    "{% jika masa_bulan %}untuk jangka waktu {{ masa_bulan | masa }} terhitung sejak "
    "{% jika mulai %}tanggal {{ mulai | tanggal }}{% selain itu %}tanggal ditandatangani{% akhir jika %}"
    "{% jika akhir %} sampai dengan tanggal {{ akhir | tanggal }}{% akhir jika %}"
    "{% atau jika akhir %}terhitung sejak "
    "{% jika mulai %}tanggal {{ mulai | tanggal }}{% selain itu %}tanggal ditandatangani{% akhir jika %}"
    " sampai dengan tanggal {{ akhir | tanggal }}"
    "{% selain itu %}untuk jangka waktu {{ masa_bulan | masa }} terhitung sejak tanggal ditandatangani{% "
    "akhir jika %}"
)
"""How long the agreement lasts, from what is known of months, start and end."""


def scope() -> str:
    """Make the article on the scope, with its items from the facts."""
    return (
        pasal("Ruang Lingkup", "lingkup")
        + isi(f"Ruang lingkup {THIS} meliputi:")
        + items_or_mark("ruang_lingkup", style="Huruf", settings=_SHALLOW)
    )


def term(*, notice: str) -> str:
    """Make the article on the term; `notice` says how long before its end an extension is proposed."""
    return pasal("Jangka Waktu", "jangka") + ayat(
        "{% label masa %}" + f"{THIS} berlaku {TERM}.",
        f"{THIS} dapat diperpanjang berdasarkan kesepakatan tertulis PARA PIHAK. PIHAK yang menghendaki "
        f"perpanjangan "
        f"menyampaikan usul tertulis kepada PIHAK lainnya paling lambat {notice} sebelum jangka waktu "
        f"sebagaimana "
        "dimaksud pada {{ rujuk_dekat.masa }} berakhir.",
        f"{THIS} berakhir dengan sendirinya apabila jangka waktunya habis dan tidak diperpanjang, atau "
        f"diakhiri "
        "lebih awal atas kesepakatan tertulis PARA PIHAK.",
    )


def correspondence() -> str:
    """Make the article on letters, with a table row for each party."""
    return (
        pasal("Korespondensi", "korespondensi")
        + ayat(
            f"{{% label alamat %}}Surat-menyurat dan pemberitahuan yang berkaitan dengan {THIS} disampaikan secara "
            "tertulis melalui surat atau surat elektronik kepada:"
        )
        + _contacts()
        + paragraph("Kaki", "")
        + ayat(
            "Pemberitahuan dianggap telah diterima pada tanggal tanda terima, atau pada hari kerja berikutnya "
            "setelah surat elektronik dikirim.",
            "PIHAK yang mengubah alamat atau narahubung sebagaimana dimaksud pada {{ rujuk_dekat.alamat }} wajib "
            "memberitahukan perubahan itu kepada PIHAK lainnya paling lambat 7 (tujuh) hari kerja sebelum perubahan "
            "berlaku.",
        )
    )


def _contacts() -> str:
    widths = (2268, TEXT_WIDTH - 2268)
    heading = '<w:gridSpan w:val="2"/><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
    who = paragraph("Tabel", "**{{ p.sebutan }}** – {{ p.nama }}", settings="<w:keepNext/>")
    rows = [
        row(
            cell(widths[0], paragraph("Tabel", shown, settings="" if name == "surel" else "<w:keepNext/>")),
            cell(widths[1], paragraph("Tabel", f"{{{{ p.narahubung.{name} }}}}")),
        )
        for shown, name in _CONTACT_LINES
    ]
    return table(
        widths,
        command_row("untuk p dalam pihak", 2),
        row(cell(TEXT_WIDTH, who, settings=heading)),
        *rows,
        command_row("akhir untuk", 2),
        lines=True,
    )


def monitoring() -> str:
    """Make the article on monitoring and evaluation."""
    return pasal("Monitoring dan Evaluasi", "monev") + ayat(
        f"PARA PIHAK melakukan monitoring dan evaluasi atas pelaksanaan {THIS} secara bersama-sama paling "
        f"sedikit "
        "1 (satu) kali dalam 1 (satu) tahun.",
        "Hasil monitoring dan evaluasi dituangkan secara tertulis dan digunakan sebagai bahan perbaikan "
        "pelaksanaan "
        f"serta pertimbangan perpanjangan atau pengakhiran {THIS}.",
    )


def settlement() -> str:
    """Make the article on differences of opinion."""
    return pasal("Penyelesaian Perselisihan", "perselisihan") + ayat(
        f"Perbedaan penafsiran atau perselisihan yang timbul dari pelaksanaan {THIS} diselesaikan oleh "
        f"PARA PIHAK "
        "secara musyawarah untuk mencapai mufakat.",
        "Selama penyelesaian perselisihan berlangsung, PARA PIHAK tetap melaksanakan bagian kerja sama "
        "yang tidak "
        "diperselisihkan.",
    )


def amendment() -> str:
    """Make the article on changes by addendum."""
    return pasal("Perubahan", "perubahan") + isi(
        f"Hal-hal yang belum diatur atau perlu diubah dalam {THIS} ditetapkan berdasarkan kesepakatan PARA "
        f"PIHAK dan "
        f"dituangkan secara tertulis dalam adendum yang merupakan bagian tidak terpisahkan dari {THIS}."
    )


def closing() -> str:
    """Make the last article: day and place, originals, stamp duty (design: domain §1.4)."""
    return pasal("Penutup", "penutup") + isi_kept(
        f"Demikian {THIS} dibuat dan ditandatangani oleh PARA PIHAK pada hari, tanggal, bulan, tahun, dan "
        f"tempat "
        "sebagaimana disebutkan pada bagian awal, dalam rangkap {{ rangkap | angka_terbilang }} asli, "
        "masing-masing "
        "bermeterai cukup dan mempunyai kekuatan hukum yang sama, 1 (satu) rangkap untuk setiap PIHAK."
    )
