"""The list of agreements: filters, order, pages, and numbers that equal the lists they stand for."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage, Standing
from portal.domain.obligation import OccurrenceStage
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.models import Agreement, AgreementRegion, AgreementRelation, Province
from portal.queries import agreement_list, kinship
from portal.queries.agreement_filter import AgreementFilter
from portal.queries.agreement_list import PAGE_SIZE, Sort
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_parties, make_partner
from tests.factories.instants import TODAY
from tests.queries.statements import statements_of


def codes(session, asked=None, **options):
    """The codes of the first page."""
    page = agreement_list.find_page(session, asked or AgreementFilter(), today=TODAY, **options)
    return [row.code for row in page.rows]


def make_every_kind(session):
    """Agreements that differ in everything a filter asks for."""
    parties = make_parties(session)
    officer = make_account(session, Role.OFFICER)
    session.add(Province(code="PA", number="91", name="Papua", zone=Zone.WIT, tile_column=1, tile_row=1))
    for stage in Stage:
        make_agreement(session, parties, stage=stage, kind=AgreementKind.MOU)
    for ends in (None, date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1), date(2029, 1, 1)):
        make_agreement(session, parties, ends_on=ends, officer_id=officer.id)
    make_agreement(session, parties, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1), is_sample=True)
    secret = make_agreement(session, parties, is_confidential=True)
    session.add(AgreementRegion(agreement_id=secret.id, province_code="PA"))
    child = make_agreement(session, parties, unit_id=parties[0].id)
    session.add(AgreementRelation(agreement_id=child.id, other_id=secret.id, relation=Relation.PARENT))
    session.flush()
    return officer


@pytest.mark.parametrize(
    "asked",
    [AgreementFilter(stages=frozenset({stage})) for stage in Stage]
    + [AgreementFilter(standings=frozenset({standing})) for standing in Standing],
)
def test_numbers_equal_the_lists_they_stand_for(session, asked: AgreementFilter):
    officer = make_every_kind(session)
    tally = agreement_list.tally(session, officer_id=officer.id, with_confidential=True, today=TODAY)
    number = tally.stages(asked.stages) + tally.standings(asked.standings)
    assert number == agreement_list.count(session, asked, today=TODAY) == len(codes(session, asked))


def test_the_views_that_cut_across_are_counted_too(session):
    officer = make_every_kind(session)
    tally = agreement_list.tally(session, officer_id=officer.id, with_confidential=True, today=TODAY)
    assert tally.total == len(codes(session))
    assert tally.mine == len(codes(session, AgreementFilter(officer_id=officer.id))) == 5
    assert tally.lacks_parent == len(codes(session, AgreementFilter(lacks_parent=True))) == 7


def make_family(session):
    """MoU and PKS: children that end later, earlier or never, extended parents, MoU without anything below them."""
    parties = make_parties(session)
    made = {}

    def add(name, ends=None, *, kind=AgreementKind.PKS, parent=None, relation=Relation.PARENT, **changes):
        made[name] = make_agreement(session, parties, kind=kind, ends_on=ends, **changes)
        if parent:
            session.add(AgreementRelation(agreement_id=made[name].id, other_id=made[parent].id, relation=relation))
            session.flush()

    add("mou", date(2027, 6, 30), kind=AgreementKind.MOU)
    add("later", date(2027, 7, 1), parent="mou")
    add("same", date(2027, 6, 30), parent="mou")
    add("open", None, parent="mou", relation=Relation.IMPLEMENTS)
    add("drafted", date(2028, 1, 1), parent="mou", stage=Stage.SIGNING)
    add("passed mou", date(2026, 1, 1), kind=AgreementKind.MOU)
    add("passed", date(2026, 11, 20), parent="passed mou")
    add("extended mou", date(2027, 1, 1), kind=AgreementKind.MOU)
    add("extension", date(2030, 1, 1), kind=AgreementKind.EXTENSION, parent="extended mou", relation=Relation.EXTENDS)
    add("in time", date(2029, 1, 1), parent="extended mou")
    add("too long", date(2031, 1, 1), parent="extended mou")
    add("bare mou", date(2028, 1, 1), kind=AgreementKind.MOU, starts_on=None)
    add("young mou", None, kind=AgreementKind.MOU, starts_on=date(2026, 8, 22))
    add("old mou", None, kind=AgreementKind.MOU, starts_on=date(2026, 8, 21))
    add("under old", date(2026, 11, 20), parent="old mou")
    return {row.code: name for name, row in made.items()}


def test_children_that_outlive_their_parent_and_mou_without_a_pks_are_counted_and_listed(session):
    names = make_family(session)
    outliving, bare = AgreementFilter(outlives_parent=True), AgreementFilter(lacks_pks=True)
    assert {names[code] for code in codes(session, outliving)} == {"later", "open", "too long"}
    assert {names[code] for code in codes(session, bare)} == {"bare mou", "old mou"}
    tally = agreement_list.tally(session, officer_id=None, with_confidential=True, today=TODAY)
    assert (tally.outlives_parent, tally.lacks_pks) == (3, 2)
    for row in agreement_list.find_page(session, AgreementFilter(), today=TODAY).rows:
        found = session.scalars(select(Agreement).where(Agreement.code == row.code)).one()
        is_child = any(child == found.id for child, _ in kinship.outlived(session, found.id, today=TODAY))
        assert is_child == (row.code in codes(session, outliving))
        assert kinship.is_without_pks(session, found.id, today=TODAY) == (row.code in codes(session, bare))


def test_confidential_papers_are_neither_listed_nor_counted_for_who_may_not_read_them(session):
    make_every_kind(session)
    shown = AgreementFilter(with_confidential=False)
    tally = agreement_list.tally(session, officer_id=None, with_confidential=False, today=TODAY)
    assert tally.total == len(codes(session, shown)) == len(codes(session)) - 1


@pytest.mark.parametrize(("days", "number"), [(30, 1), (90, 2), (180, 5)])
def test_what_ends_soon_is_in_force_today(session, days: int, number: int):
    make_every_kind(session)
    page = agreement_list.find_page(session, AgreementFilter(ending_days=days), today=TODAY)
    assert len(page.rows) == number
    assert all(row.standing is Standing.ENDING_SOON for row in page.rows)


def test_other_filters_find_what_they_name(session):
    make_every_kind(session)
    assert len(codes(session, AgreementFilter(kinds=frozenset({AgreementKind.MOU})))) == len(Stage)
    assert len(codes(session, AgreementFilter(unit_code="KEMENSOS"))) == 1
    assert len(codes(session, AgreementFilter(province_code="PA"))) == 1
    assert len(codes(session, AgreementFilter(is_sample=True))) == 1
    assert codes(session, AgreementFilter(partner_code="TIDAK-ADA")) == []


@pytest.mark.parametrize(
    "words",
    ["lansia terlantar", "TERLANTAR kupang", "pks-2024-0001", "melati", "61/2024", "Layanan Mélati"],
)
def test_search_reads_title_code_party_and_number_without_case_or_accents(session, words: str):
    ministry, *_ = make_parties(session)
    partner = make_partner(session, name="Yayasan Melati Kupang")
    make_agreement(session, (ministry, partner), title="Layanan Lansia Terlantar")
    make_agreement(session, title="Bantuan 100%_tunai")
    first = agreement_list.find_page(session, AgreementFilter(words="melati"), today=TODAY).rows[0]
    words = words.replace("61/2024", first.number or "")
    assert codes(session, AgreementFilter(words=words)) == ["PKS-2024-0001"]


def test_signs_of_the_database_in_a_search_are_plain_letters(session):
    make_agreement(session, title="Bantuan 100%_tunai")
    make_agreement(session, title="Bantuan 100 tunai")
    assert codes(session, AgreementFilter(words="100%_t")) == ["PKS-2024-0001"]
    assert codes(session, AgreementFilter(words="%%%")) == []


def test_orders(session):
    ministry, *_ = make_parties(session)
    names = {"PKS-2024-0001": "Beta", "PKS-2024-0002": "Alfa", "PKS-2024-0003": "Gama"}
    ends = (date(2028, 1, 1), None, date(2027, 1, 1))
    for (code, name), end in zip(names.items(), ends, strict=True):
        make_agreement(session, (ministry, make_partner(session, name=name)), code=code, title=name, ends_on=end)
    assert codes(session, sort=Sort.TITLE)[0] == codes(session, sort=Sort.PARTNER)[0] == "PKS-2024-0002"
    assert codes(session, sort=Sort.END) == ["PKS-2024-0003", "PKS-2024-0001", "PKS-2024-0002"]
    assert codes(session, sort=Sort.CHANGED)[0] == "PKS-2024-0003"


def test_pages_follow_one_another_without_loss(session):
    parties = make_parties(session)
    for _ in range(PAGE_SIZE + 5):
        make_agreement(session, parties)
    first, second = codes(session, page=1), codes(session, page=2)
    assert (len(first), len(second)) == (PAGE_SIZE, 5)
    assert not set(first) & set(second)
    beyond = agreement_list.find_page(session, AgreementFilter(), page=99, today=TODAY)
    assert (beyond.page, beyond.total) == (2, PAGE_SIZE + 5)


def test_a_row_tells_parties_number_and_what_is_late(session):
    agreement = make_agreement(session)
    obligation = make_obligation(session, agreement)
    make_occurrence(session, obligation, due_on=date(2026, 11, 1))
    make_occurrence(session, obligation, due_on=date(2026, 11, 2), period_key="2", stage=OccurrenceStage.MET)
    (row,) = agreement_list.find_page(session, AgreementFilter(), today=TODAY).rows
    assert (row.overdue, len(row.partners), row.number, row.days_left) == (1, 2, "1/1/2024", 141)


def test_more_rows_cost_no_more_statements(session):
    parties = make_parties(session)
    make_agreement(session, parties)
    with statements_of(session) as few:
        codes(session)
    for _ in range(20):
        make_agreement(session, parties)
    with statements_of(session) as many:
        assert len(codes(session)) == 21
    assert len(many) == len(few)
