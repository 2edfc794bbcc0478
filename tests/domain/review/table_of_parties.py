"""The rows of the table about parties and signatories; `table` joins them with the others."""

from datetime import date

from portal.domain.agreement import SigningCapacity
from portal.domain.organisation import OrganisationKind
from portal.domain.review import Holder
from tests.domain.review import seeds
from tests.domain.review.good import THEIRS
from tests.domain.review.rows import Row, alone, called, crossed, signed_by

PARTIES = (
    Row("R40-party-count", "mou", alone, "Identitas para pihak", "1 pihak"),
    Row("R41-number-lines", "pks", seeds.line_out("Nomor", "15/PKS"), "Nomor", "1 baris nomor untuk 2 pihak"),
    Row("R42-number-blank", "pks", seeds.said("15/PKS/XI/2026", ".........", at="Nomor"), "Nomor", "PIHAK KEDUA"),
    Row("R42-number-blank", "mou", seeds.said("NOMOR: 15/PKS/XI/2026", "NOMOR:"), "Nomor", "masih kosong"),
    Row("R43-number-differs", "pks", seeds.said("15/PKS/XI/2026", "16/PKS/XI/2026"), "Nomor", "“16/PKS/XI/2026”"),
    Row(
        "R44-designation-twice",
        "pks",
        seeds.said("disebut PIHAK KEDUA", "disebut PIHAK KESATU", at="Identitas"),
        "Identitas para pihak",
        "PIHAK KESATU dipakai untuk dua pihak",
    ),
    Row(
        "R44-designation-twice",
        "pks",
        seeds.said("PIHAK KEDUA berkewajiban", "PIHAK KESATU berkewajiban"),
        "Pasal 4 ayat (2)",
        "PIHAK KESATU dipakai untuk dua pihak",
    ),
    Row("R45-designation-order", "pks", crossed, "Identitas para pihak", "PIHAK KEDUA, PIHAK KESATU"),
    Row(
        "R46-designation-unknown",
        "pks",
        seeds.said("PIHAK KEDUA berkewajiban", "PIHAK KETIGA berkewajiban"),
        "Pasal 4 ayat (2)",
        "PIHAK KETIGA",
    ),
    Row(
        "R47-identity",
        "pks",
        seeds.said("KETUA CONTOH KASIH", "KETUA CONTOH LAIN", at="Identitas"),
        "Identitas para pihak",
        "Ketua Contoh Kasih",
    ),
    Row("R47-identity", "pks", seeds.said("Ketua Pengurus", "Wakil", at="Ident"), "Identitas para pihak", "Ketua Peng"),
    Row("R48-signature-count", "pks", seeds.line_out("Tanda tangan", "PIHAK KEDUA"), "Tanda tangan", "1 tempat"),
    Row(
        "R49-signature-name",
        "pks",
        seeds.said("KETUA CONTOH KASIH", "KETUA CONTOH LAIN", at="Tanda"),
        "Tanda tangan",
        "Ketua Contoh Kasih",
    ),
    Row("R50-originals", "pks", seeds.said("rangkap 2 (dua)", "rangkap 3 (tiga)"), "Pasal 14", "3 rangkap"),
    Row("R50-originals", "mou", seeds.fact(originals=4), "Penutup", "4 rangkap"),
)

