"""Every rule of Periksa Naskah with a bad sample and the finding it must yield: the only one.

`Row(rule, kind, how the good draft is spoilt, place, words of the sentence)`.
"""

from dataclasses import replace
from datetime import date

from portal.domain.agreement import Standing
from portal.domain.clause import Condition
from portal.domain.organisation import OrganisationKind
from tests.domain.review import seeds
from tests.domain.review.good import SUBJECT, THEIRS
from tests.domain.review.rows import Row, beside, signed_by, swapped
from tests.domain.review.table_of_parties import ROWS_OF_PARTIES

OPENED = "Sabtu tanggal dua puluh satu bulan November tahun dua ribu dua puluh enam (21-11-2026)"
CROSSES = "X" * 3


BLOCKS = (
    Row("R01-block", "mou", seeds.without("pelaksanaan"), "Susunan Pasal", "Pelaksanaan"),
    Row("R01-block", "pks", seeds.without("kahar"), "Susunan Pasal", "Keadaan kahar"),
    Row("R01-block", "amendment", seeds.without("penutup"), "Susunan Pasal", "Penutup"),
    Row(
        "R02-mou-like-pks",
        "mou",
        seeds.article("pelaksanaan", "PIHAK KEDUA menerima Rp5.000.000,00 (lima juta rupiah)."),
        "Pasal 3",
        "Pelaksanaan",
    ),
    Row(
        "R03-data-block",
        "pks",
        seeds.both(seeds.without("data"), seeds.said("dengan musyawarah", "atas Data Pribadi")),
        "Susunan Pasal",
        "data pribadi",
    ),
    Row(
        "R04-aid-block",
        "pks",
        lambda one: replace(one, answers=one.answers | {Condition.AID}),
        "Susunan Pasal",
        "serah terima",
    ),
    Row(
        "R05-region-sanctions",
        "pks",
        signed_by(1, "Bupati Contoh", kind=OrganisationKind.REGION),
        "Susunan Pasal",
        "belum memuat sanksi",
    ),
)

TITLES = (
    Row("R10-title-missing", "pks", seeds.said("TENTANG", "PERIHAL", at="Judul"), "Judul", "TENTANG"),
    Row("R11-title-differs", "pks", seeds.fact(title="Perawatan Anak"), "Judul", "Perawatan Anak"),
    Row("R12-title-place", "pks_covered", seeds.said("CONTOH TAHUN", "GARUT TAHUN", at="Judul"), "Judul", "Garut"),
    Row("R13-title-year", "pks", seeds.said(SUBJECT.upper(), f"{SUBJECT.upper()} TAHUN 2025"), "Judul", "tahun 2025"),
    Row("R14-title-order", "pks", swapped, "Judul", f"({THEIRS} dan "),
    Row("R15-title-party", "pks", seeds.said(THEIRS.upper(), "YAYASAN LAIN", at="Judul"), "Judul", THEIRS),
)

DAYS = (
    Row("R20-weekday", "pks", seeds.said("ini, Sabtu", "ini, Jum'at"), "Pembukaan", "adalah hari Sabtu, bukan Jumat"),
    Row("R20-weekday", "pks", seeds.said("sejak tanggal", "sejak Senin, tanggal"), "Pasal 6 ayat (1)", "bukan Senin"),
    Row("R21-date-words", "pks", seeds.said("(21-11-2026)", "(22-11-2026)"), "Pembukaan", "(22-11-2026)"),
    Row(
        "R22-date-impossible",
        "mou",
        seeds.article("pelaksanaan", "Dilaksanakan paling lambat 31 November 2027."),
        "Pasal 3",
        "31 November 2027",
    ),
    Row("R23-opening", "pks", seeds.said(OPENED, "tersebut di bawah"), "Pembukaan", "tanggal penandatanganan"),
    Row("R23-opening", "pks", seeds.said("bertempat di Jakarta, ", ""), "Pembukaan", "tempat penandatanganan"),
    Row(
        "R24-signed-on",
        "pks",
        seeds.said(OPENED, "Minggu tanggal 22 bulan November tahun 2026"),
        "Pembukaan",
        "dicatat 21 November 2026",
    ),
    Row("R25-signed-place", "pks", seeds.said("bertempat di Jakarta", "bertempat di Bogor"), "Pembukaan", "Bogor"),
    Row(
        "R26-number-year",
        "pks",
        seeds.both(seeds.said("15/PKS/XI/2026", "15/PKS/XI/2025"), seeds.party(2, number="15/PKS/XI/2025")),
        "Nomor",
        "15/PKS/XI/2025",
    ),
)

