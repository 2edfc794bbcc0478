"""Recording and editing of organisations and their people; two editors at once lose nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import SigningCapacity
from portal.domain.editing import EditConflict
from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.organisation import Accreditation, LegalForm, OrganisationKind, Zone
from portal.domain.organisation_facts import LksFacts, OrganisationFacts
from portal.domain.policy import Actor, Role
from portal.models import Entry, LksProfile
from portal.queries import organisations as reading
from portal.services import organisation_people, organisations
from portal.services.organisation_people import Caller, Holder
from portal.services.organisations import facts_of
from tests.factories import make_account, make_ministry
from tests.factories.instants import NOW

LKS = OrganisationFacts(
    kind=OrganisationKind.LKS,
    name="  Yayasan   Melati Kupang ",
    aliases=("Panti Melati",),
    zone=Zone.WITA,
    lks=LksFacts(legal_form=LegalForm.FOUNDATION, accreditation=Accreditation.B, atensi=("ATENSI-1",)),
)


@pytest.fixture
def officer(session) -> Actor:
    """An officer of the ministry."""
    account = make_account(session, Role.OFFICER, name="Ratna")
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset({Role.OFFICER}),
    )


def changed(facts: OrganisationFacts, **more) -> OrganisationFacts:
    """The same facts with some replaced."""
    values = {name: getattr(facts, name) for name in OrganisationFacts.__slots__}
    return OrganisationFacts(**(values | more))


def test_a_recorded_organisation_has_a_code_a_sorting_key_and_its_profile(session, officer):
    first = organisations.record(session, LKS, actor=officer, now=NOW)
    second = organisations.record(session, LKS, actor=officer, now=NOW)
    assert (first.code, second.code) == ("MTR-0001", "MTR-0002")
    assert (first.name, first.sort_key, first.is_ours) == ("Yayasan Melati Kupang", "yayasan melati kupang", False)
    profile = session.get_one(LksProfile, first.id)
    assert (profile.accreditation, profile.atensi) == (Accreditation.B, ["ATENSI-1"])
    assert session.scalars(select(Entry.action)).all() == ["organisation_recorded"] * 2


def test_what_is_read_back_and_saved_again_changes_nothing(session, officer):
    row = organisations.record(session, changed(LKS, name="Yayasan Melati"), actor=officer, now=NOW)
    version = row.version
    organisations.edit(session, row, facts_of(row), version=version, actor=officer, now=NOW)
    assert session.scalars(select(Entry.action)).all() == ["organisation_recorded"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (changed(LKS, name=" "), "name"),
        (changed(LKS, kind=OrganisationKind.COMPANY), "kind"),
        (changed(LKS, province_code="ZZ"), "province_code"),
        (changed(LKS, parent_code="TIDAK-ADA"), "parent_code"),
        (
            changed(
                LKS,
                lks=LksFacts(accreditation_issued_on=date(2026, 1, 2), accreditation_expires_on=date(2026, 1, 1)),
            ),
            "accreditation_expires_on",
        ),
    ],
)
def test_facts_that_cannot_be_are_refused_at_their_field(session, officer, facts, field):
    with pytest.raises(RuleBroken) as refusal:
        organisations.record(session, facts, actor=officer, now=NOW)
    assert refusal.value.field == field


def test_the_second_of_two_editors_sees_what_both_changed(session, officer):
    row = organisations.record(session, LKS, actor=officer, now=NOW)
    seen, told = row.version, facts_of(row)
    organisations.edit(session, row, changed(told, phone="021"), version=seen, actor=officer, now=NOW)
    mine = changed(told, phone="022", regency="Kota Kupang")
    with pytest.raises(EditConflict) as refusal:
        organisations.edit(session, row, mine, version=seen, actor=officer, now=NOW)
    both, only_mine = refusal.value.comparison.both, refusal.value.comparison.mine
    assert [(one.key, one.before, one.mine, one.stored) for one in both] == [("phone", None, "022", "021")]
    assert [one.key for one in only_mine] == ["regency"]
    assert refusal.value.who == "Ratna"


def test_a_partner_never_becomes_a_unit_of_the_ministry(session, officer):
    row = organisations.record(session, LKS, actor=officer, now=NOW)
    as_unit = changed(facts_of(row), kind=OrganisationKind.UNIT, lks=None)
    with pytest.raises(RuleBroken) as refusal:
        organisations.edit(session, row, as_unit, version=row.version, actor=officer, now=NOW)
    assert refusal.value.field == "kind"


def test_directors_read_but_do_not_record(session):
    director = Actor(account_id=None, name="x", organisation_id=None, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowed):
        organisations.record(session, LKS, actor=director, now=NOW)


def test_people_are_recorded_changed_and_removed_with_a_trace(session, officer):
    row = make_ministry(session)
    holder = Holder(name="Dewi", office="Direktur", capacity=SigningCapacity.ACTING, starts_on=date(2026, 1, 1))
    kept = organisation_people.add_holder(session, row, holder=holder, actor=officer, now=NOW)
    ended = Holder(
        name="Dewi",
        office="Direktur",
        capacity=SigningCapacity.ACTING,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 30),
    )
    organisation_people.edit_holder(session, kept, holder=ended, actor=officer, now=NOW)
    caller = Caller(name="Andi", phone="0812")
    contact = organisation_people.add_contact(session, row, caller=caller, actor=officer, now=NOW)
    organisation_people.remove_contact(session, contact, named="Andi", actor=officer, now=NOW)
    assert reading.list_holders(session, row.id)[0].ends_on == date(2026, 6, 30)
    assert reading.list_contacts(session, row.id) == []
    trail = session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert trail == ["holder_recorded", "holder_edited", "contact_recorded", "contact_removed"]


def test_people_need_a_name_and_a_way_to_be_reached(session, officer):
    row = make_ministry(session)
    with pytest.raises(RuleBroken) as refusal:
        organisation_people.add_contact(session, row, caller=Caller(name="Andi"), actor=officer, now=NOW)
    assert refusal.value.field == "phone"
    backwards = Holder(name="D", office="D", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    with pytest.raises(RuleBroken) as refusal:
        organisation_people.add_holder(session, row, holder=backwards, actor=officer, now=NOW)
    assert refusal.value.field == "ends_on"


def test_a_list_that_changed_meanwhile_removes_nobody(session, officer):
    row = make_ministry(session)
    caller = Caller(name="Andi", phone="0812")
    contact = organisation_people.add_contact(session, row, caller=caller, actor=officer, now=NOW)
    with pytest.raises(Conflict):
        organisation_people.remove_contact(session, contact, named="Budi", actor=officer, now=NOW)
