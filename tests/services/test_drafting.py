"""Making drafts: what is gathered, what is kept, what is refused."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.obligation import Cadence, ScheduleKind
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import AgreementRegion, AgreementRelation, ClientGroup, Entry, LksProfile, Province
from portal.queries import doc_templates as doc_template_reading
from portal.queries import draft_facts, renditions
from portal.services import doc_templates, drafting
from portal.storage import Storage
from tests.factories import make_agreement, make_ministry, make_obligation, make_organisation, make_partner
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries


@pytest.fixture
def storage(tmp_path, session):
    """Files in a folder of this test, and the libraries of templates and clauses as they are shipped."""
    kept = Storage(tmp_path)
    seed_libraries(session, kept)
    return kept


def draft(session, row, storage, actor=SYSTEM):
    """Make the next draft of an agreement."""
    return drafting.draft(session, row, actor=actor, now=NOW, storage=storage)


def relate(session, one, other, relation):
    """Put two agreements into a relation."""
    session.add(AgreementRelation(agreement_id=one.id, other_id=other.id, relation=relation))
    session.flush()


def test_the_facts_name_parties_parent_duties_groups_and_places(session):
    session.add_all(
        [
            ClientGroup(code="PAS-02", position=2, name="Penyandang disabilitas", source="uji"),
            Province(code="JB", number="32", name="Jawa Barat", zone="WIB", tile_column=5, tile_row=7),
        ]
    )
    session.flush()
    parent = make_agreement(session, kind=AgreementKind.MOU, code="MOU-2020-0001", title="Naskah Induk Uji")
    row = make_agreement(session, client_groups=["PAS-02"], value_rupiah=1000, term_years=3)
    session.add(AgreementRegion(agreement_id=row.id, province_code="JB", regency="Garut"))
    session.add(LksProfile(organisation_id=row.parties[1].organisation_id, deed_number="12", deed_on=date(2001, 2, 3)))
    relate(session, row, parent, Relation.PARENT)
    make_obligation(session, row, schedule=ScheduleKind.RECURRING, cadence=Cadence.YEARLY, fixed_on=None)
    session.expire_all()
    facts = draft_facts.gather(session, row)
    assert facts.parent.title == "Naskah Induk Uji"
    assert len(facts.parent.numbers) == 3
    assert facts.targets == ("Penyandang disabilitas",)
    assert facts.locations == ("Garut, Provinsi Jawa Barat",)
    assert (facts.term_months, facts.funding.value) == (36, 1000)
    assert facts.parties[0].legal is None
    assert facts.parties[1].legal.deed_no == "12"
    assert [(duty.debtors, duty.creditors, duty.due) for duty in facts.obligations] == [((2,), (1,), "setiap tahun")]


def test_a_body_of_the_state_shows_no_deed(session):
    agency = make_organisation(session, kind=OrganisationKind.AGENCY)
    row = make_agreement(session, parties=(make_ministry(session), agency, make_partner(session)))
    legal = [party.legal for party in draft_facts.gather(session, row).parties]
    assert legal[:2] == [None, None]
    assert legal[2].deed_no is None


def test_addenda_of_one_agreement_are_counted(session):
    base = make_agreement(session)
    first = make_agreement(session, kind=AgreementKind.AMENDMENT, code="ADD-2025-0001")
    second = make_agreement(session, kind=AgreementKind.AMENDMENT, code="ADD-2026-0001")
    relate(session, first, base, Relation.AMENDS)
    relate(session, second, base, Relation.AMENDS)
    assert [draft_facts.gather(session, row).amendment_no for row in (first, second)] == [1, 2]
    assert draft_facts.gather(session, second).amended.title == base.title


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        (AgreementKind.MOU, "mou"),
        (AgreementKind.PKS, "pks"),
        (AgreementKind.SYNERGY_NOTE, "synergy_note"),
        (AgreementKind.AMENDMENT, "addendum"),
    ],
)
def test_a_draft_is_kept_with_its_facts_and_what_it_lacks(session, storage, kind, template):
    row = make_agreement(session, kind=kind, stage=Stage.DRAFTING, signed_on=None)
    made = draft(session, row, storage)
    assert (made.number, made.template_code, made.snapshot["judul"]) == (1, template, row.title)
    assert "tanggal" in {lack["name"] for lack in made.missing}
    assert len(storage.read(made.digest)) == made.size
    begun, entry = session.scalars(select(Entry).where(Entry.agreement_id == row.id).order_by(Entry.id)).all()
    assert begun.action == "draft_begun"
    assert entry.detail == {"number": 1, "template": template, "missing": len(made.missing)}


def test_the_next_draft_has_the_next_number_and_the_first_stays(session, storage):
    row = make_agreement(session, stage=Stage.DRAFTING)
    first, second = draft(session, row, storage), draft(session, row, storage)
    assert (first.number, second.number) == (1, 2)
    assert [one.number for one in renditions.of_agreement(session, row.id)] == [2, 1]
    assert second.digest == first.digest
    for number in (0, 3, 10**20):
        with pytest.raises(NotFound):
            renditions.get(session, row.id, number)


def test_a_kind_without_a_template_is_refused_with_the_way_out(session, storage):
    row = make_agreement(session, kind=AgreementKind.PKS, stage=Stage.DRAFTING)
    for version in doc_template_reading.choices(session, AgreementKind.PKS):
        doc_templates.retire(session, version.template, actor=SYSTEM, now=NOW)
    with pytest.raises(RuleBroken, match="Unggah naskahnya sebagai dokumen"):
        draft(session, row, storage)


def test_heads_make_no_drafts(session, storage):
    head = Actor(account_id=None, name="Uji", organisation_id=None, roles=frozenset({Role.HEAD}))
    row = make_agreement(session, stage=Stage.DRAFTING)
    with pytest.raises(NotAllowed):
        draft(session, row, storage, actor=head)
    assert not drafting.may_draft(session, head, row)