AMOUNTS = (
    Row("R30-words-figures", "pks", seeds.said("14 (empat belas)", "14 (lima belas)"), "Pasal 10", "14 (lima belas)"),
    Row(
        "R31-words-unreadable", "pks", seeds.said("14 (empat belas)", "14 (empat blas)"), "Pasal 10", "14 (empat blas)"
    ),
    Row("R32-money", "pks", seeds.said("tiga ratus dua puluh lima", "tiga ratus lima"), "Pasal 5", "tiga ratus lima"),
    Row(
        "R33-term-sum",
        "amendment",
        seeds.fact(term_months=36, ends_on=date(2029, 5, 1)),
        "Jangka waktu",
        "berakhir 21 November 2029, bukan 1 Mei 2029",
    ),
    Row("R34-term-dates", "pks", seeds.said("3 (tiga) tahun", "2 (dua) tahun"), "Pasal 6 ayat (1)", "2 (dua) tahun"),
    Row(
        "R35-term-differs",
        "pks",
        seeds.both(
            seeds.said("3 (tiga) tahun", "2 (dua) tahun"), seeds.said("November 2029", "November 2028", at="Pasal 6")
        ),
        "Pasal 6 ayat (1)",
        "3 (tiga) tahun",
    ),
    Row(
        "R36-end-differs",
        "pks",
        seeds.both(
            seeds.said("21 November 2026", "1 Desember 2026", at="Pasal 6"),
            seeds.said("21 November 2029", "1 Desember 2029", at="Pasal 6"),
        ),
        "Pasal 6 ayat (1)",
        "dicatat 21 November 2029",
    ),
)

ENDS = (
    Row(
        "R36-end-differs",
        "pks",
        seeds.article("jangka_waktu", "Perjanjian Kerja Sama ini berlaku sampai dengan tanggal 1 Mei 2029."),
        "Pasal 6",
        "berakhir 1 Mei 2029",
    ),
)

BESIDE = (
    Row("R82-placeholder", "pks", beside("Kaki halaman", "[isi paraf]"), "Kaki halaman", "[isi paraf]"),
    Row("R83-other-draft", "pks", beside("Kepala halaman", "Yayasan Contoh Lain"), "Kepala halaman", "Contoh Lain"),
    Row("R30-words-figures", "mou", beside("Catatan kaki", "dalam 3 (dua) tahun"), "Catatan kaki", "3 (dua)"),
    Row(
        "R76-term-undefined",
        "pks",
        seeds.both(seeds.fact(known_terms=("Tim Bersama",)), seeds.said("dengan musyawarah", "oleh Tim Bersama")),
        "Pasal 11",
        "Tim Bersama",
    ),
)

RELATED = (
    Row("R60-parent-missing", "pks", seeds.fact(parent=None), "Naskah induk", "belum menunjuk"),
    Row("R61-parent-cited", "pks", seeds.said("11/NK/VI/2025", "12/NK/VI/2025"), "Pertimbangan", "11/NK/VI/2025"),
    Row(
        "R62-parent-in-force",
        "pks",
        seeds.parent(ends_on=date(2026, 6, 12), standing=Standing.ENDED),
        "Naskah induk",
        "pada 21 November 2026: sudah berakhir",
    ),
    Row("R62-parent-in-force", "pks", seeds.parent(standing=None), "Naskah induk", "diakhiri atau sedang ditangguhkan"),
    Row(
        "R63-parent-unsigned",
        "pks",
        seeds.parent(signed_on=None, standing=None),
        "Naskah induk",
        "belum ditandatangani",
    ),
    Row("R64-parent-end", "pks", seeds.parent(ends_on=date(2028, 6, 12)), "Jangka waktu", "12 Juni 2028"),
    Row("R65-parent-start", "pks", seeds.parent(starts_on=date(2026, 12, 1)), "Jangka waktu", "1 Desember 2026"),
    Row("R66-parent-party", "pks", seeds.parent(party_codes=frozenset({"KEMENSOS"})), "Naskah induk", THEIRS),
    Row("R67-base-missing", "amendment", seeds.fact(amended=None), "Naskah yang diubah", "belum dipilih"),
    Row("R68-base-cited", "extension", seeds.said("2 Desember 2024", "2 Mei 2024"), "Pertimbangan", "2 Desember 2024"),
    Row("R69-base-ended", "amendment", seeds.base(ends_on=date(2026, 11, 1)), "Naskah yang diubah", "1 November 2026"),
)

