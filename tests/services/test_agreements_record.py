"""Recording: codes, parties as printed, the term, relations, the trail."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage
from portal.domain.agreement_facts import AgreementFacts, Opening, PartyFacts, RegionFacts, RelationFacts
from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.organisation import Zone
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import Entry, Province, StageChange
from portal.queries import agreements as reading
from portal.services import agreements
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


def facts_of(session, **changes):
    """Facts of a new agreement of the ministry and two partners."""
    ministry = make_ministry(session)
    partners = [make_partner(session, address="Jalan Contoh 1") for _ in range(2)]
    values = {
        "kind": AgreementKind.PKS,
        "title": "Pelayanan Sosial Contoh",
        "parties": tuple(PartyFacts(organisation_code=one.code) for one in [ministry, *partners]),
    } | changes
    return AgreementFacts(**values)


def record(session, opening=None, **changes):
    """Record such an agreement."""
    return agreements.record(session, facts_of(session, **changes), opening=opening, actor=SYSTEM, now=NOW)


def test_codes_count_by_kind_and_year(session):
    codes = [record(session).code, record(session).code, record(session, kind=AgreementKind.MOU).code]
    assert codes == ["PKS-2026-0001", "PKS-2026-0002", "MOU-2026-0001"]


def test_a_signed_agreement_carries_the_year_of_signing_in_its_code(session):
    assert record(session, signed_on=date(2020, 12, 11)).code == "PKS-2020-0001"


def test_three_parties_keep_their_order_and_what_was_printed(session):
    row = record(session)
    assert [party.position for party in row.parties] == [1, 2, 3]
    assert row.parties[1].name_printed == row.parties[1].organisation.name
    assert row.parties[1].address_printed == "Jalan Contoh 1"


def test_a_new_name_of_the_organisation_does_not_change_what_was_printed(session):
    row = record(session)
    printed = row.parties[1].name_printed
    row.parties[1].organisation.name = "Yayasan dengan Nama Baru"
    session.flush()
    session.expire_all()
    assert reading.get(session, row.code).parties[1].name_printed == printed


def test_the_end_follows_from_start_and_years(session):
    row = record(session, starts_on=date(2024, 4, 12), term_years=3)
    assert row.ends_on == date(2027, 4, 12)


def test_a_typed_end_wins_over_the_counted_one(session):
    row = record(session, starts_on=date(2024, 4, 12), term_years=3, ends_on=date(2027, 4, 11))
    assert row.ends_on == date(2027, 4, 11)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "   "}, "title"),
        ({"starts_on": date(2026, 1, 2), "ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"signed_on": date(2026, 1, 2), "ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"notice_count": 3}, "notice_count"),
        ({"unit_code": "TIDAK-ADA"}, "unit_code"),
        ({"regions": (RegionFacts(province_code="XX"),)}, "regions"),
        ({"relations": (RelationFacts(relation=Relation.PARENT, other_code="MOU-1900-0001"),)}, "relations"),
    ],
)
def test_facts_that_do_not_fit_are_refused_at_their_field(session, changes, field):
    with pytest.raises(RuleBroken) as refused:
        record(session, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize("count", [1, 6])
def test_two_to_five_parties(session, count):
    make_ministry(session)
    codes = ["KEMENSOS", *(make_partner(session).code for _ in range(count - 1))]
    with pytest.raises(RuleBroken) as refused:
        record(session, parties=tuple(PartyFacts(organisation_code=code) for code in codes))
    assert refused.value.field == "parties"


def test_one_party_is_the_ministry_or_a_unit_of_it(session):
    codes = [make_partner(session).code, make_partner(session).code]
    with pytest.raises(RuleBroken, match="Kementerian Sosial"):
        record(session, parties=tuple(PartyFacts(organisation_code=code) for code in codes))


def test_an_agreement_in_force_needs_its_day_of_signing(session):
    with pytest.raises(RuleBroken) as refused:
        record(session, Opening(stage=Stage.ACTIVE))
    assert refused.value.field == "signed_on"


def test_the_first_stage_is_kept_with_its_day(session):
    row = record(session, Opening(stage=Stage.ACTIVE), signed_on=date(2024, 4, 12))
    change = session.scalars(select(StageChange).where(StageChange.agreement_id == row.id)).one()
    assert (change.stage, change.entered_on) == (Stage.ACTIVE, date(2024, 4, 12))
    talks = record(session)
    change = session.scalars(select(StageChange).where(StageChange.agreement_id == talks.id)).one()
    assert (change.stage, change.entered_on) == (Stage.EXPLORATION, TODAY)


def test_everything_told_comes_back_as_facts(session):
    session.add(Province(code="JB", number="32", name="Jawa Barat", zone=Zone.WIB, tile_column=5, tile_row=7))
    parent = make_agreement(session)
    officer = make_account(session)
    given = facts_of(
        session,
        regions=(RegionFacts(province_code="JB", regency="Garut"),),
        relations=(RelationFacts(relation=Relation.PARENT, other_code=parent.code),),
        scope=("Satu", "Dua"),
        officer_email=officer.email,
        value_rupiah=325_000_000,
    )
    row = agreements.record(session, given, actor=SYSTEM, now=NOW)
    back = reading.facts(session, reading.get(session, row.code))
    assert back.regions == given.regions
    assert back.relations == given.relations
    assert (back.scope, back.officer_email, back.value_rupiah) == (("Satu", "Dua"), officer.email, 325_000_000)


def test_a_new_record_leaves_one_entry_with_what_it_tells(session):
    row = record(session, signed_place="Jakarta")
    entry = session.scalars(select(Entry).where(Entry.agreement_id == row.id)).one()
    assert entry.action == "agreement_recorded"
    assert entry.detail["changes"]["signed_place"] == [None, "Jakarta"]
    assert entry.detail["version"] == row.version


def test_directors_do_not_record(session):
    director = Actor(account_id=None, name="Uji", organisation_id=None, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowed):
        agreements.record(session, facts_of(session), actor=director, now=NOW)


def test_the_same_number_of_one_body_in_one_year_is_told_and_not_refused(session):
    first = record(session, signed_on=date(2025, 2, 1))
    codes = [party.organisation.code for party in first.parties]
    first.parties[1].number_printed = "7/YC/2025"
    seats = [PartyFacts(organisation_code=code) for code in codes]
    seats[1] = PartyFacts(organisation_code=codes[1], number_printed="7/YC/2025", capacity=SigningCapacity.DEFINITIVE)
    second = record(session, parties=tuple(seats), signed_on=date(2025, 6, 1))
    third = record(session, parties=tuple(seats), signed_on=date(2026, 6, 1))
    assert [one.other_code for one in reading.same_numbers(session, second)] == [first.code]
    assert reading.same_numbers(session, third) == ()
