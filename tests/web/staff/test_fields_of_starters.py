"""Every fact that a starter can print has its field: with all of them filled in, nothing is missing in the file."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.documents import templates
from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import SYSTEM
from portal.models import LksProfile, Province, Rendition
from portal.queries import doc_templates
from portal.services import drafts as writing
from tests.factories import make_agreement, make_ministry, make_partner
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

pytestmark = [pytest.mark.sqlite_only, pytest.mark.minutes]

PAPERS = {
    "deed_number": "12",
    "deed_on": date(2015, 3, 9),
    "deed_notary": "Notaris Contoh",
    "approval_number": "AHU-0000000.AH.01.04.TAHUN 2015",
    "tax_number": "00.000.000.0-000.000",
    "registration_number": "000/CONTOH/LKS/2024",
}
PARTY = {
    "number_printed": "1/CONTOH/2027",
    "signatory_name": "Pejabat Contoh",
    "signatory_office": "Ketua",
    "instrument": "Keputusan Contoh Nomor 1",
    "address_printed": "Jalan Contoh 1",
    "contact_name": "Narahubung Contoh",
    "contact_phone": "(021) 0000000",
    "contact_email": "narahubung@contoh.example",
    "name_en": "Example Body",
    "office_en": "Chair",
}
TEXTS = {
    "dasar": {
        "title": "Layanan Contoh",
        "recitals": "butir satu\nbutir dua",
        "legal_bases": "Undang-Undang Contoh",
        "title_en": "Example Services",
        "recitals_en": "item one\nitem two",
        "legal_bases_en": "Example Law",
    },
    "pasal": {
        "purpose": "menolong",
        "scope": "layanan\nrujukan",
        "targets": "lanjut usia",
        "regions-0-province_code": "JB",
        "purpose_en": "to help",
        "scope_en": "services\nreferral",
    },
    "masa": {
        "signed_on": "2027-01-04",
        "signed_place": "Jakarta",
        "starts_on": "2027-01-04",
        "term_years": "2",
    },
    "pilihan": {"originals": "2", "governing_language": "Bahasa Indonesia", "data_elements": "nama"},
    "biaya": {
        "value_rupiah": "325.000.000",
        "funding_source": "APBN",
        "funding_note": "dua tahap",
        "aid_description": "sarana usaha",
        "aid_value": "325.000.000",
        "aid_recipient": "komunitas",
        "aid_items-0-name": "Mesin pres",
        "aid_items-0-quantity": "5",
        "aid_items-0-unit": "unit",
        "aid_items-0-condition": "baik dan baru",
    },
}
FOLLOWING = {"addendum": Relation.AMENDS, "extension": Relation.EXTENDS, "termination": Relation.AMENDS}


@pytest.fixture(autouse=True)
def _libraries(session, app):
    make_calendar(session)
    session.add(Province(code="JB", number="32", name="Jawa Barat", zone="WIB", tile_column=5, tile_row=7))
    seed_libraries(session, app.extensions["storage"])


def begun(session, code):
    """A draft of two parties that begins from a starter."""
    version = doc_templates.get(session, code, 1)
    partner = make_partner(session)
    if code == "synergy_note":
        partner.kind = OrganisationKind.REGION
    session.add(LksProfile(organisation_id=partner.id, **PAPERS))
    row = make_agreement(
        session,
        parties=(make_ministry(session), partner),
        kind=version.template.kind,
        stage=Stage.DRAFTING,
        signed_on=None,
        starts_on=None,
        ends_on=None,
    )
    return writing.start(session, row, version=version, actor=SYSTEM, now=NOW)


def fill(visitor, code, part, typed):
    """Type into every field of a section that it asks of these, and save; fail with what is wrong."""
    page = visitor.page("staff.drafting.section", code=code, part=part)
    asked = set(page.all("//*[@name]/@name"))
    fields = {name: value for name, value in typed.items() if name in asked}
    answer = visitor.send(page, "Simpan bagian ini", fields)
    # What is kept leads on; only a page with mistakes is worth reading.
    if answer.status_code != 303:
        page = visitor.understand(answer, page.path, expect=422)
        raise AssertionError([" ".join(one.split()) for one in page.all("//p[@class='field-error']//text()")])


def decide_duties(visitor, code):
    """Accept every proposed duty that can be recorded, decline the others; without any, say so."""
    page = visitor.page("staff.drafting.section", code=code, part="kewajiban")
    token = page.all("//input[@name='csrf_token']/@value")[0]
    keys = [one for one in page.all("//input[@name='key']/@value") if one != "all"]
    if not keys:
        visitor.submit(page, "Simpan bagian ini", {"no_duties": "y"})
    for key in dict.fromkeys(keys):
        for endpoint in ("accept", "decline"):
            visitor.post(f"staff.drafting.{endpoint}", {"csrf_token": token, "key": key}, code=code)


@pytest.mark.parametrize("starter", templates.CODES)
def test_nothing_is_missing_once_every_field_is_filled(as_staff, session, starter):
    draft = begun(session, starter)
    code, visitor = draft.agreement.code, as_staff()
    signed = make_agreement(session, kind=AgreementKind.MOU, code="MOU-2024-0007")
    fill(visitor, code, "pihak", {f"parties-{n}-{name}": value for n in (0, 1) for name, value in PARTY.items()})
    relation = {
        "relations-0-relation": FOLLOWING.get(starter, Relation.PARENT),
        "relations-0-other_code": signed.code,
    }
    fill(visitor, code, "dasar", TEXTS["dasar"] | relation)
    answers = [("answers", one) for one in ("data_exchange", "aid", "funded") if one != "aid" or "aid" in starter]
    page = visitor.page("staff.drafting.section", code=code, part="pilihan")
    visitor.submit(page, "Simpan bagian ini", [*TEXTS["pilihan"].items(), *answers])
    fill(visitor, code, "pasal", TEXTS["pasal"])
    if starter in ("addendum", "extension"):
        page = visitor.page("staff.drafting.section", code=code, part="pasal")
        page = visitor.submit(page, "Tambah perubahan")
        change = {"changes-0-article": "Pasal 1", "changes-0-old": "lama", "changes-0-new": "baru"}
        visitor.submit(page, "Simpan bagian ini", change)
    fill(visitor, code, "masa", TEXTS["masa"])
    fill(visitor, code, "biaya", TEXTS["biaya"])
    decide_duties(visitor, code)
    page = visitor.page("staff.drafting.section", code=code, part="periksa")
    visitor.submit(page, "Buat naskah Word")
    made = session.scalars(select(Rendition)).one()
    assert [(one["name"], one["place"]) for one in made.missing] == []
    page = visitor.page("staff.drafting.overview", code=code)
    states = [" ".join("".join(one.itertext()).split()) for one in page.all("//span[@class='draft-state']")]
    assert states == ["Lengkap"] * 9
