"""The starter for a Nota Kesepahaman: a statement of intent whose details are left to agreements below it."""

from portal.documents.starters import clauses, frame
from portal.documents.starters.blocks import ayat, items_or_mark, paragraph, pasal
from portal.documents.starters.frame import THIS

TITLE = "Nota Kesepahaman"


def body() -> str:
    """Write the whole text in order (design: domain §2.3)."""
    return "".join(
        [
            frame.logos(),
            frame.title("{{ jenis | kapital }}", subject="{{ judul | kapital }}"),
            frame.opening(),
            frame.parties(),
            items_or_mark("pertimbangan", style="Konsiderans", before="bahwa ", ending=";", unknown=";"),
            paragraph(
                "Konsiderans",
                "bahwa untuk itu PARA PIHAK memandang perlu menyatukan langkah melalui kerja sama tentang {{ judul }}.",
            ),
            frame.legal_bases(),
            frame.agreed("membuat {{ jenis }} sebagai pernyataan kehendak bersama"),
            _purpose(),
            clauses.scope(),
            _implementation(),
            _funding(),
            clauses.term(notice="3 (tiga) bulan"),
            clauses.monitoring(),
            clauses.correspondence(),
            _confidentiality(),
            clauses.settlement(),
            clauses.amendment(),
            clauses.closing(),
            frame.signatures(),
        ]
    )


def _purpose() -> str:
    return pasal("Maksud dan Tujuan", "maksud") + ayat(
        f"{THIS} dimaksudkan sebagai pedoman bagi PARA PIHAK dalam memadukan tugas, kewenangan, dan sumber "
        f"daya yang "
        "dimiliki masing-masing PIHAK.",
        f"Tujuan {THIS} adalah {{{{ tujuan }}}}.",
    )


def _implementation() -> str:
    return pasal("Pelaksanaan", "pelaksanaan") + ayat(
        "Pelaksanaan ruang lingkup sebagaimana dimaksud dalam {{ rujuk.lingkup }} diatur lebih lanjut "
        "dalam perjanjian "
        "kerja sama yang memuat paling sedikit kegiatan, hak dan kewajiban, pembiayaan, serta jangka waktu.",
        "Perjanjian kerja sama disusun dan ditandatangani oleh pejabat yang ditunjuk atau diberi kuasa oleh "
        "masing-masing PIHAK sesuai dengan bidang tugasnya.",
        "Masing-masing PIHAK menunjuk unit kerja sebagai penghubung sebagaimana tercantum dalam "
        "{{ rujuk.korespondensi }}.",
    )


def _funding() -> str:
    return pasal("Pembiayaan", "pembiayaan") + ayat(
        f"Biaya yang timbul dari pelaksanaan {THIS} dibebankan pada anggaran masing-masing PIHAK sesuai "
        f"dengan tugasnya "
        "dan ketentuan peraturan perundang-undangan.",
        f"{THIS} tidak dengan sendirinya menimbulkan kewajiban pembayaran dari satu PIHAK kepada PIHAK lainnya.",
    )


def _confidentiality() -> str:
    return pasal("Kerahasiaan dan Pelindungan Data Pribadi", "rahasia") + ayat(
        "PARA PIHAK menjaga kerahasiaan data dan informasi yang diperoleh dalam pelaksanaan "
        f"{THIS} dan hanya menggunakannya sesuai dengan maksud dan tujuan sebagaimana dimaksud dalam "
        "{{ rujuk.maksud }}.",
        "Pertukaran dan pemrosesan data pribadi dilakukan berdasarkan perjanjian kerja sama dan sesuai "
        "dengan ketentuan "
        "peraturan perundang-undangan di bidang pelindungan data pribadi.",
        f"Kewajiban menjaga kerahasiaan tetap berlaku setelah {THIS} berakhir.",
    )
