"""The shipped clauses, all of a kind printed together: nothing is left to find for Periksa Naskah in the articles."""

from dataclasses import replace

import pytest

from portal.documents import clauses, context, preview, render, samples, templates, typed
from portal.domain import clause, review
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Article, Condition
from portal.domain.review import ReviewSubject, placed
from portal.services.clause_seed import shipped

CLAUSES = shipped()
OF_THE_TEXT = ("R02", "R30", "R31", "R32", "R7", "R8", "R9")
"""Rules about what the articles say; the others ask for the register or for the frame around them."""
OF_THE_REGISTER = ("R83", "R84", "R85", "R73")
USUAL = frozenset({Condition.FUNDED, Condition.REGION, Condition.HAS_PARENT, Condition.MANY_PARTIES})
CASES = [
    ("mou_bilingual", USUAL | {Condition.FOREIGN, Condition.DATA_EXCHANGE}),
    ("pks", USUAL),
    ("pks", frozenset()),
    ("pks_aid", USUAL | {Condition.AID}),
    ("pks_data", USUAL | {Condition.DATA_EXCHANGE}),
    ("synergy_note", USUAL),
    ("addendum", frozenset()),
    ("extension", frozenset()),
    ("termination", frozenset()),
]


def article(row):
    names = ("title", "title_en", "text", "text_en", "block")
    held = Condition(row["condition"])
    return Article(key=row["code"].replace("-", "_"), condition=held, **{name: row[name] for name in names})


def chosen(kind, answers):
    """Return every clause of a kind, and of a clause and its variants the one that the conditions ask for."""
    fitting = [row for row in CLAUSES if kind.value in row["kinds"] and not row["code"].startswith("bast-")]
    fitting = [row for row in fitting if clause.holds(Condition(row["condition"]), answers)]
    replaced = {row["variant_of"] for row in fitting if "variant_of" in row and row["condition"] != "always"}
    return tuple(
        article(row)
        for row in fitting
        if row["code"] not in replaced and ("variant_of" not in row or row["condition"] != "always")
    )


def lines(content):
    for block in preview.blocks(content):
        yield (block.label, block.text, "")
        for cells in block.rows:
            yield from ((one.label, one.text, "") for cell in cells[:1] for one in cell)


@pytest.mark.parametrize(("code", "answers"), CASES, ids=[f"{code}-{len(answers)}" for code, answers in CASES])
def test_the_articles_of_a_kind_leave_nothing_to_find(code, answers):
    facts = replace(samples.BY_TEMPLATE[code], parent=samples.FULL.parent)
    tree = chosen(facts.kind, answers)
    made = render.render(clauses.splice(templates.get(code), tree), context.snapshot(facts))
    assert [one.label for one in made.missing] == []
    assert list(typed.check(made.content)) == []
    subject = ReviewSubject(
        kind=facts.kind,
        printed_label=facts.printed_label,
        title=facts.title,
        parties=(),
        today=facts.signed_on,
        language="id-en" if code == "mou_bilingual" else "id",
        governing_language="Bahasa Indonesia",
        signed_on=facts.signed_on,
        answers=answers,
        tree=tree,
        lines=placed(lines(made.content)),
    )
    found = [
        f"{one.rule} {one.place}: {one.sentence}"
        for one in review.check(subject)
        if one.rule.startswith(OF_THE_TEXT) and not one.rule.startswith(OF_THE_REGISTER)
    ]
    assert found == []
    assert len(tree) >= {AgreementKind.MOU: 20, AgreementKind.PKS: 30, AgreementKind.SYNERGY_NOTE: 15}.get(
        facts.kind, 3
    )
