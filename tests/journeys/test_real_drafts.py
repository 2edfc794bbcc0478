"""The real set is drafted: five agreements of one signing day from one list, the two of the talks singly."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.documents import preview
from portal.domain.agreement import AgreementKind
from portal.jobs import draft_in_bulk
from portal.models import Agreement, AgreementParty, Draft, Organisation
from portal.services import draft_reviews
from tests.factories.bulk_lists import make_workbook
from tests.harness.clock import START
from tests.harness.libreoffice import LibreOffice
from tests.harness.sample import SampleHouse

LEGAL = "dewi@kemensos.example"
SCAVENGERS = "Asistensi Rehabilitasi Sosial (ATENSI) bagi Komunitas Pemulung"
UNKNOWN = {"R42-number-blank", "R55-instrument-missing", "R63-parent-unsigned", "R80-unknown"}
"""Rules on what the sources of the real set do not tell; the MoU with LPSK is still being talked about."""
LEFT = re.compile(r"\{\{|\{%|\bNone\b|\bnan\b|  ")


def of_the_day(house: SampleHouse) -> list[str]:
    """The names of the five LKS that signed that day. What is signed is not written again, so rows name the LKS."""
    return list(
        house.session.scalars(
            select(Organisation.name)
            .join(AgreementParty, AgreementParty.organisation_id == Organisation.id)
            .join(Agreement, Agreement.id == AgreementParty.agreement_id)
            .where(Agreement.title == SCAVENGERS, Organisation.is_ours.is_(False))
            .distinct()
            .order_by(Organisation.name)
        )
    )


def check(text: str, heading: str = r"^Pasal (\d+)\b") -> None:
    """Pasal run from one to the last, nothing of the template is left."""
    numbers = [int(found) for found in re.findall(heading, text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1)), text[:2000]
    assert len(numbers) >= 7, text
    assert not LEFT.search(text), LEFT.search(text)


def made_in_bulk(house: SampleHouse, known: list[str]) -> list[bytes]:
    """The Word files of a list that names each LKS of the day."""
    legal = house.visitor(LEGAL)
    headings = ["Mitra", "Ruang lingkup", "Tanggal tanda tangan", "Tempat tanda tangan"]
    content = make_workbook(headings, *([name, "asesmen\npendampingan", "11-12-2020", "Jakarta"] for name in known))
    page = legal.page("staff.bulk.create")
    fields = {"template": "mou/1", "ours": "KEMENSOS", "title": SCAVENGERS}
    fields |= {"workbook": (io.BytesIO(content), "pemulung.xlsx")}
    page = legal.submit(page, "Periksa daftar", fields)
    assert "0 dibuat, 5 siap, 0 perlu diperbaiki" in page.text
    page = legal.submit(page, "Buat 5 naskah")
    draft_in_bulk.run(house.app, now=START)
    answer = legal.open(f"{page.path.partition('?')[0]}/naskah")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as made:
        return [made.read(name) for name in made.namelist() if name.endswith(".docx")]


def of_the_talks(house: SampleHouse) -> list[Agreement]:
    """The MoU of the talks with LPSK, then the PKS below it."""
    return list(
        house.session.scalars(
            select(Agreement)
            .join(AgreementParty)
            .join(Organisation, Organisation.id == AgreementParty.organisation_id)
            .where(Organisation.short_name == "LPSK", Agreement.is_sample.is_(False))
            .order_by(Agreement.kind)
        )
    )


def made_singly(house: SampleHouse) -> list[bytes]:
    """The Word files of the talks, each by its own button."""
    legal, files = house.visitor(LEGAL), []
    for row in of_the_talks(house):
        legal.submit(legal.page("staff.agreements.show", code=row.code), "Buat naskah Word")
        files.append(legal.get("staff.agreements.rendition_file", code=row.code, number=1).data)
    return files


@pytest.fixture(scope="module")
def house(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """Both sets; nothing here asks for a browser or mail."""
    return make_sample()


@pytest.fixture(scope="module")
def files(house: SampleHouse) -> dict[str, list[bytes]]:
    """All seven: `five` of the day, `two` of the talks."""
    return {"five": made_in_bulk(house, of_the_day(house)), "two": made_singly(house)}


def test_five_agreements_of_one_day_are_drafted_from_one_list(house: SampleHouse, files: dict[str, list[bytes]]):
    known = of_the_day(house)
    assert len(known) == len(files["five"]) == 5
    named = []
    for content in files["five"]:
        text = preview.text(content)
        check(text)
        named += [[each for each in known if each.upper() in text.upper()]]
        assert "sebelas bulan Desember tahun dua ribu dua puluh" in text
        assert "belum diketahui" in text, "who signed is not known and must not be invented"
    assert sorted(named) == sorted([each] for each in known), "each names its own LKS and no other"


def test_the_mou_and_the_pks_of_the_talks_are_drafted_singly(house: SampleHouse, files: dict[str, list[bytes]]):
    rows, texts = of_the_talks(house), [preview.text(content) for content in files["two"]]
    assert [row.kind for row in rows] == [AgreementKind.MOU, AgreementKind.PKS]
    for text in texts:
        check(text)
        assert "LEMBAGA PERLINDUNGAN SAKSI DAN KORBAN" in text.upper()
    assert "NOTA KESEPAHAMAN" in texts[0]
    assert "PERJANJIAN KERJA SAMA" in texts[1]
    assert rows[0].title in texts[1], "the PKS cites the MoU above it"


@pytest.mark.usefixtures("files")
def test_the_check_of_a_real_draft_finds_what_is_unknown_and_nothing_else(house: SampleHouse):
    house.session.expire_all()
    storage = house.app.extensions["storage"]
    drafts = house.session.scalars(select(Draft).join(Agreement).where(Agreement.is_sample.is_(False))).all()
    told = [
        each.finding for one in drafts for each in draft_reviews.check(house.session, one, storage=storage, now=START)
    ]
    assert len(drafts) >= 7
    assert {each.rule for each in told} == UNKNOWN, sorted(f"{each.rule} {each.sentence}" for each in told)


@pytest.mark.libreoffice
def test_a_word_processor_prints_every_real_draft_whole(files: dict[str, list[bytes]], libreoffice: LibreOffice):
    documents = {f"{name} {place}": one for name, some in files.items() for place, one in enumerate(some)}
    printed = libreoffice.texts(documents)
    assert len(printed) == 7
    for name, text in printed.items():
        check(text.replace("\f", "\n"), heading=r"^Pasal (\d+)$")
        assert "PIHAK KEDUA" in text[-600:], f"{name} ends without its signatures"
