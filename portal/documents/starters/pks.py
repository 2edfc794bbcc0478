"""The starter for a Perjanjian Kerja Sama: rights and duties of each party, money, reports, sanctions, ends."""

from portal.documents.starters import clauses, frame, pks_duties, pks_protection
from portal.documents.starters.blocks import (
    ENDING,
    ayat,
    each,
    huruf,
    isi,
    items_or_mark,
    paragraph,
    pasal,
    when,
)
from portal.documents.starters.frame import THIS

TITLE = "Perjanjian Kerja Sama"


def body() -> str:
    """Write the whole text in order (design: domain §2.3)."""
    return "".join(
        [
            frame.logos(),
            frame.title("{{ jenis | kapital }}", subject="{{ judul | kapital }}"),
            frame.opening(),
            frame.parties(),
            _recitals(),
            frame.legal_bases(),
            frame.agreed("mengikatkan diri dalam {{ jenis }} ini"),
            _definitions(),
            _purpose(),
            _targets(),
            clauses.scope(),
            pks_duties.implementation(),
            pks_duties.rights(),
            pks_duties.duties(),
            pks_duties.funding(),
            clauses.term(notice="3 (tiga) bulan"),
            clauses.monitoring(),
            pks_duties.reporting(),
            pks_protection.confidentiality(),
            pks_protection.publication(),
            pks_protection.force_majeure(),
            pks_protection.sanctions(),
            pks_protection.ending(),
            clauses.settlement(),
            clauses.correspondence(),
            clauses.amendment(),
            clauses.closing(),
            frame.signatures(),
        ]
    )


def _recitals() -> str:
    parent = (
        "bahwa {{ jenis }} ini merupakan pelaksanaan {{ induk.jenis }} tentang {{ induk.judul }} "
        "{{ induk.nomor_gabung }} tanggal {{ induk.tanggal | tanggal }};"
    )
    return "".join(
        [
            items_or_mark("pertimbangan", style="Konsiderans", before="bahwa ", ending=";", unknown=";"),
            when("induk", paragraph("Konsiderans", parent)),
            paragraph(
                "Konsiderans",
                "bahwa PARA PIHAK sepakat mengatur pelaksanaan kerja sama tentang {{ judul }} dalam suatu perjanjian.",
            ),
        ]
    )


def _definitions() -> str:
    meanings = (
        "Pemerlu Atensi Sosial yang selanjutnya disingkat PAS adalah perseorangan, keluarga, kelompok, "
        "dan/atau "
        "masyarakat yang menjadi sasaran layanan kesejahteraan sosial sesuai dengan ketentuan peraturan "
        "perundang-undangan",
        "Penerima Manfaat adalah PAS yang menerima layanan berdasarkan {{ jenis }} ini",
        "Rencana Kerja adalah uraian kegiatan, keluaran, lokasi, waktu, penanggung jawab, dan pembiayaan "
        "yang disepakati "
        "PARA PIHAK untuk 1 (satu) tahun",
        "Data Pribadi adalah data tentang orang perseorangan yang teridentifikasi atau dapat "
        "diidentifikasi sebagaimana "
        "dimaksud dalam ketentuan peraturan perundang-undangan di bidang pelindungan data pribadi",
        "Hari Kerja adalah hari Senin sampai dengan hari Jumat, kecuali hari libur nasional dan cuti "
        "bersama yang "
        "ditetapkan oleh Pemerintah",
    )
    return (
        pasal("Ketentuan Umum", "umum")
        + isi(f"Dalam {THIS} yang dimaksud dengan:")
        + huruf(*(f"{meaning}." for meaning in meanings), shallow=True)
    )


def _purpose() -> str:
    return pasal("Maksud dan Tujuan", "maksud") + ayat(
        f"{THIS} dimaksudkan sebagai dasar bagi PARA PIHAK dalam melaksanakan kerja sama tentang {{{{ judul }}}}.",
        f"Tujuan {THIS} adalah {{{{ tujuan }}}}.",
    )


def _targets() -> str:
    targets = each("butir", "sasaran", paragraph("Huruf", "{{ butir }}" + ENDING))
    return "".join(
        [
            pasal("Sasaran dan Lokasi", "sasaran"),
            when(
                "sasaran",
                ayat(f"Sasaran {THIS} adalah:"),
                targets,
                otherwise=[ayat(f"Sasaran {THIS} adalah {{{{ sasaran | gabung }}}}.")],
            ),
            ayat(f"{THIS} dilaksanakan di {{{{ lokasi | gabung }}}}."),
        ]
    )
