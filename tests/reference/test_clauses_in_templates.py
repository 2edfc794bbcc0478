"""The shipped clauses compile in the shipped templates: every name they use is known, in both languages."""

import pytest

from portal.documents import about, clauses, lint, render, templates
from portal.domain.clause import Article
from portal.services.clause_seed import shipped

CLAUSES = shipped()
TEMPLATES = {
    "mou": "mou",
    "pks": "pks",
    "synergy_note": "synergy_note",
    "amendment": "addendum",
    "extension": "extension",
    "termination": "termination",
}


def article(row):
    names = ("title", "title_en", "text", "text_en", "block")
    return Article(key=row["code"].replace("-", "_"), **{name: row[name] for name in names})


def errors(spliced):
    return [found.sentence for found in lint.check(spliced.content, spliced.schema) if found.is_error]


@pytest.mark.parametrize(("kind", "code"), TEMPLATES.items())
def test_all_clauses_of_a_kind_compile_together_in_its_template(kind, code):
    offered = [article(row) for row in CLAUSES if kind in row["kinds"]]
    spliced = clauses.splice(templates.get(code), offered)
    assert errors(spliced) == []
    render.check(spliced)


def test_the_english_pairs_compile_in_two_columns():
    spliced = clauses.splice(templates.get("mou_bilingual"), [article(row) for row in CLAUSES])
    assert errors(spliced) == []


@pytest.mark.parametrize("row", [row for row in CLAUSES if row.get("fallbacks")], ids=lambda row: row["code"])
def test_fallback_wordings_use_known_names(row):
    """A reference may lead to another clause, which stands beside it."""
    others = [article(one) for one in CLAUSES if one is not row and row["kinds"][0] in one["mandatory_kinds"]]
    wordings = [article(row | {"text": one["text"], "text_en": ""}) for one in row["fallbacks"]]
    for wording in wordings:
        text = wording.text
        for line in row["text"].splitlines():
            if line.split()[0] != text.split()[0]:
                text += f"\n{line}"
        spliced = clauses.splice(templates.get("pks"), [*others, article(row | {"text": text, "text_en": ""})])
        assert errors(spliced) == []


@pytest.mark.parametrize("code", templates.CODES)
def test_templates_begin_with_clauses_that_fit_their_kind_and_hold_the_mandatory_ones(code):
    """A clause may be exchanged for its variant; what has a condition is offered where the condition is met."""
    template = about.read(code)
    offered = {slot.code: slot for slot in template.clauses}
    known = {row["code"]: row for row in CLAUSES}
    assert [one for one in offered if template.kind.value not in known[one]["kinds"]] == []
    if code == "bast":
        return
    families = {known[one].get("variant_of", one) for one, slot in offered.items() if slot.is_mandatory}
    demanded = {
        row.get("variant_of", row["code"])
        for row in CLAUSES
        if template.kind.value in row["mandatory_kinds"] and row["condition"] == "always"
    }
    assert demanded - families == set()
