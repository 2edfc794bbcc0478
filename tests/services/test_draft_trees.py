"""The articles of a draft: another template, taking out and putting back, variants, and the end of writing."""

import pytest

from portal.domain import clause
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.clause import Article
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.policy import SYSTEM
from portal.models import Clause
from portal.queries import clauses, doc_templates, draft_clauses, drafts
from portal.services import (
    draft_duties,
    draft_follow,
    draft_reviews,
    draft_templates,
    draft_trees,
    draft_undo,
    drafting,
)
from portal.services import drafts as writing
from portal.services.draft_reviews import Waiver
from portal.services.drafts import Save
from portal.storage import Storage
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

STAMP = {"actor": SYSTEM, "now": NOW}
OWN = Article(key="sendiri_1", title="Jam Layanan", text="Layanan buka setiap hari.")


@pytest.fixture
def storage(tmp_path):
    """Files in a folder of this test."""
    return Storage(tmp_path)


@pytest.fixture(autouse=True)
def _libraries(session, storage):
    make_calendar(session)
    seed_libraries(session, storage)


@pytest.fixture
def draft(session):
    """The draft of an unsigned PKS."""
    return writing.ensure(session, make_agreement(session, stage=Stage.DRAFTING, code="PKS-2026-0099"), **STAMP)


@pytest.fixture
def other(session, draft):
    """Another template for it."""
    offered = doc_templates.choices(session, AgreementKind.PKS)
    return next(one for one in offered if one.id != draft.template_version_id)


def change(session, draft, how):
    """Change the tree."""
    draft_trees.change(session, draft, how, **STAMP)


def keys(tree):
    """The keys of a tree in order."""
    return [one.key for one in tree]


def free(draft, count=1):
    """Articles that are chosen and may be taken out."""
    return [one for one in drafts.tree_of(draft) if one.is_included and not one.is_mandatory][:count]


def test_another_template_keeps_what_is_chosen_in_its_order_and_goes_back_exactly(session, draft, other):
    offered = {slot["code"] for slot in other.clauses}
    tree = drafts.tree_of(draft)
    roots = draft_clauses.families(session)
    shown = {roots[code] for code in offered}
    fitting = clauses.fitting(session, AgreementKind.PKS)
    foreign = next(one for one in fitting if roots[one.clause.code] not in shown)
    if foreign.clause.code not in {one.clause for one in tree}:
        change(session, draft, draft_trees.added(clauses.article(foreign), after=tree[2].key))
    change(session, draft, draft_trees.choose([*keys(tree), clauses.key_of(foreign.clause.code)]))
    change(session, draft, draft_trees.added(OWN, after=tree[0].key))
    shared = next(one for one in tree[3:] if one.clause in offered and not one.is_mandatory)
    how = draft_trees.reworded(shared.key, title="Lain", text="(1) Lain.", reason="diminta", library=shared.text)
    change(session, draft, how)
    change(session, draft, draft_trees.moved(shared.key, -2))
    before, first = drafts.tree_of(draft), draft.template_version
    told = draft_templates.plan(session, draft, other, now=NOW)
    assert draft_templates.take(session, draft, other, **STAMP)
    after = drafts.tree_of(draft)
    assert after == told.tree
    assert told.gone == ()
    assert [roots.get(one.clause, one.key) for one in after if one not in told.added] == [
        roots.get(one.clause, one.key) for one in before
    ]
    assert {one.clause for one in after} > offered
    assert len({roots.get(one.clause, one.key) for one in after}) == len(after)
    assert clause.find(after, shared.key).reason == "diminta"
    assert clause.find(after, clauses.key_of(foreign.clause.code)).is_included
    assert draft_templates.plan(session, draft, first, now=NOW).is_back
    assert draft_templates.take(session, draft, first, **STAMP)
    assert drafts.tree_of(draft) == before
    assert not draft_templates.take(session, draft, first, **STAMP)


def test_a_template_brings_nothing_back_that_people_took_out(session, draft, other):
    offered = {slot["code"] for slot in other.clauses}
    one = next(each for each in drafts.tree_of(draft) if each.clause in offered and not each.is_mandatory)
    change(session, draft, draft_trees.removed(one.key))
    draft_templates.take(session, draft, other, **STAMP)
    again = clause.find(drafts.tree_of(draft), one.key)
    assert again.is_included is again.is_mandatory


def test_a_step_is_taken_back_only_while_its_result_stands(session, draft, other):
    before, first = drafts.tree_of(draft), draft.template_version_id
    draft_templates.take(session, draft, other, **STAMP)
    assert draft_undo.undo(session, draft, **STAMP).what == draft_undo.TEMPLATE
    assert (drafts.tree_of(draft), draft.template_version_id) == (before, first)
    draft_templates.take(session, draft, other, **STAMP)
    change(session, draft, draft_trees.added(OWN, after=None))
    assert draft_undo.offered(draft) is None
    with pytest.raises(RuleBroken, match="sudah diubah"):
        draft_undo.undo(session, draft, **STAMP)


