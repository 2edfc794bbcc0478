"""Drafts: another template keeps the texts, saves have stamps, duties follow their Pasal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain import clause, draft_sections
from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.clause import Article, Condition
from portal.domain.drafting import Section
from portal.domain.editing import EditConflict
from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import AgreementRelation, DraftSave, LksProfile, Obligation, OfficeHolder
from portal.queries import agreements, draft_readiness, drafts
from portal.services import draft_duties, draft_follow, draft_trees
from portal.services import drafts as writing
from portal.services.drafts import Save
from portal.storage import Storage
from tests.factories import make_account, make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

STAMP = {"actor": SYSTEM, "now": NOW}


@pytest.fixture(autouse=True)
def _libraries(session, tmp_path):
    make_calendar(session)
    seed_libraries(session, Storage(tmp_path))


@pytest.fixture
def draft(session):
    """The draft of an unsigned PKS whose term is known."""
    row = make_agreement(session, stage=Stage.DRAFTING, code="PKS-2026-0099")
    return writing.ensure(session, row, **STAMP)


def stamp(session, draft, section):
    """What a page of the section would carry now."""
    return drafts.stamp(draft, section, agreements.facts(session, draft.agreement))


def save(session, draft, section, seen=None, **values):
    """Save a section as seen now, or with an older stamp."""
    wanted = Save(section=section, stamp=seen or stamp(session, draft, section), **values)
    return writing.save_section(session, draft, wanted, **STAMP)


def test_a_draft_begins_once(session, draft):
    assert writing.ensure(session, draft.agreement, **STAMP) is draft
    with pytest.raises(RuleBroken, match="sudah disusun"):
        writing.start(session, draft.agreement, version=draft.template_version, **STAMP)


def test_a_mandatory_article_stays(session, draft):
    key = next(one.key for one in drafts.tree_of(draft) if one.is_mandatory)
    with pytest.raises(RuleBroken, match="wajib"):
        draft_trees.change(session, draft, draft_trees.removed(key), **STAMP)


def test_the_same_save_again_gives_no_new_stamp(session, draft):
    first = save(session, draft, Section.RECITALS, texts={"recitals": ["satu"]})
    again = save(session, draft, Section.RECITALS, texts={"recitals": ["satu"]})
    assert first.stamp == again.stamp
    numbers = session.scalars(select(DraftSave.stamp).order_by(DraftSave.stamp)).all()
    assert numbers == [0, 1]


def test_an_old_stamp_is_refused_with_all_three_values(session, draft):
    save(session, draft, Section.RECITALS, texts={"recitals": ["semula"]})
    old = stamp(session, draft, Section.RECITALS)
    save(session, draft, Section.RECITALS, texts={"recitals": ["tersimpan"]})
    with pytest.raises(EditConflict) as refusal:
        save(session, draft, Section.RECITALS, seen=old, texts={"recitals": ["punya saya"]})
    (one,) = refusal.value.comparison.both
    assert (one.key, one.before, one.mine, one.stored) == ("recitals", ["semula"], ["punya saya"], ["tersimpan"])
    kept = save(session, draft, Section.RECITALS, texts={"recitals": ["punya saya"]}, keep_mine=frozenset())
    assert draft.facts["recitals"] == ["tersimpan"]
    assert kept.refused == ()


def test_a_change_of_the_agreement_elsewhere_is_a_conflict_too(session, draft):
    old = stamp(session, draft, Section.TERM)
    draft.agreement.signed_place = "Bandung"
    session.flush()
    with pytest.raises(EditConflict):
        save(session, draft, Section.TERM, seen=old, facts={"signed_place": "Jakarta"})


def test_refused_facts_stay_as_typed_and_the_agreement_as_it_was(session, draft):
    typed = {"ends_on": [["ends_on", "2020-01-01"]], "signed_place": [["signed_place", "Jakarta"]]}
    facts = {"ends_on": date(2020, 1, 1), "signed_place": "Jakarta"}
    saved = save(session, draft, Section.TERM, facts=facts, typed=typed)
    assert len(saved.refused) == 1
    assert draft.agreement.ends_on == date(2027, 4, 11)
    assert drafts.section_of(draft, Section.TERM).raw.keys() == {"ends_on", "signed_place", writing.REFUSED}


def test_conditions_follow_the_record_and_what_people_state(session, draft):
    parent = make_agreement(session, kind=AgreementKind.MOU, code="MOU-2020-0001")
    session.add(AgreementRelation(agreement_id=draft.agreement_id, other_id=parent.id, relation=Relation.PARENT))
    session.flush()
    save(session, draft, Section.OPTIONS, texts={"answers": ["data_exchange"]})
    assert set(draft.answers) == {Condition.DATA_EXCHANGE, Condition.HAS_PARENT, Condition.MANY_PARTIES}
    facts = replace(agreements.facts(session, draft.agreement), value_rupiah=5, is_foreign=True)
    held = draft_sections.conditions(facts, (), with_region=True)
    assert {Condition.FUNDED, Condition.FOREIGN, Condition.REGION} <= held


def test_accepted_duties_follow_their_pasal(session, draft):
    first = next(one for one in draft_duties.proposals(session, draft) if one.duty and "ayat" in one.place)
    assert draft_duties.accept(session, draft, {first.key}, **STAMP) == 1
    row = session.scalars(select(Obligation)).one()
    assert row.article == first.place
    key = first.key.rpartition(".")[0]
    held = drafts.conditions_of(draft, draft.agreement, agreements.facts(session, draft.agreement))
    number = clause.numbers(drafts.tree_of(draft), held)[key]
    own = Article(key="sendiri_1", title="Jam Layanan", text="Layanan buka setiap hari.")
    opening = drafts.tree_of(draft)[0].key
    draft_trees.change(session, draft, draft_trees.added(own, after=opening), **STAMP)
    session.refresh(row)
    assert row.article == first.place.replace(f"Pasal {number}", f"Pasal {number + 1}")


def test_a_declined_proposal_can_come_back(session, draft):
    found = draft_duties.proposals(session, draft)
    draft_duties.decline(session, draft, found[0].key, **STAMP)
    assert found[0].key not in {one.key for one in draft_duties.proposals(session, draft)}
    draft_duties.reconsider(session, draft, **STAMP)
    assert draft_duties.proposals(session, draft) == found
    with pytest.raises(RuleBroken):
        draft_duties.accept(session, draft, {"tidak.ada"}, **STAMP)


def test_an_extension_takes_over_parties_but_no_dates_and_numbers(session):
    signed = make_agreement(session, purpose="menolong", value_rupiah=5)
    made = draft_follow.follow(session, signed, kind=AgreementKind.EXTENSION, **STAMP)
    facts = agreements.facts(session, made)
    assert [party.number_printed for party in facts.parties] == [None, None, None]
    assert (facts.ends_on, facts.value_rupiah, facts.purpose) == (None, None, "menolong")
    assert [(one.relation, one.other_code) for one in facts.relations] == [(Relation.EXTENDS, signed.code)]
    assert drafts.get(session, made.id).template_version.template.kind is AgreementKind.EXTENSION
    with pytest.raises(RuleBroken, match="belum ditandatangani"):
        draft_follow.follow(session, made, kind=AgreementKind.AMENDMENT, **STAMP)


def test_whoever_saved_a_moment_ago_writes_now(session, draft):
    person = make_account(session, Role.LEGAL)
    actor = Actor(account_id=person.id, name=person.name, organisation_id=None, roles=frozenset({Role.LEGAL}))
    wanted = Save(section=Section.RECITALS, stamp=stamp(session, draft, Section.RECITALS), texts={"recitals": ["a"]})
    writing.save_section(session, draft, wanted, actor=actor, now=NOW)
    row = drafts.section_of(draft, Section.RECITALS)
    assert drafts.writer(row, account_id=None, now=NOW).name == person.name
    assert drafts.writer(row, account_id=person.id, now=NOW) is None
    assert drafts.writer(row, account_id=None, now=NOW + timedelta(minutes=11)) is None


def test_the_register_warns_of_a_signatory_out_of_office(session, draft):
    party = draft.agreement.parties[1]
    party.signatory_name = "Pejabat Contoh"
    session.add(
        OfficeHolder(
            organisation_id=party.organisation_id, name="Pejabat Contoh", office="Ketua", ends_on=date(2024, 1, 1)
        )
    )
    session.flush()
    told = draft_readiness.hints(session, draft.agreement, today=date(2026, 11, 21))
    assert [(one.position, one.is_warning) for one in told if "tidak menjabat" in one.message] == [(2, True)]


def test_papers_that_bar_signing_are_warnings_and_those_not_recorded_are_told(session, draft):
    party = draft.agreement.parties[1]
    profile = LksProfile(
        organisation_id=party.organisation_id, registration_expires_on=date(2020, 1, 31), tax_number="0"
    )
    session.add(profile)
    session.flush()
    session.expire(party.organisation)
    told = draft_readiness.hints(session, draft.agreement, today=date(2026, 11, 21))
    found = {one.message: one.is_warning for one in told if one.position == 2}
    assert found["Tanda daftar lembaga ini habis berlaku pada %(date)s."]
    assert found["Nomor tanda daftar lembaga ini belum tercatat."]
    assert not found["Akta pendirian lembaga ini belum tercatat."]
    assert "NPWP lembaga ini belum tercatat." not in found


def test_heads_save_nothing(session, draft):
    head = Actor(account_id=None, name="Uji", organisation_id=None, roles=frozenset({Role.HEAD}))
    wanted = Save(section=Section.RECITALS, stamp="0.", texts={"recitals": ["a"]})
    with pytest.raises(NotAllowed):
        writing.save_section(session, draft, wanted, actor=head, now=NOW)
