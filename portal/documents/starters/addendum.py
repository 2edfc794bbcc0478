"""The starter for an addendum or an extension: the wording until now, the wording from now on, what stays."""

from portal.documents.starters import frame
from portal.documents.starters.blocks import KEPT, ayat, each, isi, paragraph, pasal, when
from portal.documents.starters.frame import THIS

TITLE = "Adendum"

_BASE = "{{ diubah.jenis }} tentang {{ diubah.judul }} {{ diubah.nomor_gabung }} tanggal {{ diubah.tanggal | tanggal }}"


def body() -> str:
    """Write the whole text in order (design: domain §2.5)."""
    return "".join(
        [
            frame.logos(),
            frame.title(
                "{{ jenis | kapital }} {{ perubahan_ke | kapital }}",
                "ATAS",
                "{{ diubah.jenis | kapital }}",
                subject="{{ diubah.judul | kapital }}",
            ),
            frame.opening(),
            frame.parties(),
            _recitals(),
            when("dasar_hukum", frame.legal_bases()),
            paragraph(
                "Pembukaan",
                "Berdasarkan hal-hal tersebut di atas, PARA PIHAK sepakat mengubah {{ diubah.jenis }} "
                "dengan ketentuan "
                "sebagai berikut:",
            ),
            _changes(),
            _rest(),
            _closing(),
            frame.signatures(),
        ]
    )


def _recitals() -> str:
    return "".join(
        [
            paragraph("Konsiderans", f"bahwa PARA PIHAK telah menandatangani {_BASE};"),
            when("pertimbangan", each("butir", "pertimbangan", paragraph("Konsiderans", "bahwa {{ butir }};"))),
            paragraph(
                "Konsiderans",
                "bahwa PARA PIHAK memandang perlu mengubah {{ diubah.jenis }} sebagaimana dimaksud pada huruf a.",
            ),
        ]
    )


def _changes() -> str:
    return "".join(
        [
            pasal("Perubahan", "perubahan"),
            isi("Ketentuan dalam {{ diubah.jenis }} diubah sebagai berikut:"),
            when(
                "perubahan",
                each(
                    "ubah",
                    "perubahan",
                    paragraph(
                        "Huruf",
                        "Ketentuan {{ ubah.pasal }} diubah:",
                        settings='<w:keepNext/><w:ind w:left="567" w:hanging="567"/>',
                    ),
                    paragraph("Kutipan", "**Semula:**", settings="<w:keepNext/>"),
                    paragraph("Kutipan", "“{{ ubah.semula }}”"),
                    paragraph("Kutipan", "**Menjadi:**", settings="<w:keepNext/>"),
                    paragraph("Kutipan", "“{{ ubah.menjadi }}”"),
                ),
                otherwise=[paragraph("Kutipan", "{{ perubahan | gabung }}")],
            ),
        ]
    )


def _rest() -> str:
    return pasal("Ketentuan yang Tetap Berlaku", "tetap") + ayat(
        "Ketentuan dalam {{ diubah.jenis }} yang tidak diubah sebagaimana dimaksud dalam {{ "
        "rujuk.perubahan }} "
        "dinyatakan tetap berlaku dan mengikat PARA PIHAK.",
        f"{THIS} merupakan bagian yang tidak terpisahkan dari {{{{ diubah.jenis }}}}.",
    )


def _closing() -> str:
    return pasal("Penutup", "penutup") + ayat(
        f"{THIS} mulai berlaku {{% jika mulai %}}pada tanggal {{{{ mulai | tanggal }}}}{{% selain itu "
        f"%}}pada tanggal "
        "ditandatangani{% akhir jika %}.",
        f"{THIS} dibuat dan ditandatangani oleh PARA PIHAK pada hari, tanggal, bulan, tahun, dan tempat "
        f"sebagaimana "
        "disebutkan pada bagian awal, dalam rangkap {{ rangkap | angka_terbilang }} asli, masing-masing "
        "bermeterai cukup "
        "dan mempunyai kekuatan hukum yang sama, 1 (satu) rangkap untuk setiap PIHAK.",
        settings=KEPT,
    )
