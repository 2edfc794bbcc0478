"""Periksa Naskah on drafts of the sample house: complete ones have no finding, faults are found, reasons hold."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.documents import package, render
from portal.domain import clause
from portal.domain.agreement import Stage
from portal.domain.errors import RuleBroken
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import Entry
from portal.queries import drafts
from portal.services import draft_reviews, drafting
from portal.services.draft_reviews import Waiver
from tests.factories.complete_drafts import STARTERS, make_complete_draft
from tests.factories.instants import NOW

OTHER = "PT Nawasena Pangan Raya"
NEAR = "(1) Kegiatan dimulai dalam 14 (empat blas) hari."


@pytest.fixture(scope="module")
def house(make_sample):
    """Both sets on an application, for all tests of this module."""
    return make_sample()


@pytest.fixture
def session(house):
    """A session on the house; what a test writes is gone after it."""
    yield house.session
    house.session.rollback()


@pytest.fixture
def storage(house):
    """The files of the house."""
    return house.app.extensions["storage"]


def check(session, draft, storage):
    """The findings that count."""
    found = draft_reviews.check(session, draft, storage=storage, now=NOW)
    return [(one.finding.rule, one.finding.place) for one in found if one.waiver is None]


def reword(draft, block, text, *, key=""):
    """Give the article about something another text; return its key."""
    tree = drafts.tree_of(draft)
    one = next(one for one in tree if one.block == block and key in one.key)
    draft.tree = clause.to_plain(clause.rewrite(tree, replace(one, text=text)))
    return one.key


@pytest.mark.parametrize("template", STARTERS)
def test_a_complete_draft_of_the_house_has_no_finding(template, session, storage):
    draft = make_complete_draft(session, template)
    found = draft_reviews.check(session, draft, storage=storage, now=NOW)
    assert [(one.finding.rule, one.finding.place, one.finding.sentence) for one in found] == []


def test_a_partner_that_is_no_legal_entity_needs_no_deed(session, storage):
    draft = make_complete_draft(session, "pks", parties=("DKRS", "kawista"))
    assert check(session, draft, storage) == []


def test_a_directorate_speaks_of_its_ministry(session, storage):
    draft = make_complete_draft(session, "pks")
    reword(draft, "scope", "Kerja sama ini mengikuti kebijakan Kementerian Sosial Republik Indonesia.")
    assert check(session, draft, storage) == []


def test_a_body_of_another_draft_is_found_and_any_other_body_is_doubted(session, storage):
    make_complete_draft(session, "pks_aid")
    draft = make_complete_draft(session, "pks")
    reword(draft, "scope", f"(1) Layanan bersama Yayasan Pawitra Insan Berdaya.\n(2) Layanan bersama {OTHER}.")
    assert check(session, draft, storage) == [
        ("R83-other-draft", "Pasal 4 ayat (1)"),
        ("R84-not-a-party", "Pasal 4 ayat (2)"),
    ]


def waivable(session, draft, storage):
    """The findings that count, with their keys."""
    found = draft_reviews.check(session, draft, storage=storage, now=NOW)
    return [one.finding for one in found if one.waiver is None]


def test_a_waiver_holds_for_its_fault_alone_and_wherever_the_article_moves(session, storage):
    draft = make_complete_draft(session, "mou")
    key = reword(draft, "implementation", NEAR)
    (first,) = waivable(session, draft, storage)
    assert (first.rule, first.place) == ("R31-words-unreadable", "Pasal 3 ayat (1)")
    rule, place = first.key
    wanted = Waiver(rule=rule, place=place, reason="Ejaan mitra")
    draft_reviews.waive(session, draft, wanted, storage=storage, actor=SYSTEM, now=NOW)
    assert waivable(session, draft, storage) == []
    reword(draft, "implementation", f"{NEAR} Laporan disampaikan dalam 15 (lima blas) hari.")
    (second,) = waivable(session, draft, storage)
    assert (second.place, second.values["text"]) == ("Pasal 3 ayat (1)", "15 (lima blas)")
    tree = drafts.tree_of(draft)
    more = clause.Article(key="lain", title="Lain-lain", text="Hal lain diatur kemudian.")
    draft.tree = clause.to_plain((tree[0], more, *tree[1:]))
    (second,) = waivable(session, draft, storage)
    assert (second.place, second.article) == ("Pasal 4 ayat (1)", key)
    assert "Pasal 3 ayat (1): Bilangan dengan huruf salah tulis" in last_entry(session).detail["name"]


def last_entry(session):
    """The newest entry of the trail."""
    return session.scalars(select(Entry).order_by(Entry.id.desc())).first()


def test_nobody_lets_a_finding_stand_without_the_right_or_in_a_closed_text(session):
    draft = make_complete_draft(session, "mou")
    head = Actor(account_id=None, name="Uji", organisation_id=None, roles=frozenset({Role.HEAD}))
    assert draft_reviews.may_waive(draft.agreement, SYSTEM)
    assert "mengesampingkan temuan" in draft_reviews.may_waive(draft.agreement, head).reason
    draft.agreement.stage = Stage.CANCELLED
    assert "dibatalkan" in draft_reviews.may_waive(draft.agreement, SYSTEM).reason


def test_what_may_not_stand_is_not_waived(session, storage):
    draft = make_complete_draft(session, "mou")
    reword(draft, "implementation", "(1) Kegiatan dimulai dalam 30 (dua puluh) hari.")
    (found,) = waivable(session, draft, storage)
    rule, place = found.key
    with pytest.raises(RuleBroken, match="tidak dapat dikesampingkan"):
        draft_reviews.waive(
            session, draft, Waiver(rule=rule, place=place, reason="x"), storage=storage, actor=SYSTEM, now=NOW
        )


def test_a_file_from_word_is_judged_by_its_text(session, storage):
    draft = make_complete_draft(session, "pks")
    ready = drafting.assemble(session, draft, storage=storage)
    content = render.render(ready.template, ready.snapshot).content
    assert draft_reviews.check_file(session, draft.agreement, content, now=NOW) == ()
    parts = package.unpack(content)
    text = parts["word/document.xml"]
    parts["word/document.xml"] = text.replace(b"Ketua Pengurus", b"Wakil").replace(b"Sabtu tanggal", b"Minggu tanggal")
    found = draft_reviews.check_file(session, draft.agreement, package.pack(parts), now=NOW)
    assert [(one.rule, one.place) for one in found] == [("R20-weekday", "Pembukaan")]
