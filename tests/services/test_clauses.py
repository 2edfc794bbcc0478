"""The clause library: seeding, proposing, approving, declining, retiring, variants, two people at once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Condition
from portal.domain.editing import EditConflict
from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.policy import Role
from portal.domain.publication import Publication
from portal.models import Clause, ClauseVersion, Entry
from portal.queries import clauses as reading
from portal.services import clause_seed, clauses
from portal.services.clauses import Change, Variant
from tests.factories.clauses import make_actor, make_clause
from tests.factories.instants import NOW


@pytest.fixture
def legal(session):
    """Somebody of the legal bureau."""
    return make_actor(session, Role.LEGAL)


@pytest.fixture
def officer(session):
    """An officer."""
    return make_actor(session, Role.OFFICER)


def changed(clause, *, note="Diminta Biro Hukum", version=None, **words):
    """A change of the newest wording."""
    wording = replace(clauses.wording_of(clauses.newest(clause)), **words)
    return Change(wording=wording, note=note, version=clause.version if version is None else version)


def test_shipped_clauses_come_in_once_published_and_in_order(session):
    count = clauses.seed(session, now=NOW)
    assert count == len(clause_seed.shipped())
    assert clauses.seed(session, now=NOW) == 0
    rows = session.scalars(select(ClauseVersion)).all()
    assert {(row.number, row.stage) for row in rows} == {(1, Publication.PUBLISHED)}
    ordered = session.scalars(select(Clause).order_by(Clause.position)).all()
    assert [row.code for row in ordered] == [row["code"] for row in clause_seed.shipped()]
    assert all(row.variant_of_id for row in ordered if "varian" in row.code)


def test_what_the_office_changed_is_not_overwritten_by_seeding(session, legal):
    clauses.seed(session, now=NOW)
    clause = reading.get(session, clause_seed.shipped()[0]["code"])
    clauses.publish(
        session,
        clauses.propose(session, clause, changed(clause, title="Baru"), actor=legal, now=NOW),
        actor=legal,
        now=NOW,
    )
    clauses.seed(session, now=NOW)
    assert reading.current(session, [clause.code])[clause.code].title == "Baru"


def test_a_proposal_leaves_the_published_wording_alone(session, officer):
    clause = make_clause(session)
    row = clauses.propose(session, clause, changed(clause, title="Pelaporan"), actor=officer, now=NOW)
    assert (row.number, row.stage, row.made_by_id) == (2, Publication.DRAFT, officer.account_id)
    assert reading.published(clause).title == "Laporan Contoh"
    again = clauses.propose(session, clause, changed(clause, title="Laporan Baru"), actor=officer, now=NOW)
    assert (again.id, again.title) == (row.id, "Laporan Baru")
    assert clause.version == 3
    trail = session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert trail == ["clause_proposed", "clause_proposed"]


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"note": " "}, "note", "Tulis alasan perubahan"),
        ({"title": " "}, "title", "Tulis judul Pasal."),
        ({}, "text", "Belum ada yang berubah"),
        ({"text": "(1) Satu {{.", "text_en": ""}, "text", "Baris ke-1"),
        ({"text_en": "(1) One."}, "text_en", "tidak sepadan"),
        ({"text": "(1) {{ juduul }}.", "text_en": ""}, "text", "juduul"),
    ],
)
def test_a_proposal_is_refused_at_its_field(session, officer, words, field, sentence):
    clause = make_clause(session)
    with pytest.raises(RuleBroken) as refused:
        clauses.propose(session, clause, changed(clause, **words), actor=officer, now=NOW)
    assert refused.value.field == field
    assert sentence in str(refused.value)
    assert len(clause.versions) == 1


def test_the_second_of_two_people_is_told_what_the_first_did(session, officer, legal):
    clause = make_clause(session)
    mine = changed(clause, text="(1) Punya saya.", text_en="")
    clauses.propose(session, clause, changed(clause, title="Judul lain"), actor=legal, now=NOW)
    with pytest.raises(EditConflict) as met:
        clauses.propose(session, clause, mine, actor=officer, now=NOW)
    told = met.value.comparison
    assert (met.value.who, met.value.version) == (legal.name, 2)
    assert [(one.key, one.stored) for one in told.theirs] == [("title", "Judul lain")]
    assert {one.key for one in told.mine} == {"text", "text_en"}


def test_approving_retires_the_wording_before(session, officer, legal):
    clause = make_clause(session)
    row = clauses.propose(session, clause, changed(clause, title="Pelaporan"), actor=officer, now=NOW)
    clauses.publish(session, row, seen=clause.version, actor=legal, now=NOW)
    assert [one.stage for one in clause.versions] == [Publication.RETIRED, Publication.PUBLISHED]
    assert (row.approved_by_id, row.approved_at) == (legal.account_id, NOW)
    assert reading.current(session, [clause.code])[clause.code].number == 2


def test_nobody_approves_a_text_that_was_not_read(session, officer, legal):
    clause = make_clause(session)
    row = clauses.propose(session, clause, changed(clause, title="Satu"), actor=officer, now=NOW)
    seen = clause.version
    clauses.propose(session, clause, changed(clause, title="Dua"), actor=officer, now=NOW)
    with pytest.raises(Conflict):
        clauses.publish(session, row, seen=seen, actor=legal, now=NOW)
    assert row.stage is Publication.DRAFT


def test_only_legal_approves_declines_and_retires(session, officer):
    clause = make_clause(session)
    row = clauses.propose(session, clause, changed(clause, title="Satu"), actor=officer, now=NOW)
    for act in (
        lambda: clauses.publish(session, row, actor=officer, now=NOW),
        lambda: clauses.decline(session, row, reason="x", actor=officer, now=NOW),
        lambda: clauses.retire(session, clause, actor=officer, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_declined_proposal_stays_in_the_history_with_its_reason(session, officer, legal):
    clause = make_clause(session)
    row = clauses.propose(session, clause, changed(clause, title="Satu"), actor=officer, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        clauses.decline(session, row, reason=" ", actor=legal, now=NOW)
    assert refused.value.field == "reason"
    clauses.decline(session, row, reason="Tidak lazim", actor=legal, now=NOW)
    assert (row.stage, row.note) == (Publication.RETIRED, "Diminta Biro Hukum\nTidak lazim")
    assert reading.published(clause).number == 1
    assert clauses.newest(clause).number == 1
    later = clauses.propose(session, clause, changed(clause, title="Dua"), actor=officer, now=NOW)
    assert later.number == 3


def test_a_retired_clause_is_offered_no_longer_and_takes_no_change(session, legal):
    clause = make_clause(session)
    clauses.retire(session, clause, actor=legal, now=NOW)
    assert reading.current(session, [clause.code]) == {}
    assert reading.articles(session, [{"code": clause.code}]) == ()
    for act in (
        lambda: clauses.retire(session, clause, actor=legal, now=NOW),
        lambda: clauses.propose(session, clause, changed(clause, title="Satu"), actor=legal, now=NOW),
    ):
        with pytest.raises(RuleBroken):
            act()


def test_a_variant_begins_with_the_same_text_and_its_own_history(session, officer):
    clause = make_clause(session)
    facts = Variant(title="Laporan Triwulan", kinds=(AgreementKind.PKS,), condition=Condition.FUNDED)
    variant = clauses.make_variant(session, clause, facts, actor=officer, now=NOW)
    second = clauses.make_variant(session, variant, facts, actor=officer, now=NOW)
    assert (variant.code, second.code) == ("laporan-contoh-varian-1", "laporan-contoh-varian-2")
    assert {variant.variant_of_id, second.variant_of_id} == {clause.id}
    assert variant.versions[0].text == clause.versions[0].text
    assert (variant.versions[0].stage, variant.kinds) == (Publication.DRAFT, ["pks"])


@pytest.mark.parametrize(("title", "kinds", "field"), [(" ", (AgreementKind.PKS,), "title"), ("A", (), "kinds")])
def test_a_variant_needs_a_title_and_a_kind(session, officer, title, kinds, field):
    facts = Variant(title=title, kinds=kinds, condition=Condition.ALWAYS)
    with pytest.raises(RuleBroken) as refused:
        clauses.make_variant(session, make_clause(session), facts, actor=officer, now=NOW)
    assert refused.value.field == field
