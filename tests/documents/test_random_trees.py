"""Whatever articles are written, left out and referred to: numbering stays dense, references are right or reported.

Every file is read anew from its bytes: numbers as a reader of Word sees them, references as they stand in the text.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents import clauses, numbering, package, recount, render
from portal.documents.numbering import Numbered
from portal.documents.wordxml import parse, text_of
from portal.domain import clause
from portal.domain.clause import Article, ClauseTree, Condition, Level, Line
from tests.documents import builders

DEPTHS = (Level.AYAT, Level.HURUF, Level.ANGKA, Level.HURUF_KECIL)
MARKS = ((Condition.DATA_EXCHANGE, 3), (Condition.AID, 2), (Condition.FUNDED, 1))
REFERS = re.compile(r"lihat<(?P<shown>[^<>]*)>untuk-(?P<label>[a-z0-9_]+)")


@st.composite
def line_texts(draw: st.DrawFn, targets: list[str], own: str) -> list[Line]:
    """The lines of one article: ayat with deeper levels below, some with a label, some with references."""
    lines, depth = [], -1
    for place in range(draw(st.integers(1, 5))):
        depth = draw(st.integers(0, min(len(DEPTHS) - 1, depth + 1)))
        label = f"{{% label {own}_{place} %}}" if draw(st.booleans()) else ""
        text = f"{label}isi {own} baris {place}"
        if draw(st.booleans()):
            target = draw(st.sampled_from(targets))
            text += f" lihat<{{{{ rujuk.{target} }}}}>untuk-{target}"
        lines.append(Line(level=DEPTHS[depth], text=text))
    return lines


@st.composite
def trees(draw: st.DrawFn) -> ClauseTree:
    """Two to seven articles, some of them only for agreements with data, aid or money, some left out."""
    keys = [f"p{letter}" for letter in ascii_lowercase[: draw(st.integers(2, 7))]]
    targets = [*keys, *(f"{key}_{place}" for key in keys for place in range(3))]
    made = []
    for key in keys:
        lines = draw(line_texts(targets, key))
        condition = draw(st.sampled_from([Condition.ALWAYS, Condition.ALWAYS, *(mark for mark, _ in MARKS)]))
        made.append(
            Article(
                key=key,
                title=f"Judul {key}",
                text=clause.write(lines),
                condition=condition,
                is_included=draw(st.integers(0, 4)) > 0,
            )
        )
    return tuple(made)


def numbered(content: bytes) -> Iterator[tuple[str, Numbered | None]]:
    """Every paragraph of a Word file: its text and its number as counted from the file alone."""
    parts = package.unpack(content)
    root = parse(parts["word/document.xml"])
    for paragraph, number in numbering.read(parts).walk(root):
        yield text_of(paragraph), number


def spoken(number: Numbered) -> str:
    """How a text refers to a numbered paragraph: "Pasal 2 ayat (1) huruf a"."""
    words = {0: "", 1: " ayat ", 2: " huruf ", 3: " angka ", 4: " huruf "}
    return "".join(f"{words[step.level]}{step.label.removesuffix('.')}" for step in number.chain)


def check_dense(found: list[tuple[str, Numbered | None]]) -> None:
    """No number is left out and none stands twice below the same parent."""
    last: dict[tuple[str, ...], int] = {}
    for _, number in found:
        if number is None:
            continue
        above = tuple(step.label for step in number.chain[:-1])
        expected = last.get(above, 0) + 1
        last[above] = expected
        shape = {0: "Pasal {}", 1: "({})", 2: "{}.", 3: "{}.", 4: "{})"}[number.level]
        value = clause.letters(expected) if number.level in {2, 4} else expected
        assert number.label == shape.format(value), f"{number.label} after {expected - 1} in {above}"


@settings(max_examples=120, deadline=None)
@given(trees(), st.sets(st.sampled_from([mark for mark, _ in MARKS])))
def test_numbers_are_dense_and_references_right_or_reported(tree: ClauseTree, answers: set[Condition]):
    shown = clause.printed(tree, answers)
    template = clauses.splice(builders.template(builders.text("{% pasal %}")), shown)
    made = render.render(template, {})
    found = list(numbered(made.content))
    check_dense(found)
    articles = [number.label for _, number in found if number is not None and number.level == 0]
    assert articles == [f"Pasal {place}" for place in range(1, len(shown) + 1)]

    labels = {one.key for one in shown} | {label for one in shown for label in clause.labels(one.text)}
    by_line = {" ".join(text.split()[:4]): number for text, number in found if number is not None and number.level}
    missing = {one.name for one in made.missing}
    for text, _ in found:
        for reference in REFERS.finditer(text):
            target = reference["label"]
            if target not in labels:
                assert "tidak ada" in reference["shown"]
                assert f"rujuk.{target}" in missing
            elif "_" in target:
                key, _, place = target.partition("_")
                assert reference["shown"] == spoken(by_line[f"isi {key} baris {place}"])
            else:
                assert reference["shown"] == f"Pasal {clause.numbers(tree, answers)[target]}"
    wanted = {label for one in shown for label in clause.references(one.text)}
    again = recount.recount(made.content)
    assert (again.changes, again.dangling) == ((), ())
    assert missing == {f"rujuk.{label}" for label in wanted - labels}
    assert {label for _, label in clause.dangling(tree, answers)} == wanted - labels
