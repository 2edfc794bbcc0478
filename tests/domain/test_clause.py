"""The clause tree: lines and their marks, printed articles and their numbers, references, changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import clause
from portal.domain.clause import Article, Condition, Level, Line
from portal.domain.errors import RuleBroken


def article(key: str, text: str = "Isi.", **changes) -> Article:
    return Article(key=key, title=key.title(), text=text, **changes)


TREE = (
    article("umum", is_mandatory=True),
    article("data", "(1) Data dijaga.", condition=Condition.DATA_EXCHANGE),
    article("kahar", "(1) {% label sebab %}Kahar.\n(2) Lihat {{ rujuk.data }} dan {{ rujuk_dekat.sebab }}."),
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("(1) PARA PIHAK sepakat.", Level.AYAT),
        ("(12) PARA PIHAK sepakat.", Level.AYAT),
        ("a. butir", Level.HURUF),
        ("aa. butir", Level.HURUF),
        ("3. butir", Level.ANGKA),
        ("b) butir", Level.HURUF_KECIL),
        ("2) butir", Level.ANGKA_KECIL),
        ("| Unit | {{ p.nama }}", Level.ROW),
        ("{% untuk p dalam pihak %}", Level.COMMAND),
        ("{% label masa %}Perjanjian ini berlaku.", Level.PLAIN),
        ("{% jika a %}satu{% akhir jika %} dua", Level.PLAIN),
        ("Ruang lingkup meliputi:", Level.PLAIN),
        ("2024 adalah tahun.", Level.PLAIN),
    ],
)
def test_the_mark_at_the_start_tells_the_level(text, level):
    assert clause.parse(text)[0].level is level


def test_typed_numbers_are_only_marks():
    assert clause.write(clause.parse("(3) satu\nc. dua\n\nz. tiga\n(3) empat\na. lima")) == (
        "(1) satu\na. dua\nb. tiga\n(2) empat\na. lima"
    )


LINES = st.lists(
    st.builds(
        Line,
        level=st.sampled_from([level for level in Level if level is not Level.COMMAND]),
        text=st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{1,6}){0,4}", fullmatch=True),
    ),
    max_size=40,
)


@given(LINES)
def test_what_is_written_is_read_back(lines):
    assert clause.parse(clause.write(lines)) == tuple(lines)


def test_letters_count_as_word_does():
    assert [clause.letters(number) for number in (1, 26, 27, 28, 53)] == ["a", "z", "aa", "bb", "aaa"]


def test_an_article_whose_condition_is_not_met_is_not_printed_and_takes_no_number():
    assert clause.numbers(TREE, ()) == {"umum": 1, "kahar": 2}
    assert clause.numbers(TREE, {Condition.DATA_EXCHANGE}) == {"umum": 1, "data": 2, "kahar": 3}


def test_references_to_what_is_not_printed_are_dangling():
    assert clause.dangling(TREE, ()) == (("kahar", "data"),)
    assert clause.dangling(TREE, {Condition.DATA_EXCHANGE}) == ()


def test_mandatory_articles_stay():
    assert [one.is_included for one in clause.include(TREE, {"kahar"})] == [True, False, True]
    with pytest.raises(RuleBroken, match="wajib"):
        clause.remove(TREE, "umum")


def test_articles_move_at_most_to_an_end():
    assert [one.key for one in clause.move(TREE, "kahar", by=-5)] == ["kahar", "umum", "data"]
    assert [one.key for one in clause.move(TREE, "umum", by=1)] == ["data", "umum", "kahar"]


def test_a_key_is_given_once():
    new = article("sanksi")
    assert [one.key for one in clause.insert(TREE, new, after="umum")] == ["umum", "sanksi", "data", "kahar"]
    with pytest.raises(RuleBroken, match="sudah ada"):
        clause.insert(TREE, article("data"), after=None)


def test_changes_of_an_article_that_is_gone_are_refused():
    with pytest.raises(RuleBroken, match="tidak ada lagi"):
        clause.rewrite(TREE, article("sanksi"))
    with pytest.raises(RuleBroken, match="tidak ada lagi"):
        clause.include(TREE, {"sanksi"})


def test_a_tree_survives_its_plain_form():
    changed = clause.rewrite(TREE, article("data", "Lain.", clause="data", version=2, reason="Diminta mitra."))
    assert clause.from_plain(clause.to_plain(changed)) == changed
    assert [one.key for one in clause.remove(changed, "data")] == ["umum", "kahar"]