OPTIONS = (
    Row("R70-language", "mou", seeds.party(2, is_foreign=True), "Bahasa", "pihak asing"),
    Row("R71-indonesian", "mou", seeds.fact(language="en"), "Bahasa", "tidak berbahasa Indonesia"),
    Row("R72-governing-language", "mou", seeds.fact(language="id-en"), "Bahasa", "penafsiran"),
    Row("R73-emblem", "pks", seeds.fact(has_emblem=True), "Logo", "lambang negara"),
    Row(
        "R74-data-checklist",
        "pks",
        seeds.said("3 x 24 (tiga kali dua puluh empat) jam", "3 hari"),
        "Pelindungan data",
        "3 x 24",
    ),
    Row(
        "R75-term-unused",
        "pks",
        seeds.said("pendamping Penerima Manfaat", "pendamping"),
        "Pasal 1 huruf b",
        "Penerima Manfaat",
    ),
    Row(
        "R76-term-undefined",
        "pks",
        seeds.said("14 (empat belas) hari", "14 (empat belas) Hari Kerja"),
        "Pasal 10",
        "Hari Kerja",
    ),
    Row(
        "R77-term-twice",
        "pks",
        seeds.line_in("Pasal 1 huruf d", "Penerima Manfaat adalah anak.", label="d.", after="orang perseorangan"),
        "Pasal 1 huruf d",
        "Penerima Manfaat",
    ),
)

LEFTOVERS = (
    Row("R80-unknown", "pks", seeds.said("dengan musyawarah", "dengan [belum diketahui: cara]"), "Pasal 11", "cara"),
    Row("R81-template-mark", "pks", seeds.said("dengan musyawarah", "dengan {{ cara }}"), "Pasal 11", "{{ cara }}"),
    Row("R82-placeholder", "pks", seeds.said("dengan musyawarah", "dengan …"), "Pasal 11", "…"),
    Row("R82-placeholder", "pks", seeds.said("dengan musyawarah", f"dengan {CROSSES}"), "Pasal 11", CROSSES),
    Row(
        "R82-placeholder", "mou", seeds.said("tersendiri", "[isi nama perjanjian]"), "Pasal 3", "[isi nama perjanjian]"
    ),
    Row(
        "R83-other-draft", "pks", seeds.said("dengan musyawarah", "oleh Yayasan Contoh Lain"), "Pasal 11", "Contoh Lain"
    ),
    Row(
        "R84-not-a-party",
        "pks",
        seeds.said("dengan musyawarah", "oleh Lembaga Perlindungan Saksi dan Korban"),
        "Pasal 11",
        "Lembaga Perlindungan Saksi dan Korban",
    ),
    Row(
        "R85-other-region", "pks", seeds.said("dengan musyawarah", "di Kabupaten Garut"), "Pasal 11", "Kabupaten Garut"
    ),
    Row("R85-other-region", "mou", seeds.said("secara", "di Lembata", at="Pertimbangan"), "Pertimbangan", "Lembata"),
    Row(
        "R86-other-instrument",
        "pks",
        seeds.said("Tujuan Perjanjian Kerja Sama ini", "Tujuan Nota Kesepahaman ini"),
        "Pasal 2",
        "Nota",
    ),
)

STRUCTURE = (
    Row(
        "R90-reference",
        "pks",
        seeds.both(
            seeds.article("sengketa", "Lihat {{ rujuk.sanksi }}."),
            seeds.said("{{ rujuk.sanksi }}", "[belum diketahui: rujukan ke “sanksi”]"),
        ),
        "Pasal 11",
        "“sanksi”",
    ),
    Row("R91-reference-typed", "pks", seeds.fact(typed_references=(("Pasal 99", "Pasal 8"),)), "Pasal 8", "Pasal 99"),
    Row(
        "R92-empty-line",
        "pks",
        seeds.line_in("Pasal 4 ayat (3)", "", label="(3)", after="menyediakan tempat"),
        "Pasal 4 ayat (3)",
        "tanpa isi",
    ),
    Row("R93-empty-article", "pks", seeds.article("sengketa", ""), "Pasal 11", "hanya berisi judul"),
    Row("R94-list-end", "pks", seeds.said("pelatihan.", "pelatihan;"), "Pasal 3 huruf c", "pelatihan;"),
)

ROWS = (
    *BLOCKS,
    *TITLES,
    *DAYS,
    *AMOUNTS,
    *ENDS,
    *ROWS_OF_PARTIES,
    *BESIDE,
    *RELATED,
    *OPTIONS,
    *LEFTOVERS,
    *STRUCTURE,
)
