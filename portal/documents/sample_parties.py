"""Parties for trying templates, as long as real ones are: names, degrees, addresses of three lines. All examples."""

from datetime import date
from typing import Final

from portal.documents.facts import AgreementFacts, ContactFacts, LegalFacts, PartyFacts
from portal.domain.agreement import AgreementKind, SigningCapacity


def contact(unit: str, name: str, address: str, *, email: str) -> ContactFacts:
    """Make a contact with a telephone number that nobody has."""
    return ContactFacts(unit=unit, name=name, address=address, phone="(021) 0000000", email=email)


def foundation(word: str, *, seat: str, number: str, signatory: str, npwp: str = "00.000.000.0-000.000") -> PartyFacts:
    """Make a foundation that is a welfare institution, with all its papers."""
    short = "".join(part[0] for part in word.split() if part[0].isalpha())
    address = f"Jalan Contoh Raya Nomor 5 RT 001 RW 002, Kelurahan Contoh, Kecamatan Contoh, {seat}"
    return PartyFacts(
        name=f"Yayasan Contoh {word}",
        short_name=f"Contoh {word}",
        number_printed=number,
        address=address,
        signatory=signatory,
        office=f"Ketua Pengurus Yayasan Contoh {word}",
        instrument=f"Keputusan Pembina Yayasan Contoh {word} Nomor 3 Tahun 2024 tanggal 8 Januari 2024",
        legal=LegalFacts(
            deed_no="12",
            deed_on=date(2015, 3, 9),
            notary="Contoh Notaris Utama, S.H., M.Kn., di Kota Contoh",
            approval_no="AHU-0000000.AH.01.04.TAHUN 2015",
            npwp=npwp,
            registration_no="000/CONTOH/LKS/2024",
        ),
        contact=contact("Sekretariat", f"Narahubung Contoh {word}", address, email=f"{short.lower()}@contoh.example"),
    )


DIRECTORATE: Final = PartyFacts(
    name="Direktorat Jenderal Rehabilitasi Contoh Kementerian Sosial Republik Indonesia",
    short_name="Kemensos",
    number_printed="7/CONTOH/HK.01/11/2026",
    address="Jalan Contoh Raya Nomor 28, Kelurahan Contoh, Kecamatan Contoh, Kota Administrasi Jakarta Pusat, "
    "Daerah Khusus Jakarta 10000",
    signatory="Dra. Contoh Maharani Wulandari, M.Si.",
    signatory_nip="00000000 000000 0 000",
    office="Direktur Rehabilitasi Sosial Lanjut Usia Contoh",
    capacity=SigningCapacity.ON_BEHALF,
    principal="Direktur Jenderal Rehabilitasi Contoh",
    instrument="Keputusan Menteri Sosial Nomor 0/HUK/2025 tanggal 6 Januari 2025 tentang Pelimpahan Wewenang (contoh)",
    contact=contact(
        "Direktorat Rehabilitasi Sosial Lanjut Usia Contoh",
        "Narahubung Contoh Kemensos",
        "Jalan Contoh Raya Nomor 28, Kelurahan Contoh, Kota Administrasi Jakarta Pusat 10000",
        email="kemensos@contoh.example",
    ),
)

MINISTRY: Final = PartyFacts(
    name="Kementerian Sosial Contoh Republik Indonesia",
    short_name="Kemensos",
    number_printed="0/CONTOH/HUK/2026",
    address="Jalan Contoh Raya Nomor 28, Kelurahan Contoh, Kecamatan Contoh, Kota Administrasi Jakarta Pusat, "
    "Daerah Khusus Jakarta 10000",
    signatory="Dr. (H.C.) Contoh Menteri Adiwangsa",
    office="Menteri Sosial Contoh Republik Indonesia",
    instrument="Keputusan Presiden Republik Indonesia Nomor 0/P Tahun 2024 (contoh)",
    contact=contact(
        "Biro Hukum Contoh, Sekretariat Jenderal",
        "Narahubung Contoh Biro Hukum",
        "Jalan Contoh Raya Nomor 28, Kelurahan Contoh, Kota Administrasi Jakarta Pusat 10000",
        email="birohukum@contoh.example",
    ),
    name_en="Ministry of Social Affairs (Example) of the Republic of Indonesia",
    office_en="Minister of Social Affairs (Example) of the Republic of Indonesia",
)

