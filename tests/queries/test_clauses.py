"""Reads of the clause library: what drafts start with, what fits, where a clause is used."""

import pytest

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block, Condition
from portal.domain.errors import NotFound
from portal.domain.publication import Publication
from portal.queries import clause_use
from portal.queries import clauses as reading
from portal.queries.clauses import ClauseFilter
from portal.services import clauses, doc_templates
from portal.storage import Storage
from tests.factories import make_agreement
from tests.factories.clauses import make_clause
from tests.factories.doc_templates import make_draft
from tests.factories.instants import NOW
from tests.harness.databases import statements


def test_the_tree_of_a_draft_follows_the_slots_of_its_template(session):
    make_clause(session, "satu")
    make_clause(session, "dua-tiga", condition=Condition.AID)
    make_clause(session, "belum-terbit", stage=Publication.DRAFT)
    slots = [
        {"code": "dua-tiga", "is_included": False, "is_mandatory": True},
        {"code": "belum-terbit", "is_included": True, "is_mandatory": False},
        {"code": "satu", "is_included": False, "is_mandatory": False},
        {"code": "tidak-ada", "is_included": True, "is_mandatory": False},
    ]
    tree = reading.articles(session, slots)
    assert [(one.key, one.clause, one.version) for one in tree] == [("dua_tiga", "dua-tiga", 1), ("satu", "satu", 1)]
    assert [(one.is_included, one.is_mandatory) for one in tree] == [(True, True), (False, False)]
    assert tree[0].condition is Condition.AID
    assert tree[0].text_en.startswith("(1) The Parties")


def test_the_published_wording_stands_for_a_clause_else_the_newest(session):
    make_clause(session, "terbit")
    waiting = make_clause(session, "menunggu", stage=Publication.DRAFT)
    found = {row.code: row for row in reading.search(session, ClauseFilter()).rows}
    assert (found["terbit"].stage, found["terbit"].has_proposal) == (Publication.PUBLISHED, False)
    assert (found["menunggu"].stage, found["menunggu"].has_proposal) == (Publication.DRAFT, True)
    assert reading.published(waiting) is None
    assert reading.current(session, ["terbit", "menunggu"]).keys() == {"terbit"}


def test_groups_are_counted_under_the_other_filters_in_the_order_of_a_text(session):
    make_clause(session, "a", block=Block.CLOSING)
    make_clause(session, "b", block=Block.TERM)
    make_clause(session, "c", block=Block.TERM, kinds=["synergy_note"])
    page = reading.search(session, ClauseFilter(kind=AgreementKind.PKS, block=Block.TERM))
    assert [row.code for row in page.rows] == ["b"]
    assert page.total == 1
    assert list(page.blocks.items()) == [(Block.TERM, 1), (Block.CLOSING, 1)]


@pytest.mark.parametrize(("words", "expected"), [("LAPORAN", 1), ("50%", 0), ("the parties", 1), ("kegiatan hujan", 0)])
def test_words_are_looked_for_in_titles_and_texts(session, words, expected):
    make_clause(session)
    assert reading.search(session, ClauseFilter(words=words)).total == expected


def test_what_fits_a_kind_comes_in_the_order_of_the_field(session):
    make_clause(session, "akhir", position=30)
    make_clause(session, "awal", position=20)
    make_clause(session, "lain", kinds=["synergy_note"])
    make_clause(session, "usulan", stage=Publication.DRAFT)
    assert [row.clause.code for row in reading.fitting(session, AgreementKind.MOU)] == ["awal", "akhir"]


def test_where_a_clause_is_used_is_told_by_its_whole_code(session, tmp_path):
    clauses.seed(session, now=NOW)
    doc_templates.seed(session, storage=Storage(tmp_path), now=NOW)
    from portal.queries import doc_templates as templates

    mou = templates.current_for(session, AgreementKind.MOU)
    assert ("mou", mou.template.name) in clause_use.templates_with(session, "ruang-lingkup")
    assert clause_use.templates_with(session, "ruang") == ()
    open_one, shut = make_agreement(session), make_agreement(session, is_confidential=True)
    for agreement in (open_one, shut):
        make_draft(session, agreement, mou, tree=[{"key": "lingkup", "clause": "ruang-lingkup"}])
    make_draft(session, make_agreement(session), mou, tree=[{"key": "x", "clause": "ruang-lingkup-varian-1"}])
    session.expire_all()
    found = {row.code for row in clause_use.used_by(session, "ruang-lingkup", with_confidential=True).rows}
    assert found == {open_one.code, shut.code}
    shown = clause_use.used_by(session, "ruang-lingkup", with_confidential=False)
    assert ([row.code for row in shown.rows], shown.total) == ([open_one.code], 1)


def test_more_clauses_ask_no_more_often(session):
    def asked():
        with statements() as ran:
            reading.search(session, ClauseFilter(words="laporan"))
        return len(ran)

    make_clause(session, "a")
    few = asked()
    for number in range(30):
        make_clause(session, f"b-{number}")
    assert asked() == few
    second = reading.search(session, ClauseFilter(), page=9)
    assert (second.page, len(second.rows), second.total) == (2, 6, 31)


def test_an_unknown_code_or_number_is_not_found(session):
    clause = make_clause(session)
    with pytest.raises(NotFound):
        reading.get(session, "entah")
    with pytest.raises(NotFound):
        reading.numbered_version(clause, 2)
    assert reading.numbered_version(clause, 1) is clause.versions[0]
