"""Facts become a plain snapshot through the words of the field."""

import dataclasses
import json

import pytest

from portal.documents import context, samples
from portal.documents.facts import AgreementFacts, ObligationFacts, PartyFacts, RelatedFacts
from portal.domain.agreement import AgreementKind, SigningCapacity


def facts(**changes):
    parties = tuple(PartyFacts(name=f"Badan {n}", short_name=f"B{n}") for n in (1, 2, 3))
    first = AgreementFacts(kind=AgreementKind.PKS, printed_label="PKS", title="Uji", parties=parties)
    return dataclasses.replace(first, **changes)


@pytest.mark.parametrize("code", samples.BY_TEMPLATE)
def test_a_snapshot_is_plain_json(code):
    made = context.snapshot(samples.BY_TEMPLATE[code])
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(
    ("capacity", "office", "before"),
    [
        (SigningCapacity.DEFINITIVE, "Ketua", None),
        (SigningCapacity.ACTING, "Plt. Ketua", None),
        (SigningCapacity.DAILY_ACTING, "Plh. Ketua", None),
        (SigningCapacity.ON_BEHALF, "Ketua", "a.n."),
        (SigningCapacity.ON_BEHALF_DELEGATE, "Ketua", "u.b."),
        (SigningCapacity.POWER_OF_ATTORNEY, "Ketua", "Kuasa"),
    ],
)
def test_capacity_stands_before_or_above_the_office(capacity, office, before):
    party = PartyFacts(name="Badan", short_name="B", office="Ketua", capacity=capacity, principal="Menteri")
    said = context.snapshot(facts(parties=(party,)))["pihak"][0]
    assert (said["jabatan"], said["kapasitas"]) == (office, before)


def test_a_duty_is_the_right_of_whom_it_is_owed_to():
    duty = ObligationFacts(text="menyampaikan laporan;", debtors=(2, 3), creditors=(1,), due="setiap triwulan")
    first, second, third = context.snapshot(facts(obligations=(duty,)))["pihak"]
    assert second["kewajiban"] == third["kewajiban"] == ["menyampaikan laporan setiap triwulan"]
    assert first["hak"] == [
        "memperoleh pemenuhan kewajiban PIHAK KEDUA dan PIHAK KETIGA untuk menyampaikan laporan setiap triwulan"
    ]
    assert first["kewajiban"] == second["hak"] == []


def test_a_joint_duty_names_only_the_others_in_a_right():
    duty = ObligationFacts(text="bertukar data", debtors=(1, 2), creditors=(1, 2))
    first, second, _ = context.snapshot(facts(obligations=(duty,)))["pihak"]
    assert "PIHAK KEDUA untuk" in first["hak"][0]
    assert "PIHAK KESATU untuk" in second["hak"][0]


def test_a_parent_is_cited_with_every_number_that_is_known():
    numbers = (("B1", "3/HUK/2025"), ("B2", "11/NK/2025"))
    parent = RelatedFacts(printed_label="Nota Kesepahaman", title="Uji", numbers=numbers)
    assert context.snapshot(facts(parent=parent))["induk"]["nomor_gabung"] == "Nomor 3/HUK/2025 dan Nomor 11/NK/2025"
    assert context.snapshot(facts(parent=dataclasses.replace(parent, numbers=())))["induk"]["nomor_gabung"] is None


def test_end_marks_and_the_word_bahwa_are_set_by_the_template():
    said = context.snapshot(facts(recitals=("Bahwa hal itu penting;",), scope=("layanan.", "data ; ")))
    assert said["pertimbangan"] == ["hal itu penting"]
    assert said["ruang_lingkup"] == ["layanan", "data"]


def test_there_is_one_original_for_each_party_unless_said_otherwise():
    assert context.snapshot(facts())["rangkap"] == 3
    assert context.snapshot(facts(originals=5))["rangkap"] == 5


def test_an_office_that_names_its_body_is_not_said_twice():
    named = PartyFacts(name="Lembaga X", short_name="X", office="Ketua Lembaga X")
    other = PartyFacts(name="Lembaga X", short_name="X", office="Ketua")
    minister = PartyFacts(name="Kementerian Sosial Contoh", short_name="K", office="Menteri Sosial Contoh")
    first, second, third = context.snapshot(facts(parties=(named, other, minister)))["pihak"]
    assert (first["badan"], second["badan"], third["badan"]) == (None, "Lembaga X", None)


@pytest.mark.parametrize(
    ("name", "printed", "is_long"),
    [
        ("Siti Contoh", "SITI CONTOH", False),
        ("Siti Contoh, S.Sos., M.Si.", "SITI CONTOH, S.Sos.,\u00a0M.Si.", False),
        ("Dr. Siti Contoh, S.Sos., M.Si.", "Dr. SITI CONTOH,\nS.Sos.,\u00a0M.Si.", False),
        ("Drs. Abdurrahman Wirasasmita, M.Si.", "Drs. ABDURRAHMAN WIRASASMITA,\nM.Si.", True),
        (None, None, False),
    ],
)
def test_a_name_breaks_before_its_degrees_only(name, printed, is_long):
    said = context.snapshot(facts(parties=(PartyFacts(name="Badan", short_name="B", signatory=name),)))["pihak"][0]
    assert (said["nama_cetak"], said["nama_panjang"]) == (printed, is_long)


def test_the_ministry_and_its_partners_are_called_by_their_places():
    said = context.snapshot(facts(our_position=2))
    assert said["kementerian"]["sebutan"] == "PIHAK KEDUA"
    assert said["mitra"]["sebutan"] == "PIHAK KESATU dan PIHAK KETIGA"


def test_a_duty_is_a_row_of_the_work_plan():
    duty = ObligationFacts(text="menyediakan tempat;", debtors=(2, 3), creditors=(1,), due="setiap bulan")
    assert context.snapshot(facts(obligations=(duty,)))["rencana_kerja"] == [
        {"kegiatan": "menyediakan tempat", "waktu": "setiap bulan", "penanggung_jawab": "PIHAK KEDUA dan PIHAK KETIGA"}
    ]


def test_english_names_fall_back_to_their_own():
    named = PartyFacts(name="Badan", short_name="B", office="Ketua", name_en="Body", office_en="Chair")
    plain = PartyFacts(name="Lembaga", short_name="L", office="Ketua", capacity=SigningCapacity.ACTING)
    first, second = context.snapshot(facts(parties=(named, plain)))["pihak"]
    assert (first["inggris"]["nama"], first["inggris"]["jabatan"]) == ("Body", "Chair")
    assert (second["inggris"]["nama"], second["inggris"]["jabatan"]) == ("Lembaga", "Acting Ketua")
