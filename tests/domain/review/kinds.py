"""The faultless draft of each kind, put together from `good`."""

from dataclasses import replace

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block, Condition
from tests.domain.review.good import BASE, PARENT, article, closing, common, facts, printed, term

DATA = """
(1) PARA PIHAK memproses Data Pribadi untuk tujuan layanan berdasarkan ketentuan peraturan perundang-undangan.
(2) PIHAK KESATU adalah pengendali dan PIHAK KEDUA adalah prosesor.
(3) Unsur data meliputi nama dan alamat, termasuk data yang bersifat spesifik.
(4) Data hanya dibuka oleh petugas yang ditunjuk melalui saluran yang aman, setiap triwulan.
(5) PIHAK KEDUA menyampaikan data balikan dan dilarang meneruskan data kepada pihak lain.
(6) Kegagalan pelindungan diberitahukan paling lambat 3 x 24 (tiga kali dua puluh empat) jam.
(7) Data disimpan selama masa simpan lalu dimusnahkan dengan berita acara.
(8) PIHAK KESATU berhak memeriksa, dan penilaian dampak dilakukan bersama pejabat pelindungan data.
(9) Kerahasiaan tetap berlaku setelah Perjanjian Kerja Sama ini berakhir.
"""


def _pks_articles():
    label = "Perjanjian Kerja Sama"
    shared = common(label)
    return (
        article(
            "umum",
            "Ketentuan Umum",
            "Dalam Perjanjian Kerja Sama ini yang dimaksud dengan:\n"
            "a. Pemerlu Atensi Sosial yang selanjutnya disingkat PAS adalah sasaran layanan kesejahteraan sosial.\n"
            "b. Penerima Manfaat adalah PAS yang menerima layanan.\n"
            "c. Data Pribadi adalah data tentang orang perseorangan.",
            Block.DEFINITIONS,
        ),
        shared["tujuan"],
        shared["lingkup"],
        article(
            "hak",
            "Hak dan Kewajiban",
            "(1) PIHAK KESATU berkewajiban:\na. melatih pendamping Penerima Manfaat; dan\nb. menyediakan bahan.\n"
            "(2) PIHAK KEDUA berkewajiban:\na. menyampaikan laporan; dan\nb. menyediakan tempat.",
            Block.RIGHTS_OBLIGATIONS,
        ),
        article(
            "biaya",
            "Pembiayaan",
            "Pembiayaan adalah sebesar Rp325.000.000,00 (tiga ratus dua puluh lima juta rupiah).",
            Block.FUNDING,
        ),
        shared["jangka_waktu"],
        article("monev", "Monitoring dan Evaluasi", "Dilakukan 1 (satu) kali dalam 1 (satu) tahun.", Block.MONEV),
        article(
            "laporan",
            "Pelaporan",
            "Laporan disampaikan sesuai Pasal 4.",
            Block.REPORTING,
        ),
        article("data", "Pelindungan Data Pribadi", DATA, Block.DATA_PROTECTION),
        article(
            "kahar", "Keadaan Kahar", "Keadaan kahar diberitahukan dalam 14 (empat belas) hari.", Block.FORCE_MAJEURE
        ),
        article("sengketa", "Penyelesaian Perselisihan", "Diselesaikan dengan musyawarah.", Block.DISPUTE),
        shared["korespondensi"],
        shared["perubahan"],
        shared["penutup"],
    )


def pks():
    subject = facts(
        AgreementKind.PKS,
        "Perjanjian Kerja Sama",
        _pks_articles(),
        parent=PARENT,
        answers=frozenset({Condition.DATA_EXCHANGE, Condition.HAS_PARENT, Condition.FUNDED}),
    )
    recitals = (
        "bahwa lanjut usia berhak memperoleh layanan yang layak;",
        "bahwa ini pelaksanaan Nota Kesepahaman Nomor 3/HUK/2025 dan Nomor 11/NK/VI/2025 tanggal 12 Juni 2025.",
    )
    return printed(subject, ("PERJANJIAN KERJA SAMA",), recitals)


def mou(*, kind=AgreementKind.MOU, label="Nota Kesepahaman", extra=()):
    shared = common(label)
    tree = (
        shared["tujuan"],
        shared["lingkup"],
        article("pelaksanaan", "Pelaksanaan", "Diatur dalam perjanjian kerja sama tersendiri.", Block.IMPLEMENTATION),
        *extra,
        shared["jangka_waktu"],
        shared["korespondensi"],
        shared["perubahan"],
        shared["penutup"],
    )
    subject = facts(kind, label, tree)
    return printed(subject, (label.upper(),), ("bahwa PARA PIHAK memandang perlu menyatukan langkah.",))


def synergy_note():
    paid = article("biaya", "Pembiayaan", "Biaya dibebankan pada anggaran masing-masing PIHAK.", Block.FUNDING)
    return mou(kind=AgreementKind.SYNERGY_NOTE, label="Nota Kesepakatan Sinergi", extra=(paid,))


def _changing(kind, label, tree, **more):
    subject = facts(kind, label, tree, amended=BASE, **more)
    recital = (
        "bahwa PARA PIHAK telah menandatangani Perjanjian Kerja Sama Nomor 4/CONTOH/HK.01/11/2024 dan "
        "Nomor 9/PKS/XI/2024 tanggal 2 Desember 2024."
    )
    return printed(subject, (label.upper(), "ATAS", "PERJANJIAN KERJA SAMA"), (recital,))


def amendment():
    tree = (
        article(
            "perubahan",
            "Perubahan",
            "Ketentuan Pasal 9 diubah:\nSemula:\n“Perjanjian Kerja Sama ini berlaku di Kota Contoh.”\n"
            "Menjadi:\n“Perjanjian Kerja Sama ini berlaku di Kota Contoh dan Kabupaten Contoh.”",
            Block.CHANGES,
        ),
        closing("Adendum"),
    )
    return _changing(AgreementKind.AMENDMENT, "Adendum", tree, term_months=None, ends_on=None)


def extension():
    return _changing(AgreementKind.EXTENSION, "Perpanjangan", (term("Perpanjangan"), closing("Perpanjangan")))


def termination():
    tree = (
        article(
            "pengakhiran", "Pengakhiran", "Perjanjian Kerja Sama diakhiri sejak berita acara ini.", Block.TERMINATION
        ),
        closing("Berita Acara"),
    )
    label = "Berita Acara Pengakhiran"
    return _changing(AgreementKind.TERMINATION, label, tree, term_months=None, ends_on=None)


def covered_pks():
    """A PKS with a cover and a district in its title, its year too."""
    subject = replace(pks(), title="Perawatan Lanjut Usia di Kabupaten Contoh Tahun 2026")
    made = printed(
        subject, ("PERJANJIAN KERJA SAMA",), [line.text for line in subject.at("Pertimbangan") if line.label]
    )
    cover = tuple(replace(line, place="Sampul", style="Sampul") for line in made.at("Judul"))
    return replace(made, lines=(*cover, *made.lines))


GOOD = {
    "mou": mou,
    "pks": pks,
    "pks_covered": covered_pks,
    "synergy_note": synergy_note,
    "amendment": amendment,
    "extension": extension,
    "termination": termination,
}
