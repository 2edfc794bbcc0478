"""The starters of what follows an agreement: addendum, extension, termination, handing over of goods."""

from portal.documents.starters import annex, frame
from portal.documents.starters.blocks import paragraph, when

_BASE = "{{ diubah.jenis }} tentang {{ diubah.judul }} {{ diubah.nomor_gabung }} tanggal {{ diubah.tanggal | tanggal }}"
_SIGNED = paragraph("Konsiderans", f"bahwa PARA PIHAK telah menandatangani {_BASE};")


def addendum() -> str:
    """Write an addendum: the wording until now, the wording from now on, what stays (design: domain §2.5)."""
    return _change(
        "PARA PIHAK memandang perlu mengubah {{ diubah.jenis }} sebagaimana dimaksud pada huruf\u00a0a",
        "mengubah {{ diubah.jenis }}",
    )


def extension() -> str:
    """Write an extension: an addendum that changes the term only (design: domain §2.5)."""
    ends = paragraph(
        "Konsiderans",
        "bahwa jangka waktu {{ diubah.jenis }} sebagaimana dimaksud pada huruf\u00a0a berakhir pada tanggal "
        "{{ diubah.akhir | tanggal }};",
    )
    return _change(
        "PARA PIHAK memandang perlu memperpanjang jangka waktu {{ diubah.jenis }} sebagaimana dimaksud pada "
        "huruf\u00a0a",
        "memperpanjang jangka waktu {{ diubah.jenis }}",
        ends,
    )


def termination() -> str:
    """Write the minutes by which an agreement ends early (design: domain §2.5)."""
    return "".join(
        [
            frame.logos(),
            frame.title(
                "{{ jenis | kapital }}", "{{ diubah.jenis | kapital }}", subject="{{ diubah.judul | kapital }}"
            ),
            frame.opening(),
            frame.parties(),
            frame.recitals(
                _SIGNED,
                last="PARA PIHAK telah bersepakat mengakhiri {{ diubah.jenis }} sebagaimana dimaksud pada huruf\u00a0a",
            ),
            frame.agreed("mengakhiri {{ diubah.jenis }}"),
            frame.ARTICLES,
            frame.signatures(),
        ]
    )


def bast() -> str:
    """Write the minutes by which goods are handed over (design: domain §5.6); its agreement stands above it."""
    return "".join(
        [
            frame.logos(),
            frame.title("{{ jenis | kapital }}"),
            frame.opening(),
            frame.parties("dengan ini menerangkan hal-hal sebagai berikut:"),
            paragraph(
                "Konsiderans",
                "bahwa {{ jenis }} ini merupakan pelaksanaan {{ induk.jenis }} tentang {{ induk.judul }} "
                "{{ induk.nomor_gabung }} tanggal {{ induk.tanggal | tanggal }};",
            ),
            paragraph(
                "Konsiderans",
                "bahwa {{ kementerian.sebutan }} menyerahkan kepada {{ mitra.sebutan }}, dan {{ mitra.sebutan }} "
                "menerima dari {{ kementerian.sebutan }}, {{ bantuan.uraian }} untuk {{ bantuan.penerima }}.",
            ),
            frame.agreed("melakukan serah terima barang"),
            frame.ARTICLES,
            frame.signatures(),
            annex.aid("Rincian Barang"),
        ]
    )


def _change(conclusion: str, what: str, *more: str) -> str:
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
            frame.recitals(_SIGNED, *more, last=conclusion, needed=False),
            when("dasar_hukum", frame.legal_bases()),
            frame.agreed(what),
            frame.ARTICLES,
            frame.signatures(),
        ]
    )
