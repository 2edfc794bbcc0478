"""Facts for trying templates: one of which little is known, full ones between bodies that are plainly examples."""

from dataclasses import replace
from datetime import date
from typing import Final

from portal.documents.facts import (
    AgreementFacts,
    ChangeFacts,
    ContactFacts,
    FundingFacts,
    LegalFacts,
    ObligationFacts,
    PartyFacts,
    RelatedFacts,
)
from portal.domain.agreement import AgreementKind, SigningCapacity

_SUBJECT: Final = "Pelindungan dan Rehabilitasi Sosial bagi Saksi dan Korban Tindak Pidana"

LITTLE_KNOWN: Final = AgreementFacts(
    kind=AgreementKind.MOU,
    printed_label="Nota Kesepahaman",
    title=_SUBJECT,
    parties=(
        PartyFacts(
            name="Kementerian Sosial Republik Indonesia",
            short_name="Kemensos",
            signatory="Saifullah Yusuf",
            office="Menteri Sosial Republik Indonesia",
        ),
        PartyFacts(
            name="Lembaga Perlindungan Saksi dan Korban",
            short_name="LPSK",
            signatory="Susilaningtyas",
            office="Ketua Lembaga Perlindungan Saksi dan Korban",
            capacity=SigningCapacity.DAILY_ACTING,
        ),
    ),
)
"""Two state bodies in talks (October 2025): nothing is signed, most is not known."""


def _contact(word: str) -> ContactFacts:
    return ContactFacts(
        unit=f"Bagian Kerja Sama ({word})",
        name=f"Narahubung Contoh {word}",
        address=f"Jalan Contoh Nomor {len(word)}, Jakarta",
        phone="021-0000000",
        email=f"{word.split(maxsplit=1)[0].lower()}@contoh.example",
    )


def _foundation(word: str, number: str | None) -> PartyFacts:
    return PartyFacts(
        name=f"Yayasan Contoh {word}",
        short_name=f"Contoh {word}",
        number_printed=number,
        address=f"Jalan {word} Nomor 5, Kota Contoh, Provinsi Contoh",
        signatory=f"Ketua Contoh {word}",
        office=f"Ketua Pengurus Yayasan Contoh {word}",
        instrument="Keputusan Pembina Nomor 3 Tahun 2024",
        legal=LegalFacts(
            deed_no="12",
            deed_on=date(2015, 3, 9),
            notary="Contoh Notaris, S.H., M.Kn.",
            approval_no="AHU-0000000.AH.01.04.TAHUN 2015",
            npwp="00.000.000.0-000.000",
            registration_no="000/CONTOH/2024",
        ),
        contact=_contact(word),
    )


_MINISTRY: Final = PartyFacts(
    name="Direktorat Jenderal Contoh Kementerian Sosial Republik Indonesia",
    short_name="Kemensos",
    number_printed="7/CONTOH/HK.01/11/2026",
    address="Jalan Contoh Raya Nomor 28, Jakarta Pusat",
    signatory="Direktur Contoh, S.Sos., M.Si.",
    signatory_nip="00000000 000000 0 000",
    office="Direktur Contoh Lanjut Usia",
    capacity=SigningCapacity.ON_BEHALF,
    principal="Direktur Jenderal Contoh",
    instrument="Keputusan Menteri Sosial Nomor 0 Tahun 2025 (contoh)",
    contact=_contact("Kemensos"),
)

MOU_OF_PKS: Final = RelatedFacts(
    printed_label="Nota Kesepahaman",
    title="Layanan Lanjut Usia (Contoh)",
    signed_on=date(2025, 6, 12),
    numbers=(("Kemensos", "3/HUK/2025"), ("Contoh Kasih & Asih", "11/NK/VI/2025")),
)

FULL: Final = AgreementFacts(
    kind=AgreementKind.PKS,
    printed_label="Perjanjian Kerja Sama",
    title="Perawatan Lanjut Usia Berbasis Keluarga (Contoh)",
    parties=(
        _MINISTRY,
        _foundation("Kasih & Asih", "15/PKS/XI/2026"),
        _foundation("Bina Warga", "21/YCBW/XI/2026"),
    ),
    signed_on=date(2026, 11, 21),
    place="Jakarta",
    starts_on=date(2026, 11, 21),
    ends_on=date(2029, 11, 21),
    term_months=36,
    purpose="meningkatkan mutu perawatan lanjut usia di lingkungan keluarga dan masyarakat",
    recitals=(
        "bahwa lanjut usia berhak memperoleh layanan yang layak dan bermartabat;",
        "bahwa PIHAK KEDUA dan PIHAK KETIGA adalah lembaga kesejahteraan sosial yang melayani lanjut usia;",
    ),
    legal_bases=(
        "Undang-Undang Nomor 13 Tahun 1998 tentang Kesejahteraan Lanjut Usia;",
        "Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial;",
    ),
    scope=(
        "pendampingan keluarga yang merawat lanjut usia",
        "perawatan lanjut usia di rumah",
        "pertukaran data Penerima Manfaat",
    ),
    targets=("lanjut usia telantar", "keluarga yang merawat lanjut usia"),
    locations=("Kota Contoh", "Kabupaten Contoh"),
    parent=MOU_OF_PKS,
    funding=FundingFacts(
        sentence="pembiayaan disalurkan dalam 2 (dua) tahap sesuai dengan Rencana Kerja",
        value=325_000_000,
        source="Daftar Isian Pelaksanaan Anggaran Direktorat Jenderal Contoh Tahun Anggaran 2027",
    ),
    obligations=(
        ObligationFacts(
            text="menyediakan pelatihan bagi pendamping keluarga",
            debtors=(1,),
            creditors=(2, 3),
            due="paling sedikit 1 (satu) kali dalam 1 (satu) tahun",
        ),
        ObligationFacts(
            text="menyampaikan laporan kegiatan kepada PIHAK KESATU",
            debtors=(2, 3),
            creditors=(1,),
            due="paling lambat tanggal 10 (sepuluh) setelah berakhirnya triwulan",
        ),
        ObligationFacts(text="menyediakan tempat kegiatan", debtors=(3,), creditors=(1, 2)),
    ),
)
"""Three parties, everything known; every body and person in it is an example."""

CHANGED: Final = replace(
    FULL,
    kind=AgreementKind.AMENDMENT,
    printed_label="Adendum",
    recitals=("bahwa kegiatan memerlukan tambahan waktu;",),
    legal_bases=(),
    parent=None,
    amended=RelatedFacts(
        printed_label="Perjanjian Kerja Sama",
        title="Perawatan Lanjut Usia Berbasis Keluarga (Contoh)",
        signed_on=date(2024, 11, 21),
        ends_on=date(2026, 11, 21),
        numbers=(("Kemensos", "4/CONTOH/HK.01/11/2024"), ("Contoh Kasih & Asih", "9/PKS/XI/2024")),
    ),
    changes=(
        ChangeFacts(
            article="Pasal 9 ayat (1)",
            old="Perjanjian Kerja Sama ini berlaku untuk jangka waktu 2 (dua) tahun.",
            new="Perjanjian Kerja Sama ini berlaku untuk jangka waktu 5 (lima) tahun.",
        ),
        ChangeFacts(article="Pasal 3 ayat (2)", old="Kota Contoh.", new="Kota Contoh dan Kabupaten Contoh."),
    ),
)
"""An addendum to a full agreement, with two changes."""

BY_TEMPLATE: Final = {"mou": LITTLE_KNOWN, "pks": FULL, "addendum": CHANGED}
"""The sample shown for each template."""
