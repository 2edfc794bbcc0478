"""Editing: versions, conflicts of two people, parties that change places, the trail."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.agreement_facts import PartyFacts, flat, merged
from portal.domain.duty_change import Decision
from portal.domain.editing import EditConflict
from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.policy import Actor, Role
from portal.models import Entry
from portal.queries import agreements as reading
from portal.services import agreements
from tests.factories import make_account, make_agreement, make_obligation, make_partner
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


@pytest.fixture
def officer(session):
    """An officer of the ministry."""
    account = make_account(session)
    roles = frozenset({Role.OFFICER})
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)


def edit(session, row, officer, version=None, **changes):
    """Change some facts of an agreement as seen at `version`."""
    facts = replace(reading.facts(session, row), **changes)
    return agreements.edit(session, row, facts, version=version or row.version, actor=officer, now=NOW)


def entries(session, row):
    """The trail of an agreement."""
    return session.scalars(select(Entry).where(Entry.agreement_id == row.id).order_by(Entry.id)).all()


def test_an_edit_raises_the_version_and_leaves_what_changed(session, officer):
    row = make_agreement(session)
    before = row.version
    edit(session, row, officer, signed_place="Jakarta")
    assert row.version > before
    [entry] = entries(session, row)
    assert entry.detail == {"version": row.version, "changes": {"signed_place": [None, "Jakarta"]}}


def test_an_edit_of_a_party_alone_raises_the_version_too(session, officer):
    row = make_agreement(session)
    before = row.version
    seats = reading.facts(session, row).parties
    edit(session, row, officer, parties=(replace(seats[0], signatory_name="Nama Uji"), *seats[1:]))
    assert row.version > before
    [entry] = entries(session, row)
    assert entry.detail["changes"] == {"parties.1.signatory_name": [None, "Nama Uji"]}


def test_saving_the_same_leaves_no_entry(session, officer):
    row = make_agreement(session)
    edit(session, row, officer)
    assert entries(session, row) == []


def test_parties_change_places(session, officer):
    row = make_agreement(session)
    seats = reading.facts(session, row).parties
    edit(session, row, officer, parties=(seats[2], seats[0], seats[1]))
    again = reading.get(session, row.code)
    assert [one.organisation.code for one in again.parties] == [seats[place].organisation_code for place in (2, 0, 1)]
    assert again.parties[0].number_printed == seats[2].number_printed


def test_a_party_is_replaced_by_another(session, officer):
    row = make_agreement(session)
    seats = reading.facts(session, row).parties
    new = make_partner(session)
    edit(session, row, officer, parties=(seats[0], PartyFacts(organisation_code=new.code)))
    assert [one.organisation_id for one in reading.get(session, row.code).parties][1:] == [new.id]


def test_a_party_with_duties_cannot_leave(session, officer):
    row = make_agreement(session)
    make_obligation(session, row)
    seats = reading.facts(session, row).parties
    with pytest.raises(RuleBroken) as refused:
        edit(session, row, officer, parties=(seats[0], seats[2]))
    assert refused.value.field == "parties"


def test_the_second_of_two_people_is_told_what_the_first_did(session, officer):
    row = make_agreement(session)
    seen = row.version
    edit(session, row, officer, signed_place="Jakarta", beneficiaries="90 anak")
    with pytest.raises(EditConflict) as refused:
        edit(session, row, officer, version=seen, signed_place="Bandung", beneficiaries=None, funding_source="DIPA")
    told = refused.value.comparison
    assert [(one.key, one.before, one.mine, one.stored) for one in told.both] == [
        ("signed_place", None, "Bandung", "Jakarta")
    ]
    assert [one.key for one in told.mine] == ["funding_source"]
    assert [one.key for one in told.theirs] == ["beneficiaries"]
    assert (refused.value.version, refused.value.who) == (row.version, officer.name)


def test_what_each_person_keeps_comes_together_again(session, officer):
    row = make_agreement(session)
    mine = replace(reading.facts(session, row), signed_place="Bandung", funding_source="DIPA")
    edit(session, row, officer, signed_place="Jakarta", beneficiaries="90 anak")
    both = merged(mine, reading.facts(session, row), keep_mine=frozenset({"funding_source"}))
    agreements.edit(session, row, both, version=row.version, actor=officer, now=NOW)
    again = flat(reading.facts(session, reading.get(session, row.code)))
    assert (again["signed_place"], again["beneficiaries"], again["funding_source"]) == ("Jakarta", "90 anak", "DIPA")


def test_numbers_of_two_parties_that_two_people_typed_are_both_kept(session, officer):
    row = make_agreement(session)
    start = reading.facts(session, row)
    seats = start.parties
    edit(session, row, officer, parties=(replace(seats[0], number_printed="9/HUK/2026"), *seats[1:]))
    mine = replace(start, parties=(seats[0], replace(seats[1], number_printed="7/YC/2026"), seats[2]))
    both = merged(mine, reading.facts(session, row), keep_mine=frozenset({"parties.2.number_printed"}))
    assert [party.number_printed for party in both.parties][:2] == ["9/HUK/2026", "7/YC/2026"]


def test_an_agreement_in_force_keeps_a_day_of_signing(session, officer):
    row = make_agreement(session)
    with pytest.raises(RuleBroken) as refused:
        edit(session, row, officer, signed_on=None)
    assert refused.value.field == "signed_on"


def test_administrators_do_not_change_what_they_may_not_read(session):
    row = make_agreement(session, is_confidential=True)
    admin = Actor(account_id=None, name="Uji", organisation_id=None, roles=frozenset({Role.ADMIN}))
    with pytest.raises(NotAllowed, match="dibatasi"):
        edit(session, row, admin, signed_place="Jakarta")


def decide(session, row, officer, to, **values):
    """Decide on a stage today."""
    decision = Decision(to=to, entered_on=values.pop("entered_on", TODAY), **values)
    return agreements.change_stage(session, row, decision, actor=officer, now=NOW)


def test_a_stage_is_kept_with_its_day_and_an_entry(session, officer):
    row = make_agreement(session, stage=Stage.REVIEW, signed_on=None)
    decide(session, row, officer, Stage.DRAFTING, entered_on=date(2026, 11, 20))
    assert row.stage is Stage.DRAFTING
    assert [(one.stage, one.entered_on) for one in reading.stage_changes(session, row.id)] == [
        (Stage.DRAFTING, date(2026, 11, 20))
    ]
    [entry] = entries(session, row)
    assert entry.detail["changes"] == {"stage": ["review", "drafting"]}


def test_becoming_active_asks_for_the_day_of_signing_and_keeps_it(session, officer):
    row = make_agreement(session, stage=Stage.SIGNING, signed_on=None)
    with pytest.raises(RuleBroken) as refused:
        decide(session, row, officer, Stage.ACTIVE)
    assert refused.value.field == "signed_on"
    decide(session, row, officer, Stage.ACTIVE, signed_on=date(2026, 11, 19))
    assert (row.stage, row.signed_on) == (Stage.ACTIVE, date(2026, 11, 19))


@pytest.mark.parametrize(
    ("to", "values", "field"),
    [
        (Stage.TERMINATED, {"reason": "  "}, "reason"),
        (Stage.SUSPENDED, {}, "reason"),
        (Stage.REVIEW, {}, None),
        (Stage.TERMINATED, {"reason": "Uji", "entered_on": date(2026, 11, 22)}, "entered_on"),
    ],
)
def test_a_closed_way_a_missing_reason_and_a_day_ahead_are_refused(session, officer, to, values, field):
    row = make_agreement(session)
    with pytest.raises(RuleBroken) as refused:
        decide(session, row, officer, to, **values)
    assert refused.value.field == field