REGISTER = (
    Row(
        "R51-party-name",
        "pks",
        seeds.party(2, registered_name="Yayasan Kasih"),
        "Identitas para pihak",
        "“Yayasan Kasih”",
    ),
    Row(
        "R52-signatory-unknown",
        "pks",
        seeds.party(2, holders=(Holder(name="Sekretaris Contoh", office="Sekretaris"),)),
        "Identitas para pihak",
        "Ketua Contoh Kasih tidak tercatat",
    ),
    Row(
        "R53-signatory-office",
        "pks",
        seeds.party(2, holders=(Holder(name="Ketua Contoh Kasih", office="Bendahara"),)),
        "Identitas para pihak",
        "“Bendahara”",
    ),
    Row(
        "R54-signatory-period",
        "pks",
        seeds.party(2, holders=(Holder(name="Ketua Contoh Kasih", office="Ketua", ends_on=date(2026, 1, 31)),)),
        "Identitas para pihak",
        "tidak menjabat sebagai Ketua pada 21 November 2026",
    ),
    Row("R55-instrument-missing", "pks", seeds.party(2, instrument=" "), "Identitas para pihak", "PIHAK KEDUA"),
    Row(
        "R55-instrument-missing",
        "pks",
        seeds.both(
            seeds.said(
                "Keputusan Pembina Nomor 3 Tahun 2024",
                "[belum diketahui: dasar kewenangan penanda tangan PIHAK KEDUA]",
            ),
            seeds.party(2, instrument=None),
        ),
        "Identitas para pihak",
        "PIHAK KEDUA",
    ),
    Row(
        "R56-instrument-kind",
        "pks",
        seeds.party(2, capacity=SigningCapacity.POWER_OF_ATTORNEY, principal="Pembina"),
        "Identitas para pihak",
        "tidak cocok",
    ),
    Row("R57-principal-missing", "pks", seeds.party(1, principal=None), "Identitas para pihak", "yang diwakili"),
)

PAPERS = (
    Row(
        "R58-registration",
        "pks",
        seeds.party(2, registration_expires_on=date(2026, 10, 31)),
        "Identitas para pihak",
        "berakhir 31 Oktober 2026",
    ),
)

OF_THE_TEXT = (
    Row(
        "R51-party-name",
        "pks",
        seeds.said(f"atas nama {THEIRS}", "atas nama Yayasan Lain", at="Identitas"),
        "Identitas para pihak",
        "“Yayasan Lain”",
    ),
    Row("R52-signatory-unknown", "pks", seeds.party(2, holders=()), "Identitas para pihak", "tidak tercatat"),
    Row(
        "R53-signatory-office",
        "pks",
        seeds.said("Ketua Pengurus", "Bendahara", at="Tanda tangan"),
        "Tanda tangan",
        "“Bendahara Yayasan",
    ),
)

SIGNERS = (
    Row(
        "R59-signer-rank",
        "mou",
        called(2, "Dewan Contoh", kind=OrganisationKind.AGENCY),
        "Identitas para pihak",
        "ditandatangani Menteri atau atas namanya",
    ),
    Row(
        "R59-signer-rank",
        "pks",
        seeds.both(signed_by(1, "Kepala Biro Contoh"), seeds.party(1, principal="Direktur Contoh")),
        "Identitas para pihak",
        "pejabat pimpinan tinggi madya",
    ),
    Row(
        "R59-signer-rank",
        "pks",
        seeds.both(
            called(2, "Ditjen Kependudukan dan Pencatatan Sipil", kind=OrganisationKind.AGENCY),
            seeds.party(1, capacity=SigningCapacity.DEFINITIVE),
        ),
        "Identitas para pihak",
        "Kependudukan",
    ),
    Row(
        "R87-signer-usual",
        "synergy_note",
        seeds.both(
            signed_by(2, "Bupati Contoh", kind=OrganisationKind.REGION),
            seeds.party(1, capacity=SigningCapacity.DEFINITIVE),
        ),
        "Identitas para pihak",
        "lazimnya ditandatangani pejabat pimpinan tinggi madya",
    ),
    Row(
        "R88-signer-region",
        "synergy_note",
        signed_by(2, "Kepala Dinas Sosial", kind=OrganisationKind.REGION),
        "Identitas para pihak",
        "Kepala Dinas Sosial",
    ),
    Row(
        "R88-signer-region",
        "mou",
        signed_by(
            2,
            "Kepala Dinas Sosial",
            kind=OrganisationKind.REGION,
            capacity=SigningCapacity.POWER_OF_ATTORNEY,
            principal="Bupati Contoh",
            instrument="Surat Kuasa Nomor 1",
        ),
        "Identitas para pihak",
        "bukan kepala daerah",
    ),
    Row("R89-signer-foundation", "pks", signed_by(2, "Ketua Dewan Pembina"), "Identitas para pihak", "Pembina"),
    Row("R89-signer-foundation", "mou", signed_by(2, "Pengawas"), "Identitas para pihak", "bukan pengurusnya"),
)

ROWS_OF_PARTIES = (*PARTIES, *REGISTER, *PAPERS, *OF_THE_TEXT, *SIGNERS)
