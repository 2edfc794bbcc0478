"""Facts for trying templates: one of which little is known, full ones between bodies that are plainly examples."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from portal.documents import sample_parties as parties
from portal.documents.facts import (
    AgreementFacts,
    AidFacts,
    AidItemFacts,
    ChangeFacts,
    EnglishFacts,
    FundingFacts,
    ObligationFacts,
    RelatedFacts,
)
from portal.documents.sample_parties import LITTLE_KNOWN
from portal.domain.agreement import AgreementKind

MOU_OF_PKS: Final = RelatedFacts(
    printed_label="Nota Kesepahaman",
    title="Layanan Lanjut Usia (Contoh)",
    signed_on=date(2025, 6, 12),
    ends_on=date(2030, 6, 12),
    numbers=(("Kemensos", "3/HUK/2025"), ("Contoh Kasih & Asih", "11/NK/VI/2025")),
)

INTENT: Final = AgreementFacts(
    kind=AgreementKind.MOU,
    printed_label="Nota Kesepahaman",
    title="Pelindungan dan Rehabilitasi Sosial bagi Saksi dan Korban Tindak Pidana (Contoh)",
    parties=(parties.MINISTRY, parties.COMMISSION),
    signed_on=date(2026, 11, 21),
    place="Jakarta",
    starts_on=date(2026, 11, 21),
    ends_on=date(2031, 11, 21),
    term_months=60,
    purpose="memadukan pelindungan hukum dan rehabilitasi sosial sehingga saksi dan korban tindak pidana pulih dan "
    "berfungsi sosial kembali",
    recitals=(
        "saksi dan korban tindak pidana berhak atas pelindungan, pemulihan, dan rehabilitasi sosial;",
        "PIHAK KESATU menyelenggarakan rehabilitasi sosial bagi Pemerlu Atensi Sosial, termasuk korban tindak pidana;",
        "PIHAK KEDUA memberikan pelindungan dan bantuan kepada saksi dan korban tindak pidana;",
    ),
    legal_bases=(
        "Undang-Undang Nomor 13 Tahun 2006 tentang Perlindungan Saksi dan Korban sebagaimana telah diubah dengan "
        "Undang-Undang Nomor 31 Tahun 2014;",
        "Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial;",
        "Peraturan Pemerintah Nomor 39 Tahun 2012 tentang Penyelenggaraan Kesejahteraan Sosial;",
    ),
    scope=(
        "rehabilitasi sosial bagi saksi dan korban tindak pidana",
        "rujukan layanan antarunit kerja dan rumah aman",
        "peningkatan kapasitas sumber daya manusia",
        "pertukaran data dan informasi",
    ),
)
"""A statement of intent between two state bodies, everything known."""

FULL: Final = AgreementFacts(
    kind=AgreementKind.PKS,
    printed_label="Perjanjian Kerja Sama",
    title="Perawatan Lanjut Usia Berbasis Keluarga dan Masyarakat di Daerah Tertinggal (Contoh)",
    parties=(parties.DIRECTORATE, parties.CARE, parties.CITIZENS),
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
        "peningkatan kapasitas pendamping",
    ),
    targets=("lanjut usia telantar", "keluarga yang merawat lanjut usia"),
    locations=("Kota Contoh Selatan, Provinsi Contoh Barat", "Kabupaten Contoh Utara, Provinsi Contoh Timur"),
    parent=MOU_OF_PKS,
    funding=FundingFacts(
        sentence="pembiayaan disalurkan dalam 2 (dua) tahap sesuai dengan Rencana Kerja",
        value=325_000_000,
        source="Daftar Isian Pelaksanaan Anggaran Direktorat Jenderal Rehabilitasi Contoh Tahun Anggaran 2027",
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
            due="paling lambat 10 (sepuluh) Hari Kerja setelah setiap semester berakhir",
        ),
        ObligationFacts(text="menyediakan tempat kegiatan", debtors=(3,), creditors=(1, 2), due="setiap bulan"),
    ),
)
"""Three parties, everything known; every body and person in it is an example."""

AIDED: Final = replace(
    FULL,
    title="Penyaluran Bantuan Sarana Usaha Pengolahan Plastik bagi Komunitas Pemulung (Contoh)",
    parties=(parties.DIRECTORATE, parties.CARE),
    purpose="meningkatkan penghasilan komunitas pemulung melalui pengolahan plastik",
    recitals=("bahwa komunitas pemulung memerlukan sarana usaha yang layak;",),
    scope=("penyaluran sarana usaha", "pelatihan penggunaan sarana usaha", "pendampingan usaha bersama"),
    targets=("komunitas pemulung binaan PIHAK KEDUA",),
    locations=("Kota Contoh Selatan, Provinsi Contoh Barat",),
    aid=AidFacts(
        description="sarana usaha pengolahan plastik",
        value=325_000_000,
        recipient="komunitas pemulung binaan PIHAK KEDUA",
        items=(
            AidItemFacts(name="Mesin pres plastik", quantity=5, unit="unit", condition="baik dan baru"),
            AidItemFacts(name="Mesin cacah plastik", quantity=10, unit="unit", condition="baik dan baru"),
        ),
    ),
    obligations=(
        ObligationFacts(
            text="menyerahkan sarana usaha",
            debtors=(1,),
            creditors=(2,),
            due="paling lambat 30 (tiga puluh) hari kalender setelah penandatanganan",
        ),
        ObligationFacts(
            text="mendampingi komunitas dalam menggunakan sarana usaha",
            debtors=(2,),
            creditors=(1,),
            due="setiap bulan",
        ),
    ),
)
"""Two parties and goods for one community each (design: domain §5.6)."""

DATA: Final = replace(
    FULL,
    title="Pertukaran dan Pemanfaatan Data Lanjut Usia Penerima Layanan (Contoh)",
    parties=(parties.DIRECTORATE, parties.COMMISSION),
    purpose="memadankan data lanjut usia agar layanan tepat sasaran",
    recitals=("bahwa layanan yang tepat sasaran memerlukan data yang mutakhir;",),
    scope=("pemadanan data", "pemanfaatan data untuk layanan", "pemutakhiran data secara berkala"),
    data_elements=("nama", "tanggal lahir", "jenis kelamin", "alamat", "jenis layanan yang diterima"),
    funding=None,
    obligations=(
        ObligationFacts(text="mengirimkan data hasil pemadanan", debtors=(1,), creditors=(2,), due="setiap triwulan"),
        ObligationFacts(
            text="menyampaikan laporan pemanfaatan data", debtors=(2,), creditors=(1,), due="setiap semester"
        ),
    ),
    parent=replace(MOU_OF_PKS, numbers=(("Kemensos", "3/HUK/2025"), ("LCPSK", "NK-011/1/LCPSK/06/2025"))),
)
"""Two state bodies that exchange personal data."""

SYNERGY: Final = replace(
    FULL,
    kind=AgreementKind.SYNERGY_NOTE,
    printed_label="Nota Kesepakatan Sinergi",
    title="Sinergi Perencanaan dan Pelaksanaan Rehabilitasi Sosial Lanjut Usia (Contoh)",
    parties=(parties.MINISTRY, parties.REGION),
    recitals=(
        "bahwa rehabilitasi sosial merupakan urusan yang diselenggarakan oleh Pemerintah dan pemerintah daerah;",
    ),
    legal_bases=(
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;",
        "Peraturan Pemerintah Nomor 28 Tahun 2018 tentang Kerja Sama Daerah;",
    ),
    parent=None,
    funding=None,
    obligations=(
        ObligationFacts(
            text="menyelenggarakan bimbingan teknis pekerja sosial",
            debtors=(1,),
            creditors=(2,),
            due="triwulan II 2027",
        ),
        ObligationFacts(
            text="menyediakan tempat dan petugas layanan lanjut usia", debtors=(2,), creditors=(1,), due="setiap bulan"
        ),
    ),
)
"""A ministry and a region, with the work plan as annex."""

CHANGED: Final = replace(
    FULL,
    kind=AgreementKind.AMENDMENT,
    printed_label="Adendum",
    recitals=("bahwa kegiatan memerlukan tambahan waktu;",),
    legal_bases=(),
    parent=None,
    amended=RelatedFacts(
        printed_label="Perjanjian Kerja Sama",
        title=FULL.title,
        signed_on=date(2024, 11, 21),
        ends_on=date(2026, 12, 31),
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

EXTENDED: Final = replace(
    CHANGED,
    kind=AgreementKind.EXTENSION,
    printed_label="Perpanjangan",
    recitals=(),
    changes=(),
    starts_on=date(2027, 1, 1),
    ends_on=date(2029, 12, 31),
)
"""An extension before the end."""

ENDED: Final = replace(
    CHANGED,
    kind=AgreementKind.TERMINATION,
    printed_label="Berita Acara Pengakhiran",
    recitals=("bahwa tujuan kerja sama telah tercapai lebih awal;",),
    changes=(),
)
"""An early end by consent."""

HANDED_OVER: Final = replace(
    AIDED,
    printed_label="Berita Acara Serah Terima",
    parent=RelatedFacts(
        printed_label="Perjanjian Kerja Sama",
        title=AIDED.title,
        signed_on=date(2026, 9, 1),
        numbers=(("Kemensos", "5/CONTOH/HK.01/9/2026"), ("Contoh Kasih & Asih", "8/PKS/YCKA/IX/2026")),
    ),
    legal_bases=(),
)
"""Goods handed over as the agreement above says."""

FOREIGN: Final = replace(
    INTENT,
    title="Pengasuhan Anak Berbasis Keluarga (Contoh)",
    parties=(parties.MINISTRY, parties.FOREIGN),
    purpose="memperluas pengasuhan anak berbasis keluarga",
    recitals=("setiap anak berhak tumbuh dalam keluarga;", "PARA PIHAK mempunyai pengalaman dalam pengasuhan anak;"),
    legal_bases=("Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial;",),
    scope=("peningkatan kapasitas pengasuh", "pertukaran pengetahuan dan praktik baik"),
    governing_language="Bahasa Indonesia",
    english=EnglishFacts(
        title="Family-Based Care for Children (Example)",
        purpose="to widen family-based care for children",
        recitals=("every child has the right to grow up in a family;", "the PARTIES are experienced in child care;"),
        legal_bases=("Law Number 11 of 2009 on Social Welfare;",),
        scope=("capacity building for carers", "exchange of knowledge and good practice"),
    ),
)
"""A statement of intent with a foreign body, in two languages."""

__all__ = ["BY_TEMPLATE", "FULL", "LITTLE_KNOWN"]

BY_TEMPLATE: Final[Mapping[str, AgreementFacts]] = {
    "mou": INTENT,
    "pks": FULL,
    "pks_aid": AIDED,
    "pks_data": DATA,
    "synergy_note": SYNERGY,
    "addendum": CHANGED,
    "extension": EXTENDED,
    "termination": ENDED,
    "bast": HANDED_OVER,
    "mou_bilingual": FOREIGN,
}
"""The sample shown for each template."""
