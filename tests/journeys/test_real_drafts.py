"""The real set is drafted: five agreements of one signing day from one list, the two of the talks singly."""

import io
import re
import zipfile

from sqlalchemy import select

from portal.documents import preview
from portal.domain.agreement import AgreementKind
from portal.jobs import draft_in_bulk
from portal.models import Agreement, AgreementParty, Organisation
from tests.factories.bulk_lists import make_workbook
from tests.harness.clock import START
from tests.harness.sample import SampleHouse

LEGAL = "dewi@kemensos.example"
SCAVENGERS = "Asistensi Rehabilitasi Sosial (ATENSI) bagi Komunitas Pemulung"
LEFT = re.compile(r"\{\{|\{%|\bNone\b|\bnan\b|  ")


def of_the_day(house: SampleHouse) -> dict[str, str]:
    """Code of each of the five agreements, with the name of its LKS."""
    rows = house.session.execute(
        select(Agreement.code, Organisation.name)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .join(Organisation, Organisation.id == AgreementParty.organisation_id)
        .where(Agreement.title == SCAVENGERS, Organisation.is_ours.is_(False))
    )
    return {row.code: row.name for row in rows}


def check(text: str) -> None:
    """Pasal run from one to the last, nothing of the template is left."""
    numbers = [int(found) for found in re.findall(r"^Pasal (\d+)\b", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1)), text[:2000]
    assert len(numbers) >= 7, text
    assert not LEFT.search(text), LEFT.search(text)


def test_five_agreements_of_one_day_are_drafted_from_one_list(house: SampleHouse):
    known = of_the_day(house)
    assert len(known) == 5
    legal = house.visitor(LEGAL)
    content = make_workbook(["Kode naskah", "Ruang lingkup"], *([code, "asesmen\npendampingan"] for code in known))
    page = legal.page("staff.bulk.create")
    fields = {"template": "mou/1", "ours": "KEMENSOS", "workbook": (io.BytesIO(content), "pemulung.xlsx")}
    page = legal.submit(page, "Periksa daftar", fields)
    assert "0 dibuat, 5 siap, 0 perlu diperbaiki" in page.text
    page = legal.submit(page, "Buat 5 naskah")
    draft_in_bulk.run(house.app, now=START)
    answer = legal.open(f"{page.path.partition('?')[0]}/naskah")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as made:
        files = {name: made.read(name) for name in made.namelist() if name.endswith(".docx")}
    assert len(files) == 5
    for name, content in files.items():
        code = name.split()[0]
        text = preview.text(content)
        check(text)
        assert known[code].upper() in text.upper()
        others = [other for each, other in known.items() if each != code and other.upper() in text.upper()]
        assert not others, f"{name} names {others}"
        assert "sebelas bulan Desember tahun dua ribu dua puluh" in text
        assert "belum diketahui" in text, "who signed is not known and must not be invented"


def test_the_mou_and_the_pks_of_the_talks_are_drafted_singly(house: SampleHouse):
    rows = house.session.scalars(
        select(Agreement)
        .join(AgreementParty)
        .join(Organisation, Organisation.id == AgreementParty.organisation_id)
        .where(Organisation.short_name == "LPSK", Agreement.is_sample.is_(False))
        .order_by(Agreement.kind)
    ).all()
    assert [row.kind for row in rows] == [AgreementKind.MOU, AgreementKind.PKS]
    legal = house.visitor(LEGAL)
    texts = []
    for code in [row.code for row in rows]:
        legal.submit(legal.page("staff.agreements.show", code=code), "Buat naskah Word")
        texts.append(preview.text(legal.get("staff.agreements.rendition_file", code=code, number=1).data))
    for text in texts:
        check(text)
        assert "LEMBAGA PERLINDUNGAN SAKSI DAN KORBAN" in text.upper()
    assert "NOTA KESEPAHAMAN" in texts[0]
    assert "PERJANJIAN KERJA SAMA" in texts[1]
    assert rows[0].title in texts[1], "the PKS cites the MoU above it"
