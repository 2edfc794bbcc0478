"""Facts of an agreement as values: the end of the term, flat keys, merging two people's edits."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity
from portal.domain.agreement_facts import (
    AgreementFacts,
    PartyFacts,
    RegionFacts,
    RelationFacts,
    changes,
    check,
    counted_end,
    flat,
    merged,
    settled,
)
from portal.domain.errors import RuleBroken

FACTS = AgreementFacts(
    kind=AgreementKind.PKS,
    title="Uji",
    parties=(
        PartyFacts(organisation_code="A", capacity=SigningCapacity.ACTING),
        PartyFacts(organisation_code="B", number_printed="7/B/2026"),
    ),
    signed_on=date(2026, 1, 2),
    regions=(RegionFacts(province_code="JB", regency="Garut"),),
    relations=(RelationFacts(relation=Relation.PARENT, other_code="MOU-2024-0001"),),
    scope=("Satu",),
)


@pytest.mark.parametrize(
    ("start", "years", "months", "end"),
    [
        (date(2024, 4, 12), 3, None, date(2027, 4, 12)),
        (date(2024, 2, 29), 1, None, date(2025, 2, 28)),
        (date(2026, 8, 31), None, 6, date(2027, 2, 28)),
        (date(2024, 4, 12), None, None, None),
        (None, 3, None, None),
    ],
)
def test_the_end_is_the_same_day_so_many_years_and_months_later(start, years, months, end):
    facts = replace(FACTS, starts_on=start, term_years=years, term_months=months)
    assert counted_end(facts) == end
    assert settled(facts).ends_on == end


def test_a_typed_end_stays():
    facts = replace(FACTS, starts_on=date(2024, 4, 12), term_years=3, ends_on=date(2027, 4, 11))
    assert settled(facts).ends_on == date(2027, 4, 11)


def test_settled_facts_are_trimmed_ordered_and_said_once():
    twice = (RegionFacts(province_code="JB"), RegionFacts(province_code="BT"), RegionFacts(province_code="JB"))
    facts = settled(replace(FACTS, title="  Uji ", regions=twice))
    assert facts.title == "Uji"
    assert [region.province_code for region in facts.regions] == ["BT", "JB"]


def test_flat_facts_are_plain():
    told = flat(FACTS)
    assert told["kind"] == "pks"
    assert told["signed_on"] == "2026-01-02"
    assert told["regions"] == ["JB|Garut"]
    assert told["relations"] == ["parent|MOU-2024-0001"]
    assert told["parties.1.capacity"] == "plt"
    assert told["parties.2.number_printed"] == "7/B/2026"
    assert "parties" not in told


def test_changes_name_what_came_and_what_went():
    shorter = replace(FACTS, parties=FACTS.parties[:1], title="Lain")
    found = changes(flat(FACTS), flat(shorter))
    assert found["title"] == ["Uji", "Lain"]
    assert found["parties.2.number_printed"] == ["7/B/2026", None]
    assert "kind" not in found


def test_merging_takes_mine_where_it_is_kept():
    mine = replace(FACTS, title="Punya saya", note="Catatan saya")
    stored = replace(FACTS, title="Tersimpan", note="Catatan tersimpan")
    both = merged(mine, stored, keep_mine=frozenset({"note"}))
    assert (both.title, both.note) == ("Tersimpan", "Catatan saya")


def test_merging_can_add_my_third_party_and_drop_one_that_others_removed():
    third = (*FACTS.parties, PartyFacts(organisation_code="C", signatory_name="Nama Uji"))
    keep = frozenset({"parties.3.organisation_code", "parties.3.signatory_name"})
    added = merged(replace(FACTS, parties=third), FACTS, keep_mine=keep)
    assert [party.organisation_code for party in added.parties] == ["A", "B", "C"]
    assert added.parties[2].signatory_name == "Nama Uji"
    dropped = merged(replace(FACTS, parties=third), FACTS, keep_mine=frozenset())
    assert [party.organisation_code for party in dropped.parties] == ["A", "B"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 1)}, "ends_on"),
        ({"ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"notice_count": 3}, "notice_count"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(wrong, field):
    with pytest.raises(RuleBroken) as refused:
        check(replace(FACTS, **wrong))
    assert refused.value.field == field