COMMISSION: Final = PartyFacts(
    name="Lembaga Contoh Pelindungan Saksi dan Korban Tindak Pidana",
    short_name="LCPSK",
    number_printed="NK-000/1/LCPSK/11/2026",
    address="Jalan Contoh Timur Nomor 47, Kelurahan Contoh, Kecamatan Contoh, Kota Administrasi Jakarta Timur, "
    "Daerah Khusus Jakarta 13000",
    signatory="Prof. Dr. Contoh Susilawardhani Kusumaningtyas, S.H., M.Hum., Ph.D.",
    office="Ketua Lembaga Contoh Pelindungan Saksi dan Korban Tindak Pidana",
    capacity=SigningCapacity.DAILY_ACTING,
    instrument="Keputusan Ketua Lembaga Nomor KEP-000/1/LCPSK/10/2026 tentang Penunjukan Pelaksana Harian (contoh)",
    contact=contact(
        "Biro Hukum, Kerja Sama, dan Hubungan Masyarakat Contoh",
        "Narahubung Contoh Kerja Sama",
        "Jalan Contoh Timur Nomor 47, Kota Administrasi Jakarta Timur 13000",
        email="kerjasama@contoh.example",
    ),
)

REGION: Final = PartyFacts(
    name="Pemerintah Daerah Kabupaten Contoh Utara",
    short_name="Pemkab Contoh Utara",
    number_printed="460/000/DINSOS-CU/2026",
    address="Jalan Jenderal Contoh Nomor 1, Kelurahan Contoh Tengah, Kecamatan Contoh Kota, Kabupaten Contoh Utara, "
    "Provinsi Contoh 40000",
    signatory="Drs. H. Contoh Bupati Wirakusumah, M.M.",
    office="Bupati Contoh Utara",
    instrument="Keputusan Menteri Dalam Negeri Nomor 100.2.1.3-0000 Tahun 2025 (contoh)",
    contact=contact(
        "Dinas Sosial Kabupaten Contoh Utara",
        "Narahubung Contoh Dinas Sosial",
        "Jalan Jenderal Contoh Nomor 1, Kecamatan Contoh Kota, Kabupaten Contoh Utara 40000",
        email="dinsos@contoh.example",
    ),
)

FOREIGN: Final = PartyFacts(
    name="Example Children's Relief International Limited",
    short_name="ECRI",
    number_printed="ECRI/ID/MOU/000/2026",
    address="100 Example Quay, Suite 1400, Example Harbour 00000, Republic of Example",
    signatory="Jonathan Example Featherstonehaugh",
    office="Direktur Eksekutif",
    instrument="resolusi dewan pengurus Nomor 00/2026 tanggal 2 Oktober 2026",
    contact=contact(
        "Kantor Perwakilan Indonesia",
        "Narahubung Contoh ECRI",
        "Gedung Contoh Lantai 14, Jalan Contoh Selatan Kaveling 1, Kota Administrasi Jakarta Selatan 12000",
        email="indonesia@ecri.example",
    ),
    office_en="Executive Director",
)

CARE: Final = foundation(
    "Kasih & Asih",
    seat="Kota Contoh Selatan, Provinsi Contoh Barat 16000",
    number="15/PKS/YCKA/XI/2026",
    signatory="Hj. Contoh Rahmawati Puspitasari, S.Sos., M.Kesos.",
)
CITIZENS: Final = foundation(
    "Bina Warga Lanjut Usia Sejahtera Mandiri",
    seat="Kabupaten Contoh Utara, Provinsi Contoh Timur 61000",
    number="21/YCBW/XI/2026",
    signatory="Drs. Contoh Abdurrahman Wahid Wirasasmita",
    npwp="00.000.000.0-000.001",
)

LITTLE_KNOWN: Final = AgreementFacts(
    kind=AgreementKind.MOU,
    printed_label="Nota Kesepahaman",
    title="Pelindungan dan Rehabilitasi Sosial bagi Saksi dan Korban Tindak Pidana",
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