def test_a_removed_article_comes_back_to_its_place_with_text_and_reason(session, draft):
    one, last = free(draft, 2)
    how = draft_trees.reworded(one.key, title=one.title, text="(1) Lain.", reason="diminta", library=one.text)
    change(session, draft, how)
    before = drafts.tree_of(draft)
    change(session, draft, draft_trees.removed(one.key))
    change(session, draft, draft_trees.removed(last.key))
    assert [row["article"]["key"] for row in draft_trees.taken_out(draft, now=NOW)] == [last.key, one.key]
    change(session, draft, draft_trees.restored(draft, one.key, now=NOW))
    change(session, draft, draft_trees.restored(draft, last.key, now=NOW))
    assert drafts.tree_of(draft) == before
    assert draft_trees.taken_out(draft, now=NOW) == ()
    with pytest.raises(RuleBroken, match="sudah dikembalikan"):
        change(session, draft, draft_trees.restored(draft, one.key, now=NOW))


def test_a_variant_takes_the_place_and_proposes_its_own_duties(session, draft):
    one = drafts.tree_of(draft)[1]
    known = clauses.get(session, one.clause)
    twin = next(
        each
        for each in clauses.fitting(session, AgreementKind.PKS)
        if each.clause.code not in {article.clause for article in drafts.tree_of(draft)}
    )
    session.get(Clause, twin.clause_id).variant_of_id = known.id
    session.flush()
    draft.facts = {**draft.facts, draft_duties.DECLINED: [f"{one.key}.0", "lain.0"]}
    assert twin in draft_clauses.variants(session, one.clause, AgreementKind.PKS)
    draft_trees.swap(session, draft, one.key, twin.clause.code, **STAMP)
    swapped = drafts.tree_of(draft)[1]
    assert (swapped.key, swapped.clause, swapped.is_mandatory) == (one.key, twin.clause.code, one.is_mandatory)
    assert draft.facts[draft_duties.DECLINED] == ["lain.0"]
    change(
        session, draft, draft_trees.added(draft_trees.from_library(session, draft.agreement, one.clause), after=None)
    )
    assert drafts.tree_of(draft)[-1].key == f"{one.key}_2"
    with pytest.raises(RuleBroken, match="sudah ada"):
        draft_trees.swap(session, draft, one.key, one.clause, **STAMP)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.ACTIVE, "sudah ditandatangani"),
        (Stage.SUSPENDED, "sudah ditandatangani"),
        (Stage.TERMINATED, "diakhiri"),
        (Stage.CANCELLED, "dibatalkan"),
    ],
)
def test_a_text_is_written_until_it_is_signed_or_closed(session, storage, draft, other, stage, words):
    key, agreement = free(draft)[0].key, draft.agreement
    agreement.stage = stage
    unbegun = make_agreement(session, stage=stage, code="PKS-2026-0098")
    acts = [
        lambda: writing.save_section(
            session, draft, Save(section=Section.RECITALS, stamp="", texts={"recitals": ["a"]}), **STAMP
        ),
        lambda: draft_trees.change(session, draft, draft_trees.removed(key), **STAMP),
        lambda: draft_trees.swap(session, draft, key, draft.tree[0]["clause"], **STAMP),
        lambda: draft_templates.take(session, draft, other, **STAMP),
        lambda: draft_undo.undo(session, draft, **STAMP),
        lambda: writing.start(session, unbegun, version=other, **STAMP),
        lambda: writing.start_from(session, unbegun, draft, **STAMP),
        lambda: drafting.make_document(session, draft, storage=storage, **STAMP),
        lambda: drafting.draft(session, unbegun, storage=storage, **STAMP),
        lambda: draft_duties.accept(session, draft, {"x"}, **STAMP),
        lambda: draft_duties.decline(session, draft, "x", **STAMP),
        lambda: draft_duties.reconsider(session, draft, **STAMP),
        lambda: draft_reviews.waive(session, draft, Waiver(rule="x", place="", reason="y"), storage=storage, **STAMP),
    ]
    for act in acts:
        with pytest.raises(RuleBroken, match=words):
            act()
    verdict = drafting.may_draft(session, SYSTEM, agreement)
    assert not verdict
    assert words in verdict.reason


def test_nothing_follows_what_was_ended_or_cancelled(session):
    for number, stage in enumerate((Stage.TERMINATED, Stage.CANCELLED)):
        row = make_agreement(session, stage=stage, code=f"PKS-2025-000{number}")
        with pytest.raises(RuleBroken, match="tidak dapat dilanjutkan"):
            draft_follow.follow(session, row, kind=AgreementKind.EXTENSION, **STAMP)
